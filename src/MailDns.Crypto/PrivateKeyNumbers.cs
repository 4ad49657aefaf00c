using System.Text;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.EdEC;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailDns.Crypto;

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
