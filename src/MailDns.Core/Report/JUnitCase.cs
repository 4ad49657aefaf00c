using System.Collections.Generic;
using System.Linq;

namespace MailDns.Report;

/// <summary>
/// A check of a domain as a test case. A check that has several results at a domain (a DKIM key each, say) is one case with
/// the worst of them, so that its name stays the same whatever DNS holds.
/// </summary>
internal sealed class JUnitCase
{
    private readonly IReadOnlyList<ReportCheck> _results;
    private readonly bool _failOnWarning;

    public JUnitCase(string className, string name, IReadOnlyList<ReportCheck> results, bool failOnWarning)
    {
        ClassName = className;
        Name = name;
        _results = results;
        _failOnWarning = failOnWarning;
        Worst = results.OrderBy(result => StatusOrder.Rank(result.Status)).First();
    }

    public string ClassName { get; }

    public string Name { get; }

    public ReportCheck Worst { get; }

    /// <summary>failure, error, skipped; null for a pass.</summary>
    public string? Outcome => Worst.Status switch
    {
        CheckStatus.Fail => "failure",
        CheckStatus.Unknown => "error",
        CheckStatus.Warning when _failOnWarning => "failure",
        CheckStatus.NotApplicable => "skipped",
        _ => null,
    };

    /// <summary>All that a person needs of the findings; empty where there are none.</summary>
    public string Details => string.Join("\n\n", _results.Where(result => result.IsFinding).OrderBy(result => StatusOrder.Rank(result.Status)).Select(Describe));

    private static string Describe(ReportCheck check)
    {
        var lines = new List<string> { check.Status + ": " + check.Message };
        AddLine(lines, "Expected", check.Expected);
        AddLine(lines, "Found", check.Actual);
        AddLine(lines, "What to do", check.Recommendation);
        AddLine(lines, "Reference", check.Reference);
        lines.AddRange(check.Records.Select(record => "Publish: " + record.Fqdn + " " + record.Type + " " + record.Value));
        return string.Join("\n", lines);
    }

    private static void AddLine(List<string> lines, string label, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            lines.Add(label + ": " + text);
        }
    }
}
