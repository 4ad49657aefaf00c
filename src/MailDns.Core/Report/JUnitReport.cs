using System.IO;
using System.Text;
using System.Xml;

namespace MailDns.Report;

/// <summary>
/// Writes a report as JUnit XML, by the schema that Jenkins publishes (junit-10.xsd) and other build servers read: a suite a
/// domain, a case a check. Fail is a failure. Unknown is an error: the check could not be carried out, and that must never
/// look green. NotApplicable is skipped. A Warning passes, with its text in system-out, unless warnings are to fail.
/// </summary>
internal sealed class JUnitReport
{
    private readonly XmlWriter _xml;
    private readonly bool _failOnWarning;

    private JUnitReport(XmlWriter xml, bool failOnWarning)
    {
        _xml = xml;
        _failOnWarning = failOnWarning;
    }

    public static void Write(SendingDomainReport report, bool failOnWarning, TextWriter output)
    {
        // The declaration is written by hand: XmlWriter would name the TextWriter's own encoding, UTF-16 for a string.
        output.Write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        var settings = new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true, CloseOutput = false };
        using (XmlWriter xml = XmlWriter.Create(output, settings))
        {
            new JUnitReport(xml, failOnWarning).WriteReport(report);
        }

        output.Write('\n');
    }

    private void WriteReport(SendingDomainReport report)
    {
        _xml.WriteStartElement("testsuites");
        Attribute("name", report.Title);
        WriteTotals(report.Domains.SelectMany(Cases), withSkipped: false);
        foreach (ReportDomain domain in report.Domains)
            WriteSuite(report, domain, Cases(domain));

        _xml.WriteEndElement();
    }

    private void WriteSuite(SendingDomainReport report, ReportDomain domain, JUnitCase[] cases)
    {
        _xml.WriteStartElement("testsuite");
        Attribute("name", domain.Name);
        WriteTotals(cases, withSkipped: true);
        Attribute("timestamp", report.Created.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
        foreach (JUnitCase item in cases)
            WriteCase(item);

        _xml.WriteEndElement();
    }

    private void WriteCase(JUnitCase item)
    {
        _xml.WriteStartElement("testcase");
        Attribute("name", item.Name);
        Attribute("classname", item.ClassName);
        Attribute("time", "0");
        if (item.Outcome is "skipped")
        {
            _xml.WriteStartElement("skipped");
            Attribute("message", item.Worst.Message);
            _xml.WriteEndElement();
        }
        else if (item.Outcome is { } outcome)
        {
            _xml.WriteStartElement(outcome);
            Attribute("type", item.Worst.Status.ToString());
            Attribute("message", item.Worst.Message);
            _xml.WriteString(XmlText.Escape(item.Details));
            _xml.WriteEndElement();
        }
        else if (item.Details.Length > 0)
        {
            _xml.WriteElementString("system-out", XmlText.Escape(item.Details));
        }

        _xml.WriteEndElement();
    }

    private void WriteTotals(IEnumerable<JUnitCase> cases, bool withSkipped)
    {
        // Counted one by one: all cases of all domains are not held at once.
        var outcomes = new Dictionary<string, int>(StringComparer.Ordinal) { ["pass"] = 0, ["failure"] = 0, ["error"] = 0, ["skipped"] = 0 };
        foreach (JUnitCase item in cases)
            outcomes[item.Outcome ?? "pass"]++;

        Attribute("tests", Number(outcomes.Values.Sum()));
        Attribute("failures", Number(outcomes["failure"]));
        Attribute("errors", Number(outcomes["error"]));
        if (withSkipped) Attribute("skipped", Number(outcomes["skipped"]));

        Attribute("time", "0");
    }

    // In the order of area and id, not of severity: a report compares with the one of yesterday.
    private JUnitCase[] Cases(ReportDomain domain)
    {
        IEnumerable<JUnitCase> checks = domain.Checks.SelectMany(check => check.NotJudged.Prepend(check))
            .GroupBy(check => (check.Area, check.Id))
            .OrderBy(group => group.Key.Area, StringComparer.Ordinal).ThenBy(group => group.Key.Id, StringComparer.Ordinal)
            .Select(group => new JUnitCase(domain.Name + "." + group.Key.Area, group.Key.Id + " " + group.First().Title, group.ToArray(), _failOnWarning));
        JUnitCase[] cases = checks.Concat(domain.Paths.GroupBy(path => path.Sending, StringComparer.Ordinal).Select(group => PathCase(domain, group))).ToArray();
        return cases.Length > 0 ? cases : new[] { NotChecked(domain) };
    }

    private JUnitCase PathCase(ReportDomain domain, IGrouping<string, ReportMailPath> paths) =>
        new(domain.Name + ".MailPath", "Mail passes DMARC: " + paths.Key, paths.Select(ToCheck).ToArray(), _failOnWarning);

    // A suite without a case would be green.
    private JUnitCase NotChecked(ReportDomain domain)
    {
        var check = new ReportCheck { Domain = domain.Name, Status = CheckStatus.Unknown, Message = VerdictText.Explanation(ReportVerdict.NotChecked) };
        return new JUnitCase(domain.Name, "The domain was checked", new[] { check }, _failOnWarning);
    }

    private static ReportCheck ToCheck(ReportMailPath path) => new()
    {
        Domain = path.Domain,
        Status = path.Passed switch { true => CheckStatus.Pass, false => CheckStatus.Fail, _ => CheckStatus.Unknown },
        Message = path.Reason,
        Recommendation = path.Recommendation,
    };

    private void Attribute(string name, string value) => _xml.WriteAttributeString(name, XmlText.Escape(value));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>
/// A check of a domain as a test case. A check that has several results at a domain (a DKIM key each, say) is one case with
/// the worst of them, so that its name stays the same whatever DNS holds.
/// </summary>
internal sealed class JUnitCase(string className, string name, IReadOnlyList<ReportCheck> results, bool failOnWarning)
{
    private readonly IReadOnlyList<ReportCheck> _results = results;
    private readonly bool _failOnWarning = failOnWarning;

    public string ClassName { get; } = className;

    public string Name { get; } = name;

    public ReportCheck Worst { get; } = results.OrderBy(result => StatusOrder.Rank(result.Status)).First();

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
        if (!string.IsNullOrEmpty(text)) lines.Add(label + ": " + text);
    }
}

/// <summary>Text that XML 1.0 can carry (section 2.2): what it forbids, and what the eye would not see, becomes <c>\uXXXX</c>.</summary>
internal static class XmlText
{
    public static string Escape(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\n' || (VisibleText.IsVisible(text, i) && (char.IsSurrogate(c) || XmlConvert.IsXmlChar(c))))
                builder.Append(c);
            else
                builder.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
        }

        return builder.ToString();
    }
}
