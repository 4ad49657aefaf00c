namespace MailDns;

/// <summary>One policy of an SMTP TLS report with its sessions (RFC 8460 section 4.4).</summary>
public sealed class TlsReportPolicy
{
    /// <summary>sts, tlsa or no-policy-found; other words stay as they are.</summary>
    public string PolicyType { get; internal set; } = string.Empty;

    /// <summary>The policy as the sender read it, line by line.</summary>
    public string[] PolicyText { get; internal set; } = Array.Empty<string>();

    /// <summary>The domain that the policy is for; null where the report does not tell.</summary>
    public string? PolicyDomain { get; internal set; }

    /// <summary>The mail exchangers that the policy names.</summary>
    public string[] MxHosts { get; internal set; } = Array.Empty<string>();

    /// <summary>Sessions with TLS as the policy asks for.</summary>
    public long SuccessfulSessions { get; internal set; }

    /// <summary>Sessions that failed. The failures need not add up to it: some senders count each try.</summary>
    public long FailedSessions { get; internal set; }

    /// <summary>What failed.</summary>
    public TlsReportFailure[] Failures { get; internal set; } = Array.Empty<TlsReportFailure>();

    /// <summary>Domain, type and sessions.</summary>
    public override string ToString() => (PolicyDomain ?? string.Empty) + " " + PolicyType + " " + SuccessfulSessions + "/" + FailedSessions;
}
