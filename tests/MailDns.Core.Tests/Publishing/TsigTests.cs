using System;
using System.Linq;
using MailDns.Dns;
using MailDns.Publishing;
using Xunit;

namespace MailDns.Core.Tests.Publishing;

/// <summary>Keys, and what comes back to a dynamic update. That signatures are right, BIND says in the module's tests.</summary>
public class TsigTests
{
    private const string Secret = "c2VjcmV0IG9mIHRoZSB0ZXN0cw==";

    [Theory]
    [InlineData("key \"maildns.\" {\n\talgorithm hmac-sha256;\n\tsecret \"" + Secret + "\";\n};", "maildns (hmac-sha256)")]
    [InlineData("# tsig-keygen\nkey maildns { /* a */ secret " + Secret + "; // b\n algorithm HMAC-SHA512; };", "maildns (hmac-sha512)")]
    public void A_key_file_is_read(string text, string expected)
    {
        using TsigKey key = TsigKeyFile.Parse(text);
        Assert.Equal(expected, key.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("key")]
    [InlineData("key \"k\" { algorithm hmac-sha256; };")]
    [InlineData("key \"k\" { algorithm hmac-md5; secret \"" + Secret + "\"; };")]
    [InlineData("key \"k\" { algorithm hmac-sha256; secret \"" + Secret + "!\"; };")]
    [InlineData("key \"k\" { algorithm hmac-sha256; }; secret \"" + Secret + "\";")]
    [InlineData("key \"k\" { algorithm hmac-sha256; secret \"\"; };")]
    [InlineData("key \"k\" { algorithm hmac-sha256; secret \"" + Secret)]
    public void A_broken_key_file_is_refused_without_its_secret(string text)
    {
        FormatException exception = Assert.Throws<FormatException>(() => TsigKeyFile.Parse(text));
        Assert.DoesNotContain(Secret, exception.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Any_cut_of_an_answer_is_refused_or_read_but_never_more()
    {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++)
        {
            var octets = new byte[random.Next(0, 80)];
            random.NextBytes(octets);
            if (octets.Length > 11)
            {
                (octets[0], octets[1], octets[2]) = (0, 1, 0xA8);
                octets[4] = octets[6] = octets[8] = octets[10] = 0;
            }

            try
            {
                _ = UpdateResponse.Read(octets, 1).Describe();
            }
            catch (FormatException)
            {
                // What it is there for.
            }
        }
    }

    [Fact]
    public void An_unsigned_or_foreign_answer_to_a_signed_update_is_no_success()
    {
        using TsigKey key = TsigKeyFile.Parse("key k { algorithm hmac-sha256; secret " + Secret + "; };");
        var signer = new TsigSigner(key);
        byte[] request = signer.Sign(UpdateMessage.Write(1, DomainName.FromDns("contoso.com"), []), DateTimeOffset.UnixEpoch);
        Assert.Equal(1, request[11]);
        byte[] answer = [0, 1, 0xA8, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        Assert.Equal("the answer is not signed", signer.FindFault(UpdateResponse.Read(answer, 1), DateTimeOffset.UnixEpoch));

        // Its own request, sent back as an answer, has the right key and the wrong signature.
        byte[] echo = [.. request];
        echo[2] |= 0x80;
        Assert.Equal("the answer's signature is wrong", signer.FindFault(UpdateResponse.Read(echo, 1), DateTimeOffset.UnixEpoch));
        Assert.Throws<FormatException>(() => UpdateResponse.Read(answer, 2));
    }
}
