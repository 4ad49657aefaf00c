using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Resolver.Tests.Crypto;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>opendkim-testkey takes our private keys and finds their public halves in our records, served on loopback.</summary>
public class OpenDkimTests(KeyPairFixture keys) : IClassFixture<KeyPairFixture>
{
    [ToolTheory("opendkim-testkey")]
    [InlineData("rsa", true)]
    [InlineData("rsa-encrypted", false)]
    [InlineData("ed", false)] // OpenDKIM 2.11 compares RSA keys only; of an Ed25519 key it reads the record.
    public async Task The_published_key_is_that_of_the_private_key(string name, bool compare)
    {
        DkimKey key = keys.Of(name);
        (int code, string output) = await TestKeyAsync(key, KeyPairFixture.RecordOf(key), compare);
        Assert.True(code == 0, output);
        Assert.Contains("key OK", output, StringComparison.Ordinal);
    }

    // The test itself can fail: another key, and none.
    [ToolTheory("opendkim-testkey")]
    [InlineData("rsa", true, "keys do not match")]
    [InlineData("rsa", false, "record not found")]
    public async Task Another_key_is_found_out(string name, bool published, string said)
    {
        (int code, string output) = await TestKeyAsync(keys.Of(name), published ? KeyPairFixture.RecordOf(keys.EncryptedRsa) : null, compare: true);
        Assert.NotEqual(0, code);
        Assert.Contains(said, output, StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output)> TestKeyAsync(DkimKey key, string? record, bool compare)
    {
        TestZone zone = new TestZone().Zone("contoso.com");
        if (record is not null)
            zone.Txt(key.Selector + "._domainkey.contoso.com", record);
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(zone);

        // Its resolver is libunbound, which takes a port in its own configuration only.
        string id = Guid.NewGuid().ToString("N");
        string unbound = keys.NewPath(id + ".unbound");
        string config = keys.NewPath(id + ".conf");
        await File.WriteAllTextAsync(unbound, $"server:\n  do-not-query-localhost: no\n  module-config: \"iterator\"\nforward-zone:\n  name: \".\"\n  forward-addr: 127.0.0.1@{server.Port}\n");
        await File.WriteAllTextAsync(config, $"ResolverConfiguration {unbound}\n");
        string[] arguments = ["-d", "contoso.com", "-s", key.Selector, "-x", config, "-vvv"];
        (int code, string output) = await ForeignTool.RunAsync(
            "opendkim-testkey", null, compare ? [.. arguments, "-k", key.PrivateKeyPath] : arguments);
        Assert.NotEmpty(server.Log);
        return (code, output);
    }
}
