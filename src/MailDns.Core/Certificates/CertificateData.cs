namespace MailDns.Certificates;

/// <summary>What a certificate says (RFC 5280), as it was read. Its texts are foreign and not escaped.</summary>
internal sealed class CertificateData(byte[] encoded)
{
    /// <summary>Most certificates that a file may have. A chain has two to four.</summary>
    public const int MaxCount = 16;

    /// <summary>The certificate in DER.</summary>
    public byte[] Encoded { get; } = encoded;

    public string Subject { get; init; } = string.Empty;

    public string Issuer { get; init; } = string.Empty;

    public string SerialNumber { get; init; } = string.Empty;

    public string? Organization { get; init; }

    /// <summary>UTC.</summary>
    public DateTime NotBefore { get; init; }

    /// <summary>UTC.</summary>
    public DateTime NotAfter { get; init; }

    /// <summary>Whether its basic constraints allow it to issue certificates.</summary>
    public bool IsAuthority { get; init; }

    /// <summary>Object identifiers of the extended key usages; null where there is no such extension.</summary>
    public string[]? ExtendedKeyUsages { get; init; }

    /// <summary>dNSNames of the Subject Alternative Name.</summary>
    public string[] DnsNames { get; init; } = Array.Empty<string>();

    /// <summary>Values of subject:markType (1.3.6.1.4.1.53087.1.13).</summary>
    public string[] MarkTypes { get; init; } = Array.Empty<string>();

    /// <summary>The logotype extension (1.3.6.1.5.5.7.1.12); null where there is none.</summary>
    public LogotypeData? Logotype { get; init; }

    /// <summary>The list of signed certificate timestamps (RFC 6962 section 3.3); null where there is none.</summary>
    public byte[]? TimestampList { get; init; }

    /// <summary>Addresses of revocation lists.</summary>
    public string[] RevocationLists { get; init; } = Array.Empty<string>();

    /// <summary>True for the certificate whose subject is this one's issuer, by name.</summary>
    public bool IsIssuedBy(CertificateData other) => string.Equals(Issuer, other.Subject, StringComparison.Ordinal);

    public bool IsSelfIssued => IsIssuedBy(this);
}
