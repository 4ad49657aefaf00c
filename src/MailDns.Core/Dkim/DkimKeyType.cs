namespace MailDns;

/// <summary>The type of a DKIM key.</summary>
public enum DkimKeyType
{
    /// <summary>RSA (RFC 6376 section 3.3.1): every verifier knows it.</summary>
    Rsa,

    /// <summary>Ed25519 (RFC 8463): short; publish an RSA key beside it, since many verifiers do not know it.</summary>
    Ed25519,
}
