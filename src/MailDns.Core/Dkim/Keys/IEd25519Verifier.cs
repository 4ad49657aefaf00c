namespace MailDns.Dkim.Keys;

/// <summary>Verifies Ed25519 signatures (RFC 8032): a public class MailDns.Crypto.Ed25519Verifier with a parameterless constructor implements it.</summary>
internal interface IEd25519Verifier
{
    /// <summary>True where the signature of the message belongs to the key; false for anything else, octets of any length included.</summary>
    bool Verify(byte[] publicKey, byte[] message, byte[] signature);
}
