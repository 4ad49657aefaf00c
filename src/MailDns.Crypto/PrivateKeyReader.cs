using System.IO;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Text;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;

namespace MailDns.Crypto;

/// <summary>Reads private keys as people have them. What a library says of a broken one is never passed on: it may quote it.</summary>
public sealed class PrivateKeyReader : IPrivateKeyReader
{
    private const string NoKey = "The file holds no private key";

    /// <inheritdoc/>
    byte[] IPrivateKeyReader.ReadPublicKey(byte[] file, char[]? password)
    {
        if (IsDer(file)) return ReadDer(file, password);

        char[] text = KeyFileText.Decode(file);
        try
        {
            return FindPrivate(text) is { } block ? ReadBlock(text, block, password) : ReadBare(text, password);
        }
        catch (FormatException exception)
        {
            throw Invalid("The private key cannot be read: " + exception.Message + ".");
        }
        finally
        {
            Array.Clear(text, 0, text.Length);
        }
    }

    // DER of a key always has octets that no text has.
    private static bool IsDer(byte[] file) =>
        DerReader.ClaimedLength(file) == file.Length && file[0] == DerReader.Sequence && Array.Exists(file, octet => octet is 0 or >= 0x80);

    private static PemBlock? FindPrivate(char[] text)
    {
        PemBlock? found = null;
        string? other = null;
        for (PemBlock? block = PemText.Next(text, 0); block is not null; block = PemText.Next(text, block.End))
        {
            if (!block.IsPrivateKey)
                other = block.Label;
            else if (found is not null)
                throw Invalid("The file holds more than one private key; give one of its own.");
            else
                found = block;
        }

        return found is null && other is not null
            ? throw Invalid(NoKey + " but a " + PrintableText.Quote(other) + ".")
            : found;
    }

    private static byte[] ReadBlock(char[] text, PemBlock block, char[]? password)
    {
        if (block.Label == "OPENSSH PRIVATE KEY")
            throw Invalid("The private key is in OpenSSH's form. Convert a copy of it: ssh-keygen -p -m PKCS8 -f copy.key");

        if (block.HasHeaders(text)) return ReadOldOpenSsl(text, block, password);

        byte[] der = KeyFileText.DecodeBase64(text, block.BodyStart, block.BodyEnd);
        try
        {
            return ReadDer(der, password);
        }
        finally
        {
            Array.Clear(der, 0, der.Length);
        }
    }

    // Some signers keep the base64 of an Ed25519 key alone: 32 octets, or 64 with the public half behind.
    private static byte[] ReadBare(char[] text, char[]? password)
    {
        byte[] octets;
        try
        {
            octets = KeyFileText.DecodeBase64(text, 0, text.Length);
        }
        catch (FormatException)
        {
            throw Invalid(NoKey + " in PEM, DER or base64.");
        }

        try
        {
            return octets.Length is 32 or 64 ? PrivateKeyNumbers.ReadEd25519(octets) : ReadDer(octets, password);
        }
        finally
        {
            Array.Clear(octets, 0, octets.Length);
        }
    }

    private static byte[] ReadDer(byte[] der, char[]? password)
    {
        var outer = new DerReader(der);
        if (!outer.TryEnter(DerReader.Sequence, out DerReader sequence) || !outer.IsAtEnd)
            throw Invalid(NoKey + "; it is damaged or cut off.");

        byte? first = sequence.NextTag;
        bool isRead = first is not null && sequence.TryEnter(first.Value, out _);
        byte? second = isRead ? sequence.NextTag : null;
        return (first, second) switch
        {
            (DerReader.Sequence, DerReader.OctetString) => ReadEncrypted(der, password),
            (DerReader.Sequence, DerReader.BitString) => throw Invalid(NoKey + " but a public one."),
            (DerReader.Integer, DerReader.Sequence) => PrivateKeyNumbers.ReadPkcs8(der),
            (DerReader.Integer, DerReader.Integer) => PrivateKeyNumbers.ReadPkcs1(der),
            (DerReader.Integer, DerReader.OctetString) => throw Invalid("The private key is an elliptic-curve (ECDSA) key, which DKIM does not have."),
            _ => throw Invalid(NoKey + "."),
        };
    }

    private static byte[] ReadEncrypted(byte[] der, char[]? password)
    {
        byte[] plain = Pkcs8Encryption.Decrypt(der, Required(password));
        try
        {
            // A wrong pass phrase leaves octets that are padded as they should be once in 256 times.
            return new DerReader(plain).TryEnter(DerReader.Sequence, out _) ? ReadDer(plain, password: null) : throw Pkcs8Encryption.WrongPassword();
        }
        finally
        {
            Array.Clear(plain, 0, plain.Length);
        }
    }

    // "Proc-Type: 4,ENCRYPTED" with "DEK-Info:", as OpenSSL wrote before PKCS#8. The text holds cipher text only.
    private static byte[] ReadOldOpenSsl(char[] text, PemBlock block, char[]? password)
    {
        char[] secret = Pkcs8Encryption.Utf8Characters(Required(password));
        object? key;
        try
        {
            using var reader = new StringReader(new string(text, block.Start, block.End - block.Start));
            using var pem = new PemReader(reader, new FixedPassword(secret));
            key = pem.ReadObject();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw Pkcs8Encryption.WrongPassword();
        }
        finally
        {
            Array.Clear(secret, 0, secret.Length);
        }

        return key is AsymmetricCipherKeyPair { Private: RsaPrivateCrtKeyParameters rsa }
            ? PrivateKeyNumbers.Prove(rsa)
            : throw Invalid("The private key is none that DKIM has (RSA or Ed25519).");
    }

    private static char[] Required(char[]? password) =>
        password ?? throw new PrivateKeyException(PrivateKeyFault.PasswordRequired, "The private key is encrypted: its pass phrase is needed (-Password).");

    private static PrivateKeyException Invalid(string message) => new(PrivateKeyFault.Invalid, message);
}

/// <summary>Hands a pass phrase to BouncyCastle, which asks for it.</summary>
internal sealed class FixedPassword(char[] password) : IPasswordFinder
{
    private readonly char[] _password = password;

    public char[] GetPassword() => (char[])_password.Clone();
}
