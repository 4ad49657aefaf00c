namespace MailDns;

/// <summary>The certificate usage of a TLSA record (RFC 6698 section 2.1.1), under the names that Add-DnsServerResourceRecord takes.</summary>
public enum TlsaCertificateUsage
{
    /// <summary>0, PKIX-TA (RFC 7218): a public authority in the chain. Not for SMTP.</summary>
    CAConstraint,

    /// <summary>1, PKIX-EE: the server's certificate, from a public authority. Not for SMTP.</summary>
    ServiceCertificateConstraint,

    /// <summary>2, DANE-TA: the trust anchor that the server's chain must lead to.</summary>
    TrustAnchorAssertion,

    /// <summary>3, DANE-EE: the server's own certificate; no chain, name or date is looked at (RFC 7671 section 5.1).</summary>
    DomainIssuedCertificate,
}
