using System.Security.Cryptography;

namespace MailDns.Crypto;

/// <summary>PBKDF2 (RFC 8018 section 5.2) by the platform: ten times as quick as managed code, which is what its rounds are about.</summary>
internal static class Pbkdf2
{
    /// <summary>Derives a key. The caller clears pass phrase and result.</summary>
    public static byte[] Derive(byte[] password, byte[] salt, int iterations, HashAlgorithmName hash, int length)
    {
#if NETFRAMEWORK
#pragma warning disable CA5379 // SHA-1 to read files that others wrote; MailDns writes with SHA-256.
        using var derivation = new Rfc2898DeriveBytes(password, salt, iterations, hash);
#pragma warning restore CA5379
        return derivation.GetBytes(length);
#else
        return Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, hash, length);
#endif
    }
}
