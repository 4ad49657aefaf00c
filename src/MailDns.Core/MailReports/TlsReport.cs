namespace MailDns;

/// <summary>An SMTP TLS report: how a sender fared with the TLS of a domain's mail exchangers (RFC 8460). It counts sessions, not messages.</summary>
public sealed class TlsReport : MailReport
{
    /// <summary>The sender's contact; null where the report has none.</summary>
    public string? ContactInfo { get; internal set; }

    /// <summary>The policies that were applied, each with its sessions.</summary>
    public TlsReportPolicy[] Policies { get; internal set; } = Array.Empty<TlsReportPolicy>();

    /// <summary>Sessions with TLS as the policies ask for.</summary>
    public long SuccessfulSessions => Policies.Sum(policy => policy.SuccessfulSessions);

    /// <summary>Sessions that failed.</summary>
    public long FailedSessions => Policies.Sum(policy => policy.FailedSessions);

    /// <summary>Who, about what and how many sessions.</summary>
    public override string ToString() => Organization + " on " + Domain + ": " + FailedSessions + " of " + (SuccessfulSessions + FailedSessions) + " sessions failed";
}
