using System.Security.Cryptography;
using MailDns.TestSupport;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailDns.Core.Tests.Messages;

/// <summary>Ed25519 keys for signers.</summary>
internal static class Ed25519Keys
{
    public static EdwardsKey New() => Of(RandomNumberGenerator.GetBytes(Ed25519.SecretKeySize));

    /// <summary>The key of a raw seed.</summary>
    public static EdwardsKey Of(byte[] seed)
    {
        var key = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        return new EdwardsKey(data => Sign(seed, data), key);
    }

    private static byte[] Sign(byte[] seed, byte[] data)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(seed, 0, data, 0, data.Length, signature, 0);
        return signature;
    }
}
