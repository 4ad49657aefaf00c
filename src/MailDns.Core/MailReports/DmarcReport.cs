namespace MailDns;

/// <summary>A DMARC aggregate report: what one receiver saw of one domain's mail (RFC 9990, RFC 7489 appendix C).</summary>
public sealed class DmarcReport : MailReport
{
    /// <summary>The receiver's contact address; null where the report has none.</summary>
    public string? Email { get; internal set; }

    /// <summary>Other ways to reach the receiver; null where the report has none.</summary>
    public string? ExtraContactInfo { get; internal set; }

    /// <summary>What the receiver could not do, in its own words.</summary>
    public string[] Errors { get; internal set; } = Array.Empty<string>();

    /// <summary>The software that wrote the report (RFC 9990); null where it does not say.</summary>
    public string? Generator { get; internal set; }

    /// <summary>The schema.</summary>
    public DmarcReportFormat Format { get; internal set; }

    /// <summary>p of the record that the receiver applied; null where the report does not tell. Null is not none.</summary>
    public DmarcPolicy? Policy { get; internal set; }

    /// <summary>sp; null where the report has none, which means p.</summary>
    public DmarcPolicy? SubdomainPolicy { get; internal set; }

    /// <summary>np (RFC 9990); null where the report has none, which means sp, else p.</summary>
    public DmarcPolicy? NonexistentSubdomainPolicy { get; internal set; }

    /// <summary>adkim; null where the report has none, which means relaxed.</summary>
    public DmarcAlignmentMode? DkimAlignment { get; internal set; }

    /// <summary>aspf; null where the report has none, which means relaxed.</summary>
    public DmarcAlignmentMode? SpfAlignment { get; internal set; }

    /// <summary>True with t=y (RFC 9990); null where the report does not tell.</summary>
    public bool? Testing { get; internal set; }

    /// <summary>pct of RFC 7489; null where the report has none.</summary>
    public int? Percentage { get; internal set; }

    /// <summary>How the receiver found the policy: psl or treewalk (RFC 9990); null where it does not tell.</summary>
    public string? DiscoveryMethod { get; internal set; }

    /// <summary>fo; null where the report has none.</summary>
    public string? FailureOptions { get; internal set; }

    /// <summary>The rows; empty where they were counted and not kept.</summary>
    public DmarcReportRow[] Rows { get; internal set; } = Array.Empty<DmarcReportRow>();

    /// <summary>Rows that could be read.</summary>
    public int RowCount { get; internal set; }

    /// <summary>Rows without a usable count, which are in no figure.</summary>
    public int SkippedRowCount { get; internal set; }

    /// <summary>Messages in all rows.</summary>
    public long MessageCount { get; internal set; }

    /// <summary>Messages that passed DMARC by the receiver's verdict: DKIM or SPF passed and aligned.</summary>
    public long PassedCount { get; internal set; }

    /// <summary>Who, about what and how many messages.</summary>
    public override string ToString() => Organization + " on " + Domain + ": " + PassedCount + " of " + MessageCount + " passed" + (IsComplete ? string.Empty : " (incomplete)");
}
