using System.IO;
using System.Text;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;
using Org.BouncyCastle.OpenSsl;

namespace MailDns.Crypto;

/// <summary>Reads private keys as people have them. What a library says of a broken one is never passed on: it may quote it.</summary>
public sealed class PrivateKeyReader : IPrivateKeyReader
{
    private const string NoKey = "The file contains no private key";

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
                throw Invalid("The file contains more than one private key; give one of its own.");
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

/// <summary>
/// The numbers of a private key. Its public half is given away only when a signature of the private half verifies with it.
/// </summary>
internal static class PrivateKeyNumbers
{
    // The largest key that verifiers have to take (RFC 8301 section 3.2). Numbers of a stranger are tried, and twice the
    // length takes eight times as long.
    private const int MostBits = 4096;

    // Larger public exponents are nobody's, and each bit is another multiplication.
    private const int MostExponentBits = 64;

    private static readonly byte[] s_proof = Encoding.ASCII.GetBytes("MailDns signs this to prove a key pair");

    /// <summary>The public half of a PrivateKeyInfo (RFC 5958 section 2).</summary>
    public static byte[] ReadPkcs8(byte[] der) => Guard(() =>
    {
        var info = PrivateKeyInfo.GetInstance(Asn1Object.FromByteArray(der));
        DerObjectIdentifier algorithm = info.PrivateKeyAlgorithm.Algorithm;
        if (algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return ProveRsa(RsaPrivateKeyStructure.GetInstance(info.ParsePrivateKey()));

        if (!algorithm.Equals(EdECObjectIdentifiers.id_Ed25519))
            throw Invalid("The private key is " + NameOf(algorithm) + ", which DKIM does not have.");

        byte[] seed = Asn1OctetString.GetInstance(info.ParsePrivateKey()).GetOctets();
        try
        {
            return ProveEd25519(seed, info.PublicKey?.GetOctets());
        }
        finally
        {
            Array.Clear(seed, 0, seed.Length);
        }
    });

    /// <summary>The public half of an RSAPrivateKey (RFC 8017 appendix A.1.2).</summary>
    public static byte[] ReadPkcs1(byte[] der) =>
        Guard(() => ProveRsa(RsaPrivateKeyStructure.GetInstance(Asn1Object.FromByteArray(der))));

    /// <summary>The public half of a raw Ed25519 key: 32 octets, or 64 with the public half behind.</summary>
    public static byte[] ReadEd25519(byte[] octets) => Guard(() =>
    {
        var seed = new byte[Ed25519.SecretKeySize];
        Array.Copy(octets, seed, seed.Length);
        byte[]? raw = null;
        if (octets.Length > seed.Length)
        {
            raw = new byte[Ed25519.PublicKeySize];
            Array.Copy(octets, seed.Length, raw, 0, raw.Length);
        }

        try
        {
            return ProveEd25519(seed, raw);
        }
        finally
        {
            Array.Clear(seed, 0, seed.Length);
        }
    });

    /// <summary>The public half of an RSA key.</summary>
    public static byte[] Prove(RsaPrivateCrtKeyParameters key) => Guard(() => ProveRsa(key));

    private static byte[] ProveRsa(RsaPrivateKeyStructure key)
    {
        // Bounds first: a number of half a million bits would keep the machine busy.
        int bits = key.Modulus.BitLength;
        if (bits > MostBits)
            throw Invalid("The private key has " + bits + " bits. Verifiers take at most " + MostBits + " (RFC 8301 section 3.2).");

        bool fits = key.PublicExponent.BitLength <= MostExponentBits
            && key.PrivateExponent.BitLength <= bits
            && key.Prime1.BitLength + key.Prime2.BitLength <= bits + 1
            && key.Exponent1.BitLength <= bits
            && key.Exponent2.BitLength <= bits
            && key.Coefficient.BitLength <= bits
            && key.Prime1.Multiply(key.Prime2).Equals(key.Modulus);
        return fits
            ? ProveRsa(new RsaPrivateCrtKeyParameters(
                key.Modulus,
                key.PublicExponent,
                key.PrivateExponent,
                key.Prime1,
                key.Prime2,
                key.Exponent1,
                key.Exponent2,
                key.Coefficient))
            : throw Damaged();
    }

    private static byte[] ProveRsa(RsaPrivateCrtKeyParameters key)
    {
        if (key.Modulus.BitLength > MostBits || key.PublicExponent.BitLength > MostExponentBits) throw Damaged();

        var signer = new RsaDigestSigner(new Sha256Digest());
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(s_proof, 0, s_proof.Length);
        byte[] signature = signer.GenerateSignature();
        signer.Init(forSigning: false, new RsaKeyParameters(isPrivate: false, key.Modulus, key.PublicExponent));
        signer.BlockUpdate(s_proof, 0, s_proof.Length);

        // Signers may use either form of the private key, so the plain exponent has to be right too (RFC 8017 section 3.2).
        BigInteger two = BigInteger.Two;
        bool exponentFits = two.ModPow(key.Exponent, key.Modulus).ModPow(key.PublicExponent, key.Modulus).Equals(two);
        return exponentFits && signer.VerifySignature(signature)
            ? DerWriter.RsaSubjectPublicKeyInfo(key.Modulus.ToByteArrayUnsigned(), key.PublicExponent.ToByteArrayUnsigned())
            : throw Damaged();
    }

    private static byte[] ProveEd25519(byte[] seed, byte[]? claimed)
    {
        if (seed.Length != Ed25519.SecretKeySize) throw Damaged();

        var raw = new byte[Ed25519.PublicKeySize];
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.GeneratePublicKey(seed, 0, raw, 0);
        Ed25519.Sign(seed, 0, s_proof, 0, s_proof.Length, signature, 0);
        bool holds = Ed25519.Verify(signature, 0, raw, 0, s_proof, 0, s_proof.Length)
            && (claimed is null || Convert.ToBase64String(claimed) == Convert.ToBase64String(raw));
        return holds ? DerWriter.Ed25519SubjectPublicKeyInfo(raw) : throw Damaged();
    }

    private static byte[] Guard(Func<byte[]> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (exception is not (PrivateKeyException or OutOfMemoryException))
        {
            throw Damaged();
        }
    }

    private static string NameOf(DerObjectIdentifier algorithm)
    {
        if (algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey)) return "an elliptic-curve (ECDSA) key";
        if (algorithm.Equals(EdECObjectIdentifiers.id_Ed448)) return "an Ed448 key";

        return algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss)
            ? "an RSASSA-PSS key"
            : "of the algorithm " + algorithm.Id;
    }

    private static PrivateKeyException Damaged() =>
        Invalid("The private key is damaged: its numbers do not belong together.");

    private static PrivateKeyException Invalid(string message) => new(PrivateKeyFault.Invalid, message);
}
