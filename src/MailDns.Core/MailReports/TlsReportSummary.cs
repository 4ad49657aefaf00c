namespace MailDns;

/// <summary>What SMTP TLS reports say of a domain: sessions, failures by kind and host, and whether MTA-STS may go to enforce.</summary>
public sealed class TlsReportSummary
{
    internal TlsReportSummary(string domain) => Domain = domain;

    /// <summary>The policy domain.</summary>
    public string Domain { get; }

    /// <summary>Reports that told of it.</summary>
    public int Reports { get; internal set; }

    /// <summary>Senders that reported; at most 100 of them.</summary>
    public string[] Reporters { get; internal set; } = Array.Empty<string>();

    /// <summary>Start of the first period in UTC; null where no report tells it.</summary>
    public DateTime? First { get; internal set; }

    /// <summary>End of the last period in UTC; null where no report tells it.</summary>
    public DateTime? Last { get; internal set; }

    /// <summary>The policies that were applied: sts, tlsa, no-policy-found.</summary>
    public string[] PolicyTypes { get; internal set; } = Array.Empty<string>();

    /// <summary>Sessions with TLS as the policies ask for.</summary>
    public long SuccessfulSessions { get; internal set; }

    /// <summary>Sessions that failed.</summary>
    public long FailedSessions { get; internal set; }

    /// <summary>The failures by kind and host, the most first.</summary>
    public TlsFailureSummary[] Failures { get; internal set; } = Array.Empty<TlsFailureSummary>();

    /// <summary>The mode of the MTA-STS policy as senders read it last; null where none did.</summary>
    public MtaStsPolicyMode? CurrentMode { get; internal set; }

    /// <summary>The mode to go to next; the present one where it should stay; null without MTA-STS.</summary>
    public MtaStsPolicyMode? NextMode { get; internal set; }

    /// <summary>Why, and what to do.</summary>
    public string Recommendation { get; internal set; } = string.Empty;

    /// <summary>Domain and sessions.</summary>
    public override string ToString() => Domain + ": " + FailedSessions + " of " + (SuccessfulSessions + FailedSessions) + " sessions failed";
}
