namespace MailDns.MailReports;

/// <summary>The numbers of the rule by which a domain may enforce. Each is a choice, and each a parameter.</summary>
internal sealed record ReadinessRule
{
    /// <summary>Full days that are looked at.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Organizations that must have reported.</summary>
    public int Reporters { get; init; } = 3;

    /// <summary>Of those days, how many in a hundred must have reports.</summary>
    public double DayShare { get; init; } = 80;

    /// <summary>Messages of one's own that must have been seen.</summary>
    public long Messages { get; init; } = 100;

    /// <summary>Failing messages of a source that are forgiven.</summary>
    public long FailedMessages { get; init; } = 3;

    /// <summary>Or so many in a hundred of all own mail, where that is more.</summary>
    public double FailedShare { get; init; } = 0.1;

    /// <summary>In a hundred messages of each own source, how many must pass by DKIM.</summary>
    public double DkimShare { get; init; } = 98;

    /// <summary>Days for which no new source of one's own may have come.</summary>
    public int SettledDays { get; init; } = 7;

    /// <summary>Names of large receivers, of which one must have reported; a name may go on behind it.</summary>
    public IReadOnlyList<string> LargeReporters { get; init; } = new[] { "google.com", "Outlook.com", "Enterprise Outlook", "Yahoo", "AOL", "Mail.Ru", "GMX", "WEB.DE", "Comcast", "Apple" };

    /// <summary>Sources that the owner knows not to be his, as wildcard patterns.</summary>
    public Func<DmarcSource, bool> IsAccepted { get; init; } = static _ => false;

    /// <summary>What the owner says of mailing lists; null where nothing was said.</summary>
    public MailingListUse? ListUse { get; init; }

    /// <summary>The end of the period, not included.</summary>
    public DateTime End { get; init; }

    /// <summary>The start of the period.</summary>
    public DateTime Start => End.AddDays(-Days);
}
