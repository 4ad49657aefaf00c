using System;
using System.Collections.Generic;

namespace MailDns.Report;

/// <summary>What has come so far of one domain.</summary>
internal sealed class ReportDomainDraft
{
    public HashSet<string> Seen { get; } = new(StringComparer.Ordinal);

    public List<ReportCheck> Checks { get; } = new();

    public List<ReportRecord> Records { get; } = new();

    public List<ReportTreeNode> Trees { get; } = new();

    public List<ReportMailPath> Paths { get; } = new();

    public ReportDomain Build(string name) => new(name, Checks, PublishPlan.Make(Records, Checks), Trees, Paths);
}
