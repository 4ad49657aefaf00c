using MailDns.Dmarc;

namespace MailDns.TlsRpt;

/// <summary>Makes TLS-RPT records (RFC 8460 section 3).</summary>
internal static class TlsRptRecordBuilder
{
    /// <summary>The labels of the TXT record.</summary>
    public const string Label = "_smtp._tls";

    /// <summary>The TXT record at _smtp._tls.<paramref name="domain"/>.</summary>
    /// <exception cref="ArgumentException">There is no address, or one is neither a mailbox nor a mailto: or https: URI.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, IReadOnlyList<string> addresses, TimeSpan timeToLive) =>
        CreateWithUris(domain, zone, addresses.Select(address => Write(address)).Distinct(StringComparer.Ordinal).ToArray(), timeToLive);

    /// <summary>The record of URIs that are known to be right.</summary>
    public static TxtRecord CreateWithUris(DomainName domain, DomainName zone, IReadOnlyList<string> uris, TimeSpan timeToLive) =>
        uris.Count > 0
            ? new TxtRecord(domain.Prepend(Label), zone, "v=TLSRPTv1; rua=" + string.Join(",", uris), timeToLive, RecordPurpose.TlsRpt)
            : throw new ArgumentException("-AggregateReportUri is missing: a TLS-RPT record says where reports go (RFC 8460 section 3).", nameof(uris));

    private static string Write(string address)
    {
        string uri = DmarcReportUriWriter.Write(address, "AggregateReportUri");
        return TlsRptParser.Problem(uri) is { } problem ? throw new ArgumentException(problem, nameof(address)) : uri;
    }
}
