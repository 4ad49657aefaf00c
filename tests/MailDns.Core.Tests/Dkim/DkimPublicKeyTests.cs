using System;
using System.Linq;
using MailDns.Dkim;
using Xunit;

namespace MailDns.Core.Tests.Dkim;

public class DkimPublicKeyTests
{
    [Theory]
    [InlineData(TestKeys.Rsa512, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 512, "65537")]
    [InlineData(TestKeys.Rsa768, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 768, "65537")]
    [InlineData(TestKeys.Rsa1024, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 1024, "65537")]
    [InlineData(TestKeys.Rsa2048, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 2048, "65537")]
    [InlineData(TestKeys.Rsa4096, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 4096, "65537")]
    [InlineData(TestKeys.Rsa5120, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 5120, "65537")]
    [InlineData(TestKeys.Rsa2048Pkcs1, nameof(DkimKeyEncoding.RsaPublicKey), 2048, "65537")]
    [InlineData(TestKeys.Rsa2048Exponent3, nameof(DkimKeyEncoding.RsaSubjectPublicKeyInfo), 2048, "3")]
    [InlineData(TestKeys.Ed25519Raw, nameof(DkimKeyEncoding.Raw32), 256, null)]
    [InlineData(TestKeys.Ed25519Spki, nameof(DkimKeyEncoding.Ed25519SubjectPublicKeyInfo), 256, null)]
    public void Reads_public_keys(string base64, string encoding, int bits, string? exponent)
    {
        DkimPublicKey key = Read(base64);
        Assert.Equal(encoding, key.Encoding.ToString());
        Assert.Equal(bits, key.Bits);
        Assert.Equal(exponent, key.Exponent);
        Assert.Equal(string.Empty, key.Problem);
    }

    [Theory]
    [InlineData(TestKeys.PrivatePkcs1)]
    [InlineData(TestKeys.PrivatePkcs8)]
    [InlineData(TestKeys.PrivatePkcs8Encrypted)]
    [InlineData(TestKeys.PrivateEd25519)]
    [InlineData(TestKeys.PrivateEllipticCurve)]
    public void Recognises_private_keys(string base64)
    {
        DkimPublicKey key = Read(base64);
        Assert.True(key.IsPrivate);
        Assert.Empty(key.SubjectPublicKeyInfo);
    }

    [Theory]
    [InlineData(TestKeys.EllipticCurve, "it is an elliptic-curve (ECDSA) key, which DKIM does not have")]
    [InlineData(TestKeys.Ed448, "it is an Ed448 key, which DKIM does not have")]
    [InlineData(TestKeys.Certificate, "it is a certificate, not a key")]
    [InlineData("", "its 0 octets are not a DER structure")]
    [InlineData("aGVsbG8=", "its 5 octets are not a DER structure")]
    [InlineData("MAA=", "it is a DER structure that is not a key")]
    [InlineData("MAYCAQECAQE=", "its RSA exponent is even, below 3 or above the modulus")]
    [InlineData("MAYCAQgCAQM=", "its RSA modulus is even")]
    [InlineData("MAYCAf8CAQM=", "a number of its RSA key is negative or empty (DER integers are signed)")]
    public void Says_what_else_it_is(string base64, string problem)
    {
        DkimPublicKey key = Read(base64);
        Assert.Equal(DkimKeyEncoding.Unknown, key.Encoding);
        Assert.Equal(problem, key.Problem);
    }

    [Fact]
    public void A_key_that_was_cut_off_says_so()
    {
        byte[] whole = Convert.FromBase64String(TestKeys.Rsa2048);
        DkimPublicKey key = DkimPublicKey.Read(whole.Take(250).ToArray());
        Assert.Equal("it is cut off: it should have 294 octets and has 250", key.Problem);
    }

    [Fact]
    public void Octets_after_the_key_are_a_fault()
    {
        byte[] longer = Convert.FromBase64String(TestKeys.Rsa2048).Concat(new byte[] { 0 }).ToArray();
        Assert.Equal("there is more after the key: 1 octet", DkimPublicKey.Read(longer).Problem);
    }

    [Fact]
    public void Both_forms_of_a_key_have_the_fingerprint_that_openssl_shows()
    {
        Assert.Equal(TestKeys.Rsa2048Fingerprint, Read(TestKeys.Rsa2048).Fingerprint);
        Assert.Equal(TestKeys.Rsa2048Fingerprint, Read(TestKeys.Rsa2048Pkcs1).Fingerprint);
        Assert.Equal(TestKeys.Ed25519Fingerprint, Read(TestKeys.Ed25519Raw).Fingerprint);
        Assert.Equal(TestKeys.Ed25519Fingerprint, Read(TestKeys.Ed25519Spki).Fingerprint);
    }

    [Fact]
    public void The_pkcs1_form_is_republished_as_the_very_same_octets() =>
        Assert.Equal(TestKeys.Rsa2048, Convert.ToBase64String(Read(TestKeys.Rsa2048Pkcs1).SubjectPublicKeyInfo));

    [Theory]
    [InlineData(TestKeys.SampleRfc6376, "RFC 6376 appendix C")]
    [InlineData(TestKeys.SampleRfc8463Rsa, "RFC 8463 appendix A.2 (RSA)")]
    [InlineData(TestKeys.SampleRfc8463Ed25519, "RFC 8463 appendix A.2 (Ed25519)")]
    [InlineData(TestKeys.SampleAltcraft, "Altcraft's page \"Email: sending domain configuration\"")]
    [InlineData(TestKeys.Rsa2048, null)]
    public void Knows_printed_samples(string base64, string? document) =>
        Assert.Equal(document, SampleKeys.DocumentOf(Read(base64).Fingerprint));

    [Fact]
    public void Any_octets_are_read_without_an_exception()
    {
        byte[][] seeds = new[] { TestKeys.Rsa1024, TestKeys.Rsa2048Pkcs1, TestKeys.Ed25519Spki, TestKeys.PrivatePkcs8, TestKeys.Certificate }
            .Select(Convert.FromBase64String).ToArray();
        var random = new Random(6376);
        for (int i = 0; i < 50_000; i++)
        {
            byte[] octets = (byte[])seeds[random.Next(seeds.Length)].Clone();
            for (int n = random.Next(4); n >= 0; n--)
                octets[random.Next(Math.Min(octets.Length, 40))] = (byte)random.Next(256);

            DkimPublicKey key = DkimPublicKey.Read(octets.Take(random.Next(octets.Length + 1)).ToArray());
            Assert.True(key.Problem.Length > 0 == (key.Fingerprint.Length == 0));
        }
    }

    private static DkimPublicKey Read(string base64) => DkimPublicKey.Read(Convert.FromBase64String(base64));
}
