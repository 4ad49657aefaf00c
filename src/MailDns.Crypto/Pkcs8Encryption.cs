using System;
using System.Security.Cryptography;
using System.Text;
using MailDns.Dkim.Keys;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;
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
    private const int KeyBits = 256;

    /// <summary>Encrypts with AES-256-CBC under a key from PBKDF2-HMAC-SHA-256. The caller clears its arguments.</summary>
    public static byte[] Encrypt(byte[] privateKeyInfo, char[] password)
    {
        byte[] salt = Random(SaltLength);
        byte[] vector = Random(BlockLength);
        byte[] secret = Encoding.UTF8.GetBytes(password);
        try
        {
            var derivation = new Pkcs5S2ParametersGenerator(new Sha256Digest());
            derivation.Init(secret, salt, Iterations);
            var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new AesEngine()), new Pkcs7Padding());
            cipher.Init(forEncryption: true, new ParametersWithIV(derivation.GenerateDerivedParameters("AES", KeyBits), vector));
            byte[] encrypted = cipher.DoFinal(privateKeyInfo);
            return new EncryptedPrivateKeyInfo(Scheme(salt, vector), encrypted).GetEncoded();
        }
        finally
        {
            Array.Clear(secret, 0, secret.Length);
        }
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
            CheckIterations(algorithm);
            encrypted = info.GetEncryptedData();
            cipher = CreateCipher(algorithm, password);
        }
        catch (Exception exception) when (exception is not (PrivateKeyException or OutOfMemoryException))
        {
            throw new PrivateKeyException(
                PrivateKeyFault.Invalid,
                "The encryption of the private key is broken or none that MailDns reads. OpenSSL converts it: openssl pkcs8 -topk8 -v2 aes-256-cbc");
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

    private static IBufferedCipher CreateCipher(AlgorithmIdentifier algorithm, char[] password)
    {
        // PKCS#12 schemes take UTF-16 by their definition (RFC 7292 appendix B.1).
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

    private static void CheckIterations(AlgorithmIdentifier algorithm)
    {
        BigInteger count = algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdPbeS2)
            ? Pbkdf2Params.GetInstance(PbeS2Parameters.GetInstance(algorithm.Parameters).KeyDerivationFunc.Parameters).IterationCount
            : Pkcs12PbeParams.GetInstance(algorithm.Parameters).Iterations;
        if (count.SignValue <= 0 || count.CompareTo(BigInteger.ValueOf(MostIterations)) > 0)
        {
            throw new PrivateKeyException(
                PrivateKeyFault.Invalid,
                "The encryption of the private key asks for a number of rounds outside 1 to " + MostIterations + "; it is not opened.");
        }
    }

    private static AlgorithmIdentifier Scheme(byte[] salt, byte[] vector)
    {
        var function = new AlgorithmIdentifier(PkcsObjectIdentifiers.IdHmacWithSha256, DerNull.Instance);
        var derivation = new KeyDerivationFunc(PkcsObjectIdentifiers.IdPbkdf2, new Pbkdf2Params(salt, Iterations, function));
        var encryption = new EncryptionScheme(NistObjectIdentifiers.IdAes256Cbc, new DerOctetString(vector));
        return new AlgorithmIdentifier(PkcsObjectIdentifiers.IdPbeS2, new PbeS2Parameters(derivation, encryption));
    }

    private static byte[] Random(int length)
    {
        var octets = new byte[length];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return octets;
    }
}
