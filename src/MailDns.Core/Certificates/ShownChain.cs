namespace MailDns.Certificates;

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
