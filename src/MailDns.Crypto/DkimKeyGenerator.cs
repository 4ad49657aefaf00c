using System.Security.Cryptography;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailDns.Crypto;

/// <summary>RSA keys by the platform, Ed25519 keys by BouncyCastle, random octets by the platform alone.</summary>
public sealed class DkimKeyGenerator : IDkimKeyGenerator
{
    GeneratedKey IDkimKeyGenerator.Generate(DkimKeyType type, int size, char[]? password)
    {
        byte[] publicKey;
        byte[] privateKey = type == DkimKeyType.Ed25519 ? Ed25519Pair(out publicKey) : RsaPair(size, out publicKey);
        try
        {
            return new GeneratedKey(publicKey, Protect(privateKey, password));
        }
        finally
        {
            Array.Clear(privateKey, 0, privateKey.Length);
        }
    }

    private static byte[] Protect(byte[] privateKey, char[]? password) =>
        password is null
            ? PemText.Write("PRIVATE KEY", privateKey)
            : PemText.Write("ENCRYPTED PRIVATE KEY", Pkcs8Encryption.Encrypt(privateKey, password));

    private static byte[] RsaPair(int size, out byte[] publicKey)
    {
        using var rsa = RSA.Create(size);
        RSAParameters numbers = rsa.ExportParameters(includePrivateParameters: true);
        try
        {
            publicKey = DerWriter.RsaSubjectPublicKeyInfo(numbers.Modulus!, numbers.Exponent!);
            return Pkcs8Writer.Rsa(numbers);
        }
        finally
        {
            Clear(numbers.D, numbers.P, numbers.Q, numbers.DP, numbers.DQ, numbers.InverseQ);
        }
    }

    private static byte[] Ed25519Pair(out byte[] publicKey)
    {
        var seed = new byte[Ed25519.SecretKeySize];
        var raw = new byte[Ed25519.PublicKeySize];
        try
        {
            using (var random = RandomNumberGenerator.Create())
            {
                random.GetBytes(seed);
            }

            Ed25519.GeneratePublicKey(seed, 0, raw, 0);
            publicKey = DerWriter.Ed25519SubjectPublicKeyInfo(raw);
            return Pkcs8Writer.Ed25519(seed);
        }
        finally
        {
            Clear(seed);
        }
    }

    private static void Clear(params byte[]?[] secrets)
    {
        foreach (byte[]? secret in secrets)
        {
            if (secret is not null) Array.Clear(secret, 0, secret.Length);
        }
    }
}

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
            capacity += field.Length + 8;

        var der = new BackwardDer(capacity);
        for (int i = fields.Length - 1; i >= 0; i--)
            der.Integer(fields[i]);

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

/// <summary>
/// Writes DER (ITU-T X.690 section 10) from its end, where every length is known when its header is due. Secrets stand in
/// one buffer only, which <see cref="Finish"/> clears.
/// </summary>
/// <remarks>Begins with room for that many octets.</remarks>
internal sealed class BackwardDer(int capacity)
{
    private const byte IntegerTag = 0x02;
    private readonly byte[] _buffer = new byte[capacity];
    private int _position = capacity;

    /// <summary>Octets that were written.</summary>
    public int Length => _buffer.Length - _position;

    /// <summary>Puts octets before what was written.</summary>
    public void Octets(byte[] octets)
    {
        _position -= octets.Length;
        octets.CopyTo(_buffer, _position);
    }

    /// <summary>Puts an INTEGER before what was written; the number is big-endian and unsigned, leading zeros are dropped.</summary>
    public void Integer(byte[] number)
    {
        int before = Length;
        int start = 0;
        while (start < number.Length - 1 && number[start] == 0)
            start++;

        _position -= number.Length - start;
        Array.Copy(number, start, _buffer, _position, number.Length - start);
        if ((_buffer[_position] & 0x80) != 0) _buffer[--_position] = 0;

        Header(IntegerTag, Length - before);
    }

    /// <summary>Puts a tag and a length before what was written.</summary>
    public void Header(byte tag, int length)
    {
        int rest = length;
        int count = 0;
        if (length >= 0x80)
        {
            for (; rest > 0; rest >>= 8)
            {
                _buffer[--_position] = (byte)rest;
                count++;
            }
        }

        _buffer[--_position] = (byte)(count == 0 ? length : 0x80 | count);
        _buffer[--_position] = tag;
    }

    /// <summary>What was written; the buffer is cleared.</summary>
    public byte[] Finish()
    {
        var octets = new byte[Length];
        Array.Copy(_buffer, _position, octets, 0, octets.Length);
        Array.Clear(_buffer, 0, _buffer.Length);
        return octets;
    }
}
