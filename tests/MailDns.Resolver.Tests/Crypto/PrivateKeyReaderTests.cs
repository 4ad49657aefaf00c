using System;
using System.Linq;
using System.Text;
using MailDns.Crypto;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using Xunit;

namespace MailDns.Resolver.Tests.Crypto;

public class PrivateKeyReaderTests
{
    private static readonly IPrivateKeyReader s_reader = new PrivateKeyReader();

    [Theory]
    [InlineData("rsa-pkcs1", null)]
    [InlineData("rsa-pkcs8", null)]
    [InlineData("rsa-aes256", KeyFile.Password)]
    [InlineData("rsa-aes128-sha1", KeyFile.Password)]
    [InlineData("rsa-aes256-sha512", KeyFile.Password)]
    [InlineData("rsa-des3", KeyFile.Password)]
    [InlineData("rsa-pkcs12-des3", KeyFile.Password)]
    [InlineData("rsa-old-aes256", KeyFile.Password)]
    [InlineData("rsa-old-des3", KeyFile.Password)]
    [InlineData("rsa-aes256-unicode", KeyFile.UnicodePassword)]
    [InlineData("rsa-old-unicode", KeyFile.UnicodePassword)]
    [InlineData("ed25519", null)]
    [InlineData("ed25519-aes256", KeyFile.Password)]
    public void A_key_of_OpenSSL_gives_its_public_half(string name, string? password)
    {
        string expected = KeyFile.Fingerprint(name.StartsWith("rsa", StringComparison.Ordinal) ? "rsa-public" : "ed25519-public");
        Assert.Equal(expected, Read(KeyFile.Octets(name), password));
    }

    [Theory]
    [InlineData("rsa-pkcs1", null)]
    [InlineData("rsa-pkcs8", null)]
    [InlineData("rsa-aes256", KeyFile.Password)]
    [InlineData("ed25519", null)]
    public void The_same_in_DER_in_bare_base64_and_in_other_encodings_of_text(string name, string? password)
    {
        string expected = Read(KeyFile.Octets(name), password);
        string text = KeyFile.Text(name);
        Assert.Equal(expected, Read(KeyFile.Der(name), password));
        Assert.Equal(expected, Read(Encoding.ASCII.GetBytes(Convert.ToBase64String(KeyFile.Der(name)) + "\r\n"), password));
        Assert.Equal(expected, Read(Encoding.ASCII.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)), password));
        foreach (Encoding encoding in new[] { Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF8 })
            Assert.Equal(expected, Read([.. encoding.GetPreamble(), .. encoding.GetBytes(text)], password));
    }

    [Fact]
    public void A_key_beside_other_blocks_is_found()
    {
        string text = "s1._domainkey, made 2026\n" + KeyFile.Text("rsa-public") + KeyFile.Text("rsa-pkcs8");
        Assert.Equal(KeyFile.Fingerprint("rsa-public"), Read(Encoding.ASCII.GetBytes(text), null));
    }

    // RFC 8463 appendix A.2 prints a pair.
    [Fact]
    public void The_raw_Ed25519_key_of_the_RFC_gives_the_public_key_of_the_RFC()
    {
        const string secret = "nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=";
        const string published = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        byte[] expected = DerWriter.Ed25519SubjectPublicKeyInfo(Convert.FromBase64String(published));
        Assert.Equal(expected, s_reader.ReadPublicKey(Encoding.ASCII.GetBytes(secret + "\n"), null));
        byte[] both = [.. Convert.FromBase64String(secret), .. Convert.FromBase64String(published)];
        Assert.Equal(expected, s_reader.ReadPublicKey(Encoding.ASCII.GetBytes(Convert.ToBase64String(both)), null));
    }

    [Fact]
    public void A_raw_Ed25519_key_with_the_public_half_of_another_is_refused()
    {
        byte[] both = [.. Convert.FromBase64String("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A="), .. new byte[32]];
        AssertFault(PrivateKeyFault.Invalid, "The private key is damaged: its numbers do not belong together.", Encoding.ASCII.GetBytes(Convert.ToBase64String(both)));
    }

    [Theory]
    [InlineData("rsa-public", "The file contains no private key but a \"PUBLIC KEY\".")]
    [InlineData("ec-sec1", "The private key is an elliptic-curve (ECDSA) key, which DKIM does not have.")]
    [InlineData("ec-pkcs8", "The private key is an elliptic-curve (ECDSA) key, which DKIM does not have.")]
    [InlineData("ed448", "The private key is an Ed448 key, which DKIM does not have.")]
    [InlineData("rsa-pss", "The private key is an RSASSA-PSS key, which DKIM does not have.")]
    [InlineData("openssh", "The private key is in OpenSSH's form. Convert a copy of it: ssh-keygen -p -m PKCS8 -f copy.key")]
    public void What_DKIM_does_not_have_is_named(string name, string message) =>
        AssertFault(PrivateKeyFault.Invalid, message, KeyFile.Octets(name));

    [Theory]
    [InlineData("rsa-scrypt", "The encryption of the private key is broken or none that MailDns reads. OpenSSL converts it: openssl pkcs8 -topk8 -v2 aes-256-cbc")]
    [InlineData("rsa-many-rounds", "The encryption of the private key asks for a number of rounds outside 1 to 10000000; it is not opened.")]
    public void An_encryption_that_is_not_read_is_refused(string name, string message) =>
        AssertFault(PrivateKeyFault.Invalid, message, KeyFile.Octets(name), KeyFile.Password);

    [Theory]
    [InlineData("rsa-aes256")]
    [InlineData("rsa-old-aes256")]
    [InlineData("rsa-pkcs12-des3")]
    [InlineData("ed25519-aes256")]
    public void A_pass_phrase_is_needed_and_has_to_be_right(string name)
    {
        AssertFault(PrivateKeyFault.PasswordRequired, "The private key is encrypted: its pass phrase is needed (-Password).", KeyFile.Octets(name));
        const string wrong = "The pass phrase does not open the private key; it is wrong, or the file is damaged.";
        AssertFault(PrivateKeyFault.WrongPassword, wrong, KeyFile.Octets(name), "correct horsf");
        AssertFault(PrivateKeyFault.WrongPassword, wrong, KeyFile.Octets(name), string.Empty);
    }

    [Theory]
    [InlineData("", "The file contains no private key; it is damaged or cut off.")]
    [InlineData("hello", "The file contains no private key in PEM, DER or base64.")]
    [InlineData("aGVsbG8=", "The file contains no private key; it is damaged or cut off.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nMC4CAQ\n", "The private key cannot be read: its END line is missing, so it is cut off.")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nsecret!\n-----END PRIVATE KEY-----\n", "The private key cannot be read: it is not base64 between its lines.")]
    [InlineData("-----BEGIN PRIVATE KEY\n", "The private key cannot be read: its BEGIN line is broken.")]
    public void What_is_no_key_is_refused(string text, string message) =>
        AssertFault(PrivateKeyFault.Invalid, message, Encoding.ASCII.GetBytes(text));

    [Fact]
    public void Two_private_keys_are_refused() =>
        AssertFault(
            PrivateKeyFault.Invalid,
            "The file contains more than one private key; give one of its own.",
            Encoding.ASCII.GetBytes(KeyFile.Text("rsa-pkcs8") + KeyFile.Text("ed25519")));

    // Each number of the key is changed in turn: none of them may go unnoticed.
    [Fact]
    public void A_key_with_a_number_that_does_not_belong_is_refused()
    {
        byte[] der = KeyFile.Der("rsa-pkcs1");
        int refused = 0;
        for (int position = 8; position < der.Length; position += 16)
        {
            byte[] changed = [.. der];
            changed[position] ^= 0x04;
            PrivateKeyException error = Assert.Throws<PrivateKeyException>(() => s_reader.ReadPublicKey(changed, null));
            Assert.Equal(PrivateKeyFault.Invalid, error.Fault);
            refused++;
        }

        Assert.True(refused > 30);
    }

    // Noise of this size would be tried for half a minute.
    [Theory]
    [InlineData(8192)]
    [InlineData(16384)]
    [InlineData(65536)]
    public void A_key_larger_than_verifiers_take_is_refused_before_it_is_tried(int bits)
    {
        var random = new Random(bits);
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(0);
            foreach (int size in new[] { bits, 17, bits, bits / 2, bits / 2, bits / 2, bits / 2, bits / 2 })
            {
                byte[] noise = new byte[size / 8];
                random.NextBytes(noise);
                noise[0] |= 0x80;
                noise[^1] |= 1;
                writer.WriteInteger(new System.Numerics.BigInteger(noise, isUnsigned: true, isBigEndian: true));
            }
        }

        PrivateKeyException error = Assert.Throws<PrivateKeyException>(() => s_reader.ReadPublicKey(writer.Encode(), null));
        Assert.Contains("Verifiers take at most 4096", error.Message, StringComparison.Ordinal);
    }

    // Whatever the octets are: the public half of a key that signs, or the reader's own exception with nothing of the file.
    [Theory]
    [InlineData("rsa-pkcs8", null)]
    [InlineData("ed25519", null)]
    [InlineData("ed25519-aes256", KeyFile.Password)]
    [InlineData("rsa-old-des3", KeyFile.Password)]
    public void Noise_ends_in_an_error_of_its_own(string name, string? password)
    {
        var random = new Random(20261124);
        byte[] original = name.Contains("old", StringComparison.Ordinal) ? KeyFile.Octets(name) : KeyFile.Der(name);
        for (int round = 0; round < 300; round++)
        {
            byte[] changed = [.. original];
            for (int i = random.Next(1, 4); i > 0; i--)
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                changed = changed[..random.Next(changed.Length)];
            try
            {
                s_reader.ReadPublicKey(changed, password?.ToCharArray());
            }
            catch (PrivateKeyException error)
            {
                Assert.Null(error.InnerException);
                Assert.True(error.Message.Length < 200, error.Message);
            }
        }
    }

    [Fact]
    public void No_error_repeats_the_file()
    {
        string body = string.Concat(KeyFile.Text("rsa-pkcs8").Split('\n').Where(line => line.Length > 0 && line[0] != '-'));
        foreach (string text in new[] { body[..100], body + "!", "-----BEGIN " + body + "-----", "-----BEGIN X PRIVATE KEY-----\n" + body })
        {
            PrivateKeyException error = Assert.Throws<PrivateKeyException>(() => s_reader.ReadPublicKey(Encoding.ASCII.GetBytes(text), null));
            Assert.DoesNotContain(body[..16], error.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Read(byte[] file, string? password) =>
        DkimPublicKey.Read(s_reader.ReadPublicKey(file, password?.ToCharArray())).Fingerprint;

    private static void AssertFault(PrivateKeyFault fault, string message, byte[] file, string? password = null)
    {
        PrivateKeyException error = Assert.Throws<PrivateKeyException>(() => s_reader.ReadPublicKey(file, password?.ToCharArray()));
        Assert.Equal(message, error.Message);
        Assert.Equal(fault, error.Fault);
        Assert.Null(error.InnerException);
    }
}
