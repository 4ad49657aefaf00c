namespace MailDns;

/// <summary>The matching type of a TLSA record (RFC 6698 section 2.1.3), under the names that Add-DnsServerResourceRecord takes.</summary>
public enum TlsaMatchingType
{
    /// <summary>0, Full: the selected data itself.</summary>
    ExactMatch,

    /// <summary>1: its SHA-256, 32 octets.</summary>
    Sha256Hash,

    /// <summary>2: its SHA-512, 64 octets.</summary>
    Sha512Hash,
}
