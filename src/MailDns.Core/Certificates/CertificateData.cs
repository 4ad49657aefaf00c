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

/// <summary>The images that a logotype extension names as the subject's logo (RFC 9399 section 4.1).</summary>
/// <param name="Problem">Why the extension cannot be read; null where it can.</param>
internal sealed record LogotypeData(IReadOnlyList<LogotypeImage> Images, string? Problem);

/// <summary>LogotypeDetails of one image (RFC 9399 section 4.1). Its texts are foreign and not escaped.</summary>
/// <param name="Hashes">Object identifier of the algorithm and the hash.</param>
internal sealed record LogotypeImage(string MediaType, IReadOnlyList<string> Addresses, IReadOnlyList<KeyValuePair<string, byte[]>> Hashes);

/// <summary>Reads certificates and follows their signatures: a public class MailDns.Crypto.CertificateReader with a parameterless constructor implements it.</summary>
internal interface ICertificateReader
{
    /// <summary>The certificates of a PEM file (RFC 7468), in its order; other blocks are passed over.</summary>
    /// <exception cref="FormatException">A block is broken or is not a certificate, or there are more than <see cref="CertificateData.MaxCount"/>; the message ends a sentence and is fit to be shown.</exception>
    IReadOnlyList<CertificateData> Read(byte[] file);

    /// <summary>One certificate in DER, as TLS shows it; null where the octets are not a certificate.</summary>
    CertificateData? ReadEncoded(byte[] encoded);

    /// <summary>
    /// Why no path leads from the certificate over the others to one of the anchors (RFC 5280 section 6.1), fit to be shown
    /// and ending a sentence; null where one does. Revocation is not looked up.
    /// </summary>
    /// <exception cref="FormatException">To find out would take too long; the message ends a sentence and is fit to be shown.</exception>
    string? FindPathProblem(CertificateData leaf, IReadOnlyList<CertificateData> others, IReadOnlyList<CertificateData> anchors, DateTime time);
}

/// <summary>What a server showed of itself in a TLS handshake.</summary>
/// <param name="sent">The certificates as they were sent, the server's own first; those that cannot be read are left out.</param>
/// <param name="path">The certificates over which this machine built a path, in DER, whether they were sent or not.</param>
/// <param name="problem">Why this machine does not trust the path, fit to be shown and ending a sentence; null where it does.</param>
internal sealed class ShownChain(IReadOnlyList<CertificateData> sent, IReadOnlyList<byte[]> path, string? problem)
{
    public IReadOnlyList<CertificateData> Sent { get; } = sent;
    public IReadOnlyList<byte[]> Path { get; } = path;
    public string? Problem { get; } = problem;

    /// <summary>The server's own certificate.</summary>
    public CertificateData Leaf => Sent[0];

    /// <summary>The others.</summary>
    public IEnumerable<CertificateData> Issuers => Sent.Skip(1);

    /// <summary>The one that issued the server's own, by name; null where it was not sent.</summary>
    public CertificateData? Issuer => Issuers.FirstOrDefault(Leaf.IsIssuedBy);

    /// <summary>True where the dNSNames of the server's certificate name the host; the common name is not looked at (RFC 8461 section 4.1, RFC 9525 section 2).</summary>
    public bool Names(DomainName host) => Leaf.DnsNames.Any(name => NamePattern.Matches(name, host));
}
