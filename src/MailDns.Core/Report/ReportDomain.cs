using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Report;

/// <summary>All that a report says of one domain.</summary>
internal sealed class ReportDomain
{
    public ReportDomain(
        string name,
        IReadOnlyList<ReportCheck> checks,
        IReadOnlyList<ReportRecord> records,
        IReadOnlyList<ReportTreeNode> trees,
        IReadOnlyList<ReportMailPath> paths)
    {
        Name = name;
        Checks = checks.OrderBy(check => StatusOrder.Rank(check.Status)).ToArray();
        Records = records;
        Trees = trees;
        Paths = paths;
        Counts = new ReportCounts(Checks);
        Areas = Checks.GroupBy(check => check.Area, StringComparer.Ordinal).Select(area => new ReportArea(area.Key, area.ToArray()))
            
            .OrderBy(area => StatusOrder.Rank(area.Worst)).ThenBy(area => area.Place).ToArray();
        Verdict = Judge();
    }

    public string Name { get; }

    /// <summary>The worst first, then in the order of the input.</summary>
    public IReadOnlyList<ReportCheck> Checks { get; }

    /// <summary>The areas that were looked at, the worst first.</summary>
    public IReadOnlyList<ReportArea> Areas { get; }

    /// <summary>What to publish.</summary>
    public IReadOnlyList<ReportRecord> Records { get; }

    public IReadOnlyList<ReportTreeNode> Trees { get; }

    public IReadOnlyList<ReportMailPath> Paths { get; }

    public ReportCounts Counts { get; }

    public ReportVerdict Verdict { get; }

    // The mail path counts too: it may be in the report without the checks that belong to it.
    private ReportVerdict Judge()
    {
        if (Counts.Fail > 0 || Paths.Any(path => path.Passed == false))
        {
            return ReportVerdict.Fail;
        }

        if (Counts.Unknown > 0 || Paths.Any(path => path.Passed is null))
        {
            return ReportVerdict.Unknown;
        }

        return Counts.Warning > 0 ? ReportVerdict.Warning : Counts.Looked == 0 ? ReportVerdict.NotChecked : ReportVerdict.Pass;
    }
}
