namespace MailDns;

/// <summary>The selector of a TLSA record (RFC 6698 section 2.1.2), under the names that Add-DnsServerResourceRecord takes.</summary>
public enum TlsaSelector
{
    /// <summary>0, Cert: the whole certificate.</summary>
    FullCertificate,

    /// <summary>1, SPKI: its public key; survives a renewal that keeps the key.</summary>
    SubjectPublicKeyInfo,
}
