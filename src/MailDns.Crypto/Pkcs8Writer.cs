using System.Security.Cryptography;

namespace MailDns.Crypto;

/// <summary>Writes PrivateKeyInfo (RFC 5958 section 2, version 0 and without attributes, which every signer reads).</summary>
internal static class Pkcs8Writer
{
    private const byte OctetString = 0x04;
    private const byte Sequence = 0x30;

    private static readonly byte[] s_zero = { 0 };

    /// <summary>1.2.840.113549.1.1.1 with its NULL parameters (RFC 8017 appendix A.1).</summary>
    private static readonly byte[] s_rsaAlgorithm = { 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00 };

    /// <summary>1.3.101.112 without parameters (RFC 8410 section 3).</summary>
    private static readonly byte[] s_ed25519Algorithm = { 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70 };

    /// <summary>An RSA key (RSAPrivateKey, RFC 8017 appendix A.1.2). The caller clears numbers and result.</summary>
    public static byte[] Rsa(RSAParameters numbers)
    {
        byte[][] fields =
        {
            s_zero, numbers.Modulus!, numbers.Exponent!, numbers.D!, numbers.P!, numbers.Q!, numbers.DP!, numbers.DQ!, numbers.InverseQ!,
        };
        int capacity = 64;
        foreach (byte[] field in fields)
        {
            capacity += field.Length + 8;
        }

        var der = new BackwardDer(capacity);
        for (int i = fields.Length - 1; i >= 0; i--)
        {
            der.Integer(fields[i]);
        }

        der.Header(Sequence, der.Length);
        return Wrap(der, s_rsaAlgorithm);
    }

    /// <summary>An Ed25519 key of 32 octets (CurvePrivateKey, RFC 8410 section 7). The caller clears seed and result.</summary>
    public static byte[] Ed25519(byte[] seed)
    {
        var der = new BackwardDer(64);
        der.Octets(seed);
        der.Header(OctetString, seed.Length);
        return Wrap(der, s_ed25519Algorithm);
    }

    private static byte[] Wrap(BackwardDer der, byte[] algorithm)
    {
        der.Header(OctetString, der.Length);
        der.Octets(algorithm);
        der.Integer(s_zero);
        der.Header(Sequence, der.Length);
        return der.Finish();
    }
}
