namespace MailDns.MailReports;

/// <summary>Who reported on which days, and under which policy.</summary>
internal sealed class ReportCoverage
{
    private const int MaxReporters = 10_000;

    private readonly HashSet<string> _reporters = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<DateTime> _days = new();
    private readonly HashSet<DateTime> _quarantineDays = new();

    public IReadOnlyCollection<string> Reporters => _reporters;

    public int Days => _days.Count;

    /// <summary>Days whose reports say that quarantine or more was in force, without t=y.</summary>
    public int QuarantineDays => _quarantineDays.Count;

    /// <summary>Messages of all reports.</summary>
    public long Reports { get; private set; }

    public void Add(DmarcReport report)
    {
        Reports++;
        if (_reporters.Count < MaxReporters) _reporters.Add(report.Organization);

        DateTime day = report.Begin!.Value.Date;
        _days.Add(day);
        if (report is { Policy: DmarcPolicy.Quarantine or DmarcPolicy.Reject, Testing: not true })
            _quarantineDays.Add(day);
    }

    /// <summary>A measured source tells reporters and days, not the policy.</summary>
    public void Add(DmarcSource source, DateTime start, DateTime end)
    {
        _reporters.UnionWith(source.Reporters.Take(Math.Max(0, MaxReporters - _reporters.Count)));
        _days.UnionWith(source.Days.Select(static day => day.Date.Date).Where(day => day >= start && day < end));
    }
}
