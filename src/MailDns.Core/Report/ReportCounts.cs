namespace MailDns.Report;

/// <summary>How many results have each status.</summary>
internal sealed class ReportCounts
{
    private readonly int[] _counts = new int[6];

    public ReportCounts(IEnumerable<ReportCheck> checks)
    {
        foreach (ReportCheck check in checks)
            Add(check.Status, 1);
    }

    public int Fail => this[CheckStatus.Fail];

    public int Unknown => this[CheckStatus.Unknown];

    public int Warning => this[CheckStatus.Warning];

    public int Info => this[CheckStatus.Info];

    public int Pass => this[CheckStatus.Pass];

    public int NotApplicable => this[CheckStatus.NotApplicable];

    public int All => Looked + NotApplicable;

    /// <summary>Checks that had something to look at.</summary>
    public int Looked => Fail + Unknown + Warning + Info + Pass;

    public int this[CheckStatus status] => _counts[(int)status];

    public void Add(ReportCounts other)
    {
        for (int i = 0; i < _counts.Length; i++)
            _counts[i] += other._counts[i];
    }

    private void Add(CheckStatus status, int number) => _counts[(int)status] += number;
}
