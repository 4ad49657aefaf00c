using System;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using MailDns.Crypto;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using Xunit;

namespace MailDns.Resolver.Tests.Crypto;

public class DkimKeyGeneratorTests
{
    private static readonly IDkimKeyGenerator s_generator = new DkimKeyGenerator();
    private static readonly IPrivateKeyReader s_reader = new PrivateKeyReader();

    [Theory]
    [InlineData(1024)]
    [InlineData(2048)]
    public void An_RSA_key_has_the_size_that_was_asked_for(int size)
    {
        using GeneratedKey pair = s_generator.Generate(DkimKeyType.Rsa, size, password: null);
        DkimPublicKey key = DkimPublicKey.Read(pair.SubjectPublicKeyInfo);
        Assert.Equal(DkimKeyEncoding.RsaSubjectPublicKeyInfo, key.Encoding);
        Assert.Equal(size, key.Bits);
        Assert.Equal("65537", key.Exponent);
        Assert.Equal(pair.SubjectPublicKeyInfo, s_reader.ReadPublicKey(pair.PrivateKeyPem, password: null));
    }

    [Fact]
    public void The_platform_reads_an_RSA_key_and_finds_the_same_numbers()
    {
        using GeneratedKey pair = s_generator.Generate(DkimKeyType.Rsa, 2048, password: null);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(Encoding.ASCII.GetString(pair.PrivateKeyPem));
        Assert.Equal(pair.SubjectPublicKeyInfo, rsa.ExportSubjectPublicKeyInfo());

        // Byte for byte what the platform itself writes.
        Assert.Equal(rsa.ExportPkcs8PrivateKey(), KeyFile.Der(pair.PrivateKeyPem));
    }

    [Fact]
    public void An_Ed25519_key_is_written_as_the_RFC_says()
    {
        using GeneratedKey pair = s_generator.Generate(DkimKeyType.Ed25519, 2048, password: null);
        DkimPublicKey key = DkimPublicKey.Read(pair.SubjectPublicKeyInfo);
        Assert.Equal(DkimKeyEncoding.Ed25519SubjectPublicKeyInfo, key.Encoding);
        Assert.Equal(32, key.Raw.Length);

        // RFC 8410 section 10.3 prints such a key: 48 octets that begin so.
        byte[] der = KeyFile.Der(pair.PrivateKeyPem);
        Assert.Equal(48, der.Length);
        Assert.Equal("302E020100300506032B657004220420", Convert.ToHexString(der, 0, 16));
        Assert.Equal(pair.SubjectPublicKeyInfo, s_reader.ReadPublicKey(pair.PrivateKeyPem, password: null));
    }

    [Theory]
    [InlineData(DkimKeyType.Rsa)]
    [InlineData(DkimKeyType.Ed25519)]
    public void No_key_is_made_twice(object type)
    {
        string[] keys = [.. Enumerable.Range(0, 4).Select(_ => Convert.ToBase64String(s_generator.Generate((DkimKeyType)type, 1024, password: null).SubjectPublicKeyInfo))];
        Assert.Equal(4, keys.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData(DkimKeyType.Rsa, "correct horse")]
    [InlineData(DkimKeyType.Ed25519, "correct horse")]
    [InlineData(DkimKeyType.Ed25519, "pässwörd € 🔑")]
    public void An_encrypted_key_opens_with_its_pass_phrase_and_no_other(object type, string password)
    {
        using GeneratedKey pair = s_generator.Generate((DkimKeyType)type, 1024, password.ToCharArray());
        string text = Encoding.ASCII.GetString(pair.PrivateKeyPem);
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n-----END ENCRYPTED PRIVATE KEY-----\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 64, line));
        Assert.Equal(pair.SubjectPublicKeyInfo, s_reader.ReadPublicKey(pair.PrivateKeyPem, password.ToCharArray()));
        var error = Assert.Throws<PrivateKeyException>(() => s_reader.ReadPublicKey(pair.PrivateKeyPem, (password + "x").ToCharArray()));
        Assert.Equal(PrivateKeyFault.WrongPassword, error.Fault);
    }

    [Fact]
    public void The_platform_opens_an_encrypted_RSA_key()
    {
        using GeneratedKey pair = s_generator.Generate(DkimKeyType.Rsa, 1024, KeyFile.UnicodePassword.ToCharArray());
        using var rsa = RSA.Create();
        rsa.ImportFromEncryptedPem(Encoding.ASCII.GetString(pair.PrivateKeyPem), KeyFile.UnicodePassword);
        Assert.Equal(pair.SubjectPublicKeyInfo, rsa.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void The_encryption_is_PBES2_with_PBKDF2_HMAC_SHA256_and_AES_256_CBC()
    {
        using GeneratedKey first = s_generator.Generate(DkimKeyType.Ed25519, 0, "correct horse".ToCharArray());
        using GeneratedKey second = s_generator.Generate(DkimKeyType.Ed25519, 0, "correct horse".ToCharArray());
        (byte[] salt, byte[] vector) = ReadScheme(first);
        (byte[] otherSalt, byte[] otherVector) = ReadScheme(second);
        Assert.NotEqual(salt, otherSalt);
        Assert.NotEqual(vector, otherVector);
    }

    [Fact]
    public void Disposing_clears_the_private_half()
    {
        GeneratedKey pair = s_generator.Generate(DkimKeyType.Ed25519, 0, password: null);
        pair.Dispose();
        Assert.All(pair.PrivateKeyPem, octet => Assert.Equal(0, octet));
    }

    private static (byte[] Salt, byte[] Vector) ReadScheme(GeneratedKey pair)
    {
        AsnReader info = new AsnReader(KeyFile.Der(pair.PrivateKeyPem), AsnEncodingRules.DER).ReadSequence();
        AsnReader algorithm = info.ReadSequence();
        Assert.Equal("1.2.840.113549.1.5.13", algorithm.ReadObjectIdentifier());
        AsnReader parameters = algorithm.ReadSequence();
        AsnReader derivation = parameters.ReadSequence();
        Assert.Equal("1.2.840.113549.1.5.12", derivation.ReadObjectIdentifier());
        AsnReader rounds = derivation.ReadSequence();
        byte[] salt = rounds.ReadOctetString();
        Assert.Equal(16, salt.Length);
        Assert.Equal(600_000, (int)rounds.ReadInteger());
        Assert.Equal("1.2.840.113549.2.9", rounds.ReadSequence().ReadObjectIdentifier());
        Assert.False(rounds.HasData);
        AsnReader cipher = parameters.ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.1.42", cipher.ReadObjectIdentifier());
        return (salt, cipher.ReadOctetString());
    }
}
