using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Crypto;
using MailDns.Dns;
using MailDns.Messages;
using MailDns.Sending;
using MailDns.TestSupport;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Xunit;

namespace MailDns.Resolver.Tests.Crypto;

/// <summary>Messages that MimeKit signs verify here, and where MimeKit's verifier says otherwise, the reason is known.</summary>
public class MessageTests(KeyPairFixture keys) : IClassFixture<KeyPairFixture>
{
    private const string Plain = "From: Ann <ann@contoso.com>\r\nTo: Bob <bob@example.net>\r\nSubject: keys  and\r\n more\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <1@contoso.com>\r\n\r\nHello.  \r\n\r\n two\t words \r\n\r\n";

    [Theory]
    [InlineData("rsa", DkimSignatureAlgorithm.RsaSha256, DkimCanonicalizationAlgorithm.Simple)]
    [InlineData("rsa", DkimSignatureAlgorithm.RsaSha256, DkimCanonicalizationAlgorithm.Relaxed)]
    [InlineData("ed", DkimSignatureAlgorithm.Ed25519Sha256, DkimCanonicalizationAlgorithm.Simple)]
    [InlineData("ed", DkimSignatureAlgorithm.Ed25519Sha256, DkimCanonicalizationAlgorithm.Relaxed)]
    public async Task What_MimeKit_signs_verifies(string name, DkimSignatureAlgorithm algorithm, DkimCanonicalizationAlgorithm canonicalization)
    {
        DkimKey key = keys.Of(name);
        using var file = new MemoryStream(Encoding.Latin1.GetBytes(Plain));
        MimeMessage message = await MimeMessage.LoadAsync(file);
        var signer = new DkimSigner(key.PrivateKeyPath, key.Domain!, key.Selector, algorithm)
        {
            HeaderCanonicalizationAlgorithm = canonicalization,
            BodyCanonicalizationAlgorithm = canonicalization,
        };
        signer.Sign(message, new[] { HeaderId.From, HeaderId.Subject, HeaderId.Date });
        using var signed = new MemoryStream();
        await message.WriteToAsync(signed);
        DkimSignatureResult result = await VerifyAsync(signed.ToArray(), key);
        Assert.True(result.Result == AuthenticationResultCode.Pass, result.ToString());
        byte[] changed = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(signed.ToArray()).Replace("words", "word", StringComparison.Ordinal));
        Assert.Equal(AuthenticationResultCode.Fail, (await VerifyAsync(changed, key)).Result);
    }

    /// <summary>
    /// Generated messages through both verifiers. They agree, but where MimeKit is known not to look: expired signatures, keys for other
    /// services or hashes, the flag t=s, a length beyond the body, and white space behind a boundary line, which it writes anew.
    /// </summary>
    [Fact]
    public async Task MimeKit_says_the_same_but_for_what_it_does_not_look_at()
    {
        var random = new Random(20261201);
        using var signer = MailSigner.Rsa("contoso.com", "s", 1024);
        int passed = 0;
        int failed = 0;
        var explained = new HashSet<string>(StringComparer.Ordinal);
        for (int round = 0; round < 400; round++)
        {
            (string message, string record, string? known) = Generate(random, signer);
            byte[] octets = Encoding.Latin1.GetBytes(message);
            AuthenticationResultCode ours = (await ProveAsync(octets, signer.KeyName, record)).Dkim.Single().Result;
            bool theirs = await MimeKitAsync(octets, record);
            if (theirs == (ours == AuthenticationResultCode.Pass))
            {
                passed += theirs ? 1 : 0;
                failed += theirs ? 0 : 1;
                continue;
            }

            Assert.True(known is not null, $"round {round}: MailDns {ours}, MimeKit {theirs}\n{record}\n{message}");
            explained.Add(known!);
        }

        Assert.True(passed > 100 && failed > 50, $"{passed} passed and {failed} failed in both");
        Assert.Equal(["boundary", "expired", "hash", "length", "pkcs1", "service", "strict"], explained.Order(StringComparer.Ordinal));
    }

    private static (string Message, string Record, string? Known) Generate(Random random, MailSigner signer)
    {
        string[] canonicalizations = ["simple/simple", "relaxed/relaxed", "simple/relaxed", "relaxed/simple"];
        bool multipart = random.Next(4) == 0;
        string body = multipart
            ? "--b\r\nContent-Type: text/plain\r\n\r\n" + Lines(random) + "--b--\r\n"
            : Lines(random);
        string header = "From: Ann <ann@contoso.com>\r\nTo: b@example.net\r\nSubject:" + Words(random) + "\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <" + random.Next() + "@contoso.com>\r\n"
            + (multipart ? "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n" : string.Empty);
        string? known = null;
        string extra = string.Empty;
        long? length = null;
        string record = signer.KeyRecord;
        switch (random.Next(16))
        {
            case 0:
                extra = " t=1700000000; x=1700000001;";
                known = "expired";
                break;
            case 1:
                record = "v=DKIM1; s=tlsrpt; p=" + signer.PublicKey;
                known = "service";
                break;
            case 2:
                record = "v=DKIM1; h=sha1; p=" + signer.PublicKey;
                known = "hash";
                break;
            case 3:
                record = "v=DKIM1; t=s; p=" + signer.PublicKey;
                extra = " i=a@mail.contoso.com;";
                known = "strict";
                break;
            case 4:
                length = 100_000;
                known = "length";
                break;
            case 5:
                record = "v=DKIM1; p=" + signer.Pkcs1PublicKey;
                known = "pkcs1";
                break;
            case 6 when multipart:
                body = body.Replace("--b--", "--b--  ", StringComparison.Ordinal);
                known = "boundary";
                break;
            case 7:
                body += "more than twelve octets\r\n";
                length = random.Next(0, 12);
                break;
        }

        string message = signer.Sign(header + "\r\n" + body, new SigningOptions { Canonicalization = canonicalizations[random.Next(4)], Extra = extra, Length = length });
        if (known is null && random.Next(4) == 0)
            message = random.Next(2) == 0 ? message.Replace("Subject:", "Subject: x", StringComparison.Ordinal) : message + "added\r\n";
        return (message, record, known);
    }

    private static string Lines(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 6)).Select(_ => Words(random) + "\r\n"));

    private static string Words(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 5)).Select(_ => new[] { " ", "\t", "  ", "a", "word", "caf\u00e9" }[random.Next(6)])) + (random.Next(3) == 0 ? string.Empty : "end");

    private static async Task<bool> MimeKitAsync(byte[] octets, string record)
    {
        using var stream = new MemoryStream(octets);
        MimeMessage message = await MimeMessage.LoadAsync(stream);
        try
        {
            return await new MimeKit.Cryptography.DkimVerifier(new Locator(record)).VerifyAsync(message, message.Headers[message.Headers.IndexOf(HeaderId.DkimSignature)]);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            return false;
        }
    }

    private static async Task<DkimSignatureResult> VerifyAsync(byte[] octets, DkimKey key) =>
        Assert.Single((await ProveAsync(octets, key.Selector + "._domainkey." + key.Domain, KeyPairFixture.RecordOf(key))).Dkim);

    private static async Task<MailMessageResult> ProveAsync(byte[] octets, string keyName, string record)
    {
        TableResolver zone = new TableResolver().Txt(keyName, record).Txt("_dmarc.contoso.com", "v=DMARC1; p=none");
        var request = new MessageRequest { Now = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero), Ed25519 = () => new Ed25519Verifier() };
        using var stream = new MemoryStream(octets);
        return await MessageProof.ProveAsync(stream, request, new PlatformRequest(), zone, CancellationToken.None, CancellationToken.None);
    }

    private sealed class Locator(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) => Task.FromResult(GetPublicKey(record));
    }
}
