using System.Security.Cryptography;
using System.Text;
using MailDns.Dkim.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace MailDns.Crypto;

/// <summary>EncryptedPrivateKeyInfo (RFC 5958 section 3): written with PBES2 (RFC 8018 section 6.2), read with whatever it has.</summary>
internal static class Pkcs8Encryption
{
    /// <summary>Rounds of PBKDF2 with HMAC-SHA-256, as OWASP's Password Storage Cheat Sheet asks for.</summary>
    public const int Iterations = 600_000;

    // A file that asks for more would keep the machine busy for minutes.
    private const int MostIterations = 10_000_000;
    private const int SaltLength = 16;
    private const int BlockLength = 16;
    private const int KeyLength = 32;

    private static readonly Dictionary<DerObjectIdentifier, HashAlgorithmName> s_hashes = new()
    {
        [PkcsObjectIdentifiers.IdHmacWithSha1] = HashAlgorithmName.SHA1,
        [PkcsObjectIdentifiers.IdHmacWithSha256] = HashAlgorithmName.SHA256,
        [PkcsObjectIdentifiers.IdHmacWithSha384] = HashAlgorithmName.SHA384,
        [PkcsObjectIdentifiers.IdHmacWithSha512] = HashAlgorithmName.SHA512,
    };

    private static readonly Dictionary<DerObjectIdentifier, int> s_keyLengths = new()
    {
        [NistObjectIdentifiers.IdAes128Cbc] = 16,
        [NistObjectIdentifiers.IdAes192Cbc] = 24,
        [NistObjectIdentifiers.IdAes256Cbc] = KeyLength,
        [PkcsObjectIdentifiers.DesEde3Cbc] = 24,
    };

    /// <summary>Encrypts with AES-256-CBC under a key from PBKDF2-HMAC-SHA-256. The caller clears its arguments.</summary>
    public static byte[] Encrypt(byte[] privateKeyInfo, char[] password)
    {
        var derivation = new Pbkdf2Params(
            Random(SaltLength),
            Iterations,
            new AlgorithmIdentifier(PkcsObjectIdentifiers.IdHmacWithSha256, DerNull.Instance));
        var encryption = new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(Random(BlockLength)));
        var scheme = new PbeS2Parameters(new KeyDerivationFunc(PkcsObjectIdentifiers.IdPbkdf2, derivation), encryption);
        IBufferedCipher cipher = CreatePbes2(scheme, password, forEncryption: true);
        byte[] encrypted = cipher.DoFinal(privateKeyInfo);
        return new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, scheme), encrypted).GetEncoded();
    }

    /// <summary>Decrypts. The caller clears pass phrase and result.</summary>
    /// <exception cref="PrivateKeyException">The scheme is not known, or the pass phrase is wrong.</exception>
    public static byte[] Decrypt(byte[] der, char[] password)
    {
        IBufferedCipher cipher;
        byte[] encrypted;
        try
        {
            var info = EncryptedPrivateKeyInfo.GetInstance(Asn1Object.FromByteArray(der));
            AlgorithmIdentifier algorithm = info.EncryptionAlgorithm;
            encrypted = info.GetEncryptedData();
            cipher = algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdPbeS2)
                ? CreatePbes2(PbeS2Parameters.GetInstance(algorithm.Parameters), password, forEncryption: false)
                : CreateOld(algorithm, password);
        }
        catch (Exception exception) when (exception is not (PrivateKeyException or OutOfMemoryException))
        {
            throw Unknown();
        }

        try
        {
            return cipher.DoFinal(encrypted);
        }
        catch (Exception exception) when (exception is CryptoException or ArgumentException or InvalidOperationException)
        {
            throw WrongPassword();
        }
    }

    public static PrivateKeyException WrongPassword() =>
        new(PrivateKeyFault.WrongPassword, "The pass phrase does not open the private key; it is wrong, or the file is damaged.");

    /// <summary>
    /// The pass phrase as UTF-8, an octet a character: what OpenSSL on a UTF-8 terminal takes. BouncyCastle keeps only the low
    /// octet of each character, so it must not see others. The caller clears the result.
    /// </summary>
    public static char[] Utf8Characters(char[] password)
    {
        byte[] octets = Encoding.UTF8.GetBytes(password);
        var characters = new char[octets.Length];
        Array.Copy(octets, characters, octets.Length);
        Array.Clear(octets, 0, octets.Length);
        return characters;
    }

    private static IBufferedCipher CreatePbes2(PbeS2Parameters scheme, char[] password, bool forEncryption)
    {
        bool known = s_keyLengths.TryGetValue(scheme.EncryptionScheme.Algorithm, out int length);
        if (!known || !scheme.KeyDerivationFunc.Algorithm.Equals(PkcsObjectIdentifiers.IdPbkdf2))
        {
            throw Unknown();
        }

        Pbkdf2Params derivation = Pbkdf2Params.GetInstance(scheme.KeyDerivationFunc.Parameters);
        int iterations = Checked(derivation.IterationCount);
        if (!s_hashes.TryGetValue(derivation.Prf.Algorithm, out HashAlgorithmName hash)
            || (derivation.KeyLength is { } stated && !stated.Equals(BigInteger.ValueOf(length))))
        {
            throw Unknown();
        }

        byte[] secret = Encoding.UTF8.GetBytes(password);
        byte[] key = Pbkdf2.Derive(secret, derivation.GetSalt(), iterations, hash, length);
        try
        {
            DerObjectIdentifier algorithm = scheme.EncryptionScheme.Algorithm;
            byte[] vector = Asn1OctetString.GetInstance(scheme.EncryptionScheme.Parameters).GetOctets();
            IBufferedCipher cipher = CipherUtilities.GetCipher(algorithm);
            cipher.Init(forEncryption, new ParametersWithIV(ParameterUtilities.CreateKeyParameter(algorithm, key), vector));
            return cipher;
        }
        finally
        {
            Array.Clear(secret, 0, secret.Length);
            Array.Clear(key, 0, key.Length);
        }
    }

    // PBES1 (RFC 8018 section 6.1) and PKCS#12 (RFC 7292 appendix B): a sequence of salt and rounds each.
    private static IBufferedCipher CreateOld(AlgorithmIdentifier algorithm, char[] password)
    {
        _ = Checked(Pkcs12PbeParams.GetInstance(algorithm.Parameters).Iterations);

        // PKCS#12 schemes take UTF-16 by their definition.
        bool isPkcs12 = PbeUtilities.IsPkcs12(algorithm.Algorithm.Id);
        char[] secret = isPkcs12 ? password : Utf8Characters(password);
        try
        {
            var cipher = (IBufferedCipher)PbeUtilities.CreateEngine(algorithm);
            cipher.Init(forEncryption: false, PbeUtilities.GenerateCipherParameters(algorithm, secret));
            return cipher;
        }
        finally
        {
            if (!isPkcs12)
            {
                Array.Clear(secret, 0, secret.Length);
            }
        }
    }

    private static int Checked(BigInteger iterations) =>
        iterations.SignValue > 0 && iterations.CompareTo(BigInteger.ValueOf(MostIterations)) <= 0
            ? iterations.IntValueExact
            : throw new PrivateKeyException(
                PrivateKeyFault.Invalid,
                "The encryption of the private key asks for a number of rounds outside 1 to " + MostIterations + "; it is not opened.");

    private static PrivateKeyException Unknown() => new(
        PrivateKeyFault.Invalid,
        "The encryption of the private key is broken or none that MailDns reads. OpenSSL converts it: openssl pkcs8 -topk8 -v2 aes-256-cbc");

    private static byte[] Random(int length)
    {
        var octets = new byte[length];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return octets;
    }
}

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
