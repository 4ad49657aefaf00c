using System;
using System.Security.Cryptography;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailDns.Crypto;

/// <summary>RSA keys by the platform, Ed25519 keys by BouncyCastle, random octets by the platform alone.</summary>
public sealed class DkimKeyGenerator : IDkimKeyGenerator
{
    /// <inheritdoc/>
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
            if (secret is not null)
            {
                Array.Clear(secret, 0, secret.Length);
            }
        }
    }
}
