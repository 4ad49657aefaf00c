using System.ComponentModel;
using System.Reflection;

namespace MailDns.Report;

/// <summary>All that a report says of one domain.</summary>
internal sealed class ReportDomain
{
    private ReportVerdict? _verdict;

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

    public IReadOnlyList<ReportSender> Senders { get; init; } = Array.Empty<ReportSender>();

    public IReadOnlyList<ReportReadiness> Readiness { get; init; } = Array.Empty<ReportReadiness>();

    public IReadOnlyList<ReportTls> Tls { get; init; } = Array.Empty<ReportTls>();

    public ReportCounts Counts { get; }

    public ReportVerdict Verdict => _verdict ??= Judge();

    /// <summary>True where senders, readiness or TLS ask for something.</summary>
    public bool HasToMend => Senders.Any(sender => sender.IsToMend) || Readiness.Any(readiness => readiness.Verdict == "NotYet") || Tls.Any(tls => tls.Failed > 0);

    // The mail path counts too: it may be in the report without the checks that belong to it.
    private ReportVerdict Judge()
    {
        if (Counts.Fail > 0 || Paths.Any(path => path.Passed == false)) return ReportVerdict.Fail;
        if (Counts.Unknown > 0 || Paths.Any(path => path.Passed is null)) return ReportVerdict.Unknown;
        if (Counts.Warning > 0 || HasToMend) return ReportVerdict.Warning;

        return Counts.Looked == 0 && Senders.Count == 0 && Tls.Count == 0 ? ReportVerdict.NotChecked : ReportVerdict.Pass;
    }
}

/// <summary>What people call an area: the description of its <see cref="CheckArea"/>.</summary>
internal static class AreaLabel
{
    private static readonly Dictionary<string, string> s_labels = typeof(CheckArea).GetFields(BindingFlags.Public | BindingFlags.Static)
        .ToDictionary(area => area.Name, area => area.GetCustomAttribute<DescriptionAttribute>()?.Description ?? area.Name, StringComparer.Ordinal);

    /// <summary>The name itself for an area that this version does not know.</summary>
    public static string Of(string area) => area.Length == 0 ? "Other" : s_labels.TryGetValue(area, out string? label) ? label : area;
}

/// <summary>The results of one area of a domain.</summary>
internal sealed class ReportArea(string name, IReadOnlyList<ReportCheck> checks)
{
    /// <summary>The name of a <see cref="CheckArea"/>.</summary>
    public string Name { get; } = name;

    public string Label => AreaLabel.Of(Name);

    public IReadOnlyList<ReportCheck> Checks { get; } = checks;

    public CheckStatus Worst { get; } = checks.Select(check => check.Status).OrderBy(StatusOrder.Rank).First();

    /// <summary>The place in the order of <see cref="CheckArea"/>; unknown areas come last.</summary>
    public int Place => Enum.TryParse(Name, out CheckArea area) ? (int)area : int.MaxValue;

    public IEnumerable<ReportCheck> Findings => Checks.Where(check => check.IsFinding);
}

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
