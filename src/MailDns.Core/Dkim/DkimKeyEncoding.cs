namespace MailDns.Dkim;

/// <summary>What the octets of a key turned out to be.</summary>
internal enum DkimKeyEncoding
{
    /// <summary>None of those below.</summary>
    Unknown,

    /// <summary>RSA in a SubjectPublicKeyInfo (RFC 5280 section 4.1), as the world publishes it.</summary>
    RsaSubjectPublicKeyInfo,

    /// <summary>A bare RSAPublicKey (RFC 8017 appendix A.1.1), as RFC 6376 section 3.6.1 has it.</summary>
    RsaPublicKey,

    /// <summary>32 octets, as an Ed25519 key is published (RFC 8463 section 4.2).</summary>
    Raw32,

    /// <summary>Ed25519 in a SubjectPublicKeyInfo (RFC 8410 section 4).</summary>
    Ed25519SubjectPublicKeyInfo,

    /// <summary>A private key: PKCS#1, PKCS#8, encrypted PKCS#8, SEC 1.</summary>
    PrivateKey,
}
