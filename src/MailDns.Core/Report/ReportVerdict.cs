namespace MailDns.Report;

/// <summary>What the results of a domain come to; the larger value is the worse.</summary>
internal enum ReportVerdict
{
    /// <summary>Every check looked at something and passed, or had nothing to look at.</summary>
    Pass,

    /// <summary>No check result was given: neither good nor bad is known, and nobody looked.</summary>
    NotChecked,

    /// <summary>A check of severity Warning found something.</summary>
    Warning,

    /// <summary>A lookup failed: the domain may be right or wrong.</summary>
    Unknown,

    /// <summary>A check of severity Error found something.</summary>
    Fail,
}
