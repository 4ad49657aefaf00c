using System;
using System.Collections.Generic;
using System.Linq;

namespace MailDns.Report;

/// <summary>The results of one area of a domain.</summary>
internal sealed class ReportArea
{
    public ReportArea(string name, IReadOnlyList<ReportCheck> checks)
    {
        Name = name;
        Checks = checks;
        Worst = checks.Select(check => check.Status).OrderBy(StatusOrder.Rank).First();
    }

    /// <summary>The name of a <see cref="CheckArea"/>.</summary>
    public string Name { get; }

    public string Label => AreaLabel.Of(Name);

    public IReadOnlyList<ReportCheck> Checks { get; }

    public CheckStatus Worst { get; }

    /// <summary>The place in the order of <see cref="CheckArea"/>; unknown areas come last.</summary>
    public int Place => Enum.TryParse(Name, out CheckArea area) ? (int)area : int.MaxValue;

    public IEnumerable<ReportCheck> Findings => Checks.Where(check => check.IsFinding);
}
