using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Xunit;

namespace MailDns.Resolver.Tests.Crypto;

/// <summary>A message that MimeKit signs with our private key verifies against our record.</summary>
public class MimeKitTests(KeyPairFixture keys) : IClassFixture<KeyPairFixture>
{
    [Theory]
    [InlineData("rsa", DkimSignatureAlgorithm.RsaSha256)]
    [InlineData("ed", DkimSignatureAlgorithm.Ed25519Sha256)]
    public async Task A_signature_verifies_against_the_record(string name, DkimSignatureAlgorithm algorithm)
    {
        DkimKey key = keys.Of(name);
        MimeMessage message = Sign(key, algorithm);
        Assert.True(await VerifyAsync(message, KeyPairFixture.RecordOf(key)));
    }

    [Theory]
    [InlineData("rsa", DkimSignatureAlgorithm.RsaSha256)]
    [InlineData("ed", DkimSignatureAlgorithm.Ed25519Sha256)]
    public async Task It_does_not_verify_against_the_record_of_another_key(string name, DkimSignatureAlgorithm algorithm)
    {
        MimeMessage message = Sign(keys.Of(name), algorithm);
        Assert.False(await VerifyAsync(message, KeyPairFixture.RecordOf(keys.Of(name + "-encrypted"))));
    }

    private static MimeMessage Sign(DkimKey key, DkimSignatureAlgorithm algorithm)
    {
        using var file = new MemoryStream(Encoding.ASCII.GetBytes(
            "From: a@contoso.com\r\nTo: b@example.net\r\nSubject: keys\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-Id: <1@contoso.com>\r\n\r\nHello.\r\n"));
        MimeMessage message = MimeMessage.Load(file);
        var signer = new DkimSigner(key.PrivateKeyPath, key.Domain!, key.Selector, algorithm)
        {
            HeaderCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
            BodyCanonicalizationAlgorithm = DkimCanonicalizationAlgorithm.Relaxed,
        };
        signer.Sign(message, new[] { HeaderId.From, HeaderId.Subject, HeaderId.Date });
        return message;
    }

    private static async Task<bool> VerifyAsync(MimeMessage message, string record)
    {
        int index = message.Headers.IndexOf(HeaderId.DkimSignature);
        var locator = new RecordLocator(record);
        bool verified = await new DkimVerifier(locator).VerifyAsync(message, message.Headers[index]);
        Assert.Equal(1, locator.Calls);
        return verified;
    }

    private sealed class RecordLocator(string record) : DkimPublicKeyLocatorBase
    {
        public int Calls { get; private set; }

        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Calls++;
            Assert.Equal("contoso.com", domain);
            return GetPublicKey(record);
        }

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
