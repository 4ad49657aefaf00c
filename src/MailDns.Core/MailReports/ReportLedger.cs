namespace MailDns.MailReports;

/// <summary>What a report is to those that were read before it in one run.</summary>
internal enum ReportStanding
{
    /// <summary>Not met before.</summary>
    New,

    /// <summary>Met before with the same content: two addresses in rua, or a mailbox beside a folder.</summary>
    Repeat,

    /// <summary>One of the same key but other content was met before. They must not be added up.</summary>
    Conflict,
}

/// <summary>
/// Knows the reports of a run by organisation, id, domain and period. The id alone is not unique: Mimecast and Google use
/// one again for other days.
/// </summary>
internal sealed class ReportLedger
{
    private readonly Dictionary<(ulong, ulong), ulong> _complete = new();
    private readonly HashSet<(ulong, ulong, ulong)> _incomplete = new();

    /// <summary>Takes note of a report. What is incomplete stands for nothing but itself: a whole one may follow.</summary>
    public ReportStanding Add(MailReport report)
    {
        (ulong, ulong) key = KeyOf(report);
        if (_complete.TryGetValue(key, out ulong content))
            return content == report.Content || !report.IsComplete ? ReportStanding.Repeat : ReportStanding.Conflict;

        if (!report.IsComplete)
            return _incomplete.Add((key.Item1, key.Item2, report.Content)) ? ReportStanding.New : ReportStanding.Repeat;

        _complete.Add(key, report.Content);
        return ReportStanding.New;
    }

    /// <summary>True where a whole report of that key was met.</summary>
    public bool HasWhole(MailReport report) => _complete.ContainsKey(KeyOf(report));

    private static (ulong One, ulong Two) KeyOf(MailReport report)
    {
        char[] key = string.Join(
            "\n",
            report.GetType().Name,
            report.Organization.ToLowerInvariant(),
            report.ReportId.Trim('<', '>', ' '),
            report.Domain,
            Ticks(report.Begin),
            Ticks(report.End)).ToCharArray();
        int half = key.Length / 2;
        return (TextHash.Of(key, 0, key.Length), TextHash.Join(TextHash.Of(key, half, key.Length - half), TextHash.Of(key, 0, half)));
    }

    private static string Ticks(DateTime? time) => time is null ? string.Empty : time.Value.Ticks.ToString(CultureInfo.InvariantCulture);
}
