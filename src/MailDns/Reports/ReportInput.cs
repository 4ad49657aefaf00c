using System.Collections;
using MailDns.Report;

namespace MailDns.Reports;

/// <summary>
/// Takes what comes down the pipeline into a report: results of checks, status objects, SPF trees, alignments and records,
/// live ones and copies from jobs, remote sessions and files alike. A new kind is a line in <see cref="s_readers"/>; the parts
/// of a status object are found by what they are.
/// </summary>
internal sealed class ReportInput
{
    private static readonly Dictionary<string, Action<ReportInput, ReportItem>> s_readers = new(StringComparer.Ordinal)
    {
        ["CheckResult"] = (input, item) => input.Report.Add(ReportItemReader.Check(item)),
        ["SpfTreeNode"] = (input, item) => input.AddNode(item),
        ["MailMessageResult"] = (input, item) => input.AddChecks((item.Value.BaseObject as IChecked)?.Results ?? item.List("Findings")),
        ["DmarcAlignment"] = (input, item) => input.AddAlignment(item),
        ["DmarcSource"] = (input, item) => input.Report.Add(ReportItemReader.Sender(item)),
        ["DmarcReadiness"] = (input, item) => input.Report.Add(ReportItemReader.Readiness(item)),
        ["TlsReportSummary"] = (input, item) => input.Report.Add(ReportItemReader.Tls(item)),
        ["ResourceRecord"] = (input, item) => input.Report.Add(ReportItemReader.Record(item)),
    };

    private readonly ReportTreeBuilder _trees = new();

    public ReportBuilder Report { get; } = new();

    /// <summary>SPF nodes that lie below nothing that was given; they cannot be drawn.</summary>
    public int LostNodes { get; private set; }

    /// <summary>False for an object of another kind, or one without a domain.</summary>
    public bool TryAdd(object? value)
    {
        if (value is null) return false;

        var item = new ReportItem(PSObject.AsPSObject(value));
        return TryAdd(item, withParts: true);
    }

    private bool TryAdd(ReportItem item, bool withParts)
    {
        if (item.Kind is not { } kind) return false;
        if (item.IsRecord) kind = nameof(ResourceRecord);

        if (!s_readers.TryGetValue(kind, out Action<ReportInput, ReportItem>? read))
            return kind.EndsWith("Status", StringComparison.Ordinal) && AddStatus(item, withParts);

        // The results of a message without an author say so themselves.
        if (!item.IsRecord && kind != nameof(MailMessageResult) && item.Text("Domain").Length == 0) return false;

        read(this, item);
        return true;
    }

    private bool AddStatus(ReportItem item, bool withParts)
    {
        IEnumerable<CheckResult>? results = (item.Value.BaseObject as IChecked)?.Results;
        if (results is null && !item.Has("Findings")) return false;

        // The status of an address has no domain; its results have.
        if (item.Text("Domain") is { Length: > 0 } domain) Report.AddDomain(domain);

        AddChecks(results ?? item.List("Findings"));
        if (withParts)
        {
            foreach (ReportItem part in item.Parts().Where(part => part.Kind is { } kind && (kind.EndsWith("Status", StringComparison.Ordinal) || s_readers.ContainsKey(kind))))
                TryAdd(part, withParts: false);
        }

        return true;
    }

    private void AddAlignment(ReportItem item)
    {
        Report.Add(ReportItemReader.MailPath(item));
        AddChecks((item.Value.BaseObject as IChecked)?.Results ?? item.List("Findings"));
    }

    private void AddChecks(IEnumerable checks)
    {
        foreach (ReportItem check in checks.Cast<object>().Select(check => new ReportItem(PSObject.AsPSObject(check))).Where(check => check.Kind == nameof(CheckResult) && check.Text("Domain").Length > 0))
            Report.Add(ReportItemReader.Check(check));
    }

    private void AddNode(ReportItem item)
    {
        if (!_trees.TryAdd(ReportItemReader.TreeNode(item), Report.AddTree)) LostNodes++;
    }
}
