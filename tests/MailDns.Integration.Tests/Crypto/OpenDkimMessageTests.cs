using System.Text;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Crypto;
using MailDns.Messages;
using MailDns.Resolver.Tests.Crypto;
using MailDns.Sending;
using Xunit;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>Messages that opendkim signs as a mail server's filter verify here.</summary>
public class OpenDkimMessageTests(KeyPairFixture keys) : IClassFixture<KeyPairFixture>
{
    private const string Plain = "From: Ann <ann@contoso.com>\r\nTo: Bob <bob@example.net>\r\nSubject: keys  and\r\n more\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <1@contoso.com>\r\n\r\nHello.  \r\n\r\n two\t words \r\n\r\n";

    [ToolTheory("opendkim")]
    [InlineData("simple/simple")]
    [InlineData("relaxed/relaxed")]
    [InlineData("relaxed/simple")]
    [InlineData("simple/relaxed")]
    public async Task What_OpenDKIM_signs_verifies(string canonicalization)
    {
        DkimKey key = keys.Rsa;
        await using OpenDkimFilter filter = OpenDkimFilter.Start(key, canonicalization);
        string header = Plain[..Plain.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
        foreach (string message in new[]
        {
            Plain,
            header + "\r\n\r\n",
            header + "\r\n\r\n\r\n\r\n",
            header + "\r\nX-Note: \u00e9\u00fc \r\n\tfolded\r\nX-Note: twice\r\n\r\n .\r\n..\r\n\t\r\ncaf\u00e9  \r\n",
        })
        {
            string signed = await filter.SignAsync(message);
            DkimSignatureResult result = await VerifyAsync(Encoding.Latin1.GetBytes(signed), key);
            Assert.True(result.Result == AuthenticationResultCode.Pass, result + "\n" + signed);
            Assert.Equal(canonicalization, result.Canonicalization);
            Assert.Equal(AuthenticationResultCode.Fail, (await VerifyAsync(Encoding.Latin1.GetBytes(signed + "more\r\n"), key)).Result);
            Assert.Equal(AuthenticationResultCode.Fail, (await VerifyAsync(Encoding.Latin1.GetBytes(signed.Replace("keys  and", "keys or", StringComparison.Ordinal)), key)).Result);
        }
    }

    private static async Task<DkimSignatureResult> VerifyAsync(byte[] octets, DkimKey key)
    {
        TableResolver zone = new TableResolver().Txt(key.Selector + "._domainkey." + key.Domain, KeyPairFixture.RecordOf(key)).Txt("_dmarc.contoso.com", "v=DMARC1; p=none");
        var request = new MessageRequest { Now = DateTimeOffset.UtcNow, Ed25519 = () => new Ed25519Verifier() };
        using var stream = new MemoryStream(octets);
        return Assert.Single((await MessageProof.ProveAsync(stream, request, new PlatformRequest(), zone, CancellationToken.None, CancellationToken.None)).Dkim);
    }
}
