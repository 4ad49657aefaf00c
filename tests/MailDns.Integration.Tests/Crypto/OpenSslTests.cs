using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Resolver.Tests.Crypto;
using Xunit;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>OpenSSL reads our keys, and finds the public halves that we publish.</summary>
public class OpenSslTests(KeyPairFixture keys) : IClassFixture<KeyPairFixture>
{
    [ToolTheory("openssl")]
    [InlineData("rsa")]
    [InlineData("ed")]
    [InlineData("rsa-encrypted")]
    [InlineData("ed-encrypted")]
    public async Task OpenSSL_finds_the_same_public_key(string name)
    {
        DkimKey key = keys.Of(name);
        (int code, string output) = await ForeignTool.RunAsync("openssl", KeyFile.UnicodePassword, "pkey", "-in", key.PrivateKeyPath, "-passin", "env:PW", "-pubout");
        Assert.True(code == 0, output);
        string base64 = string.Concat(output.Split('\n').Where(line => line.Length > 0 && line[0] != '-'));

        // The last 32 octets of an Ed25519 SubjectPublicKeyInfo are the raw key.
        string published = key.KeyType == DkimKeyType.Rsa ? base64 : Convert.ToBase64String(Convert.FromBase64String(base64)[^32..]);
        Assert.Equal(key.PublicKey, published);
    }

    [ToolTheory("openssl")]
    [InlineData("rsa-encrypted")]
    [InlineData("ed-encrypted")]
    public async Task OpenSSL_does_not_open_a_key_with_another_pass_phrase(string name)
    {
        (int code, string output) = await ForeignTool.RunAsync("openssl", "wrong", "pkey", "-in", keys.Of(name).PrivateKeyPath, "-passin", "env:PW", "-pubout");
        Assert.NotEqual(0, code);
        Assert.DoesNotContain("BEGIN", output, StringComparison.Ordinal);
    }

    [ToolTheory("openssl")]
    [InlineData("rsa")]
    public async Task OpenSSL_finds_no_fault_in_an_RSA_key(string name)
    {
        (int code, string output) = await ForeignTool.RunAsync("openssl", null, "rsa", "-in", keys.Of(name).PrivateKeyPath, "-check", "-noout");
        Assert.True(code == 0, output);
        Assert.Contains("RSA key ok", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_files_lie_where_the_keys_say() => Assert.True(File.Exists(keys.Rsa.PrivateKeyPath));
}
