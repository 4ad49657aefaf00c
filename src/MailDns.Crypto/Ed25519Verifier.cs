using MailDns.Dkim.Keys;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace MailDns.Crypto;

/// <summary>Ed25519 signatures by BouncyCastle.</summary>
public sealed class Ed25519Verifier : IEd25519Verifier
{
    bool IEd25519Verifier.Verify(byte[] publicKey, byte[] message, byte[] signature) =>
        publicKey.Length == Ed25519.PublicKeySize
        && signature.Length == Ed25519.SignatureSize
        && Ed25519.Verify(signature, 0, publicKey, 0, message, 0, message.Length);
}
