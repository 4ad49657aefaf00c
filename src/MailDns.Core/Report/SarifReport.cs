using System.IO;

namespace MailDns.Report;

/// <summary>
/// Writes a report as SARIF 2.1.0 (OASIS): a result for each finding, at the file and line of a zone file where that is known. A failed lookup is
/// a result of kind "open" (section 3.27.9): it says neither that something is wrong nor that all is well.
/// </summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    public static void Write(SendingDomainReport report, TextWriter output)
    {
        var json = new JsonTextWriter(output);
        ReportCheck[] findings = report.Domains.SelectMany(domain => domain.Checks).Where(check => check.IsFinding).ToArray();
        ReportCheck[] rules = findings.GroupBy(check => check.Id, StringComparer.Ordinal).Select(rule => rule.First()).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToArray();
        var indexes = rules.Select((rule, index) => (rule.Id, index)).ToDictionary(rule => rule.Id, rule => rule.index, StringComparer.Ordinal);
        json.StartObject().Member("$schema", Schema).Member("version", "2.1.0").Name("runs").StartArray().StartObject();
        json.Name("tool").StartObject().Name("driver").StartObject()
            .Member("name", "MailDns")
            .Member("version", report.Version)
            .Name("rules").StartArray();
        foreach (ReportCheck rule in rules)
        {
            json.StartObject().Member("id", rule.Id);
            WriteText(json, "shortDescription", rule.Title);
            WriteText(json, "help", rule.Recommendation.Length > 0 ? rule.Recommendation : rule.Title);
            json.Name("properties").StartObject().Member("tags", new[] { rule.Area }).End().End();
        }

        json.End().End().End().Name("results").StartArray();
        ILookup<string, SendingDomainChange>? changes = report.Changes?.Where(change => change.Current is not null).ToLookup(change => Fingerprint(change.Current!), StringComparer.Ordinal);
        foreach (ReportCheck finding in findings)
        {
            // Section 3.27.24: all results say what has become of them, or none.
            string? state = changes is null ? null : changes[Fingerprint(finding)].FirstOrDefault(change => SameResult.Instance.Equals(change.Current, finding)) is not { } found ? "unchanged" : found.Change == SendingDomainChangeKind.New ? "new" : "updated";
            WriteResult(json, finding, indexes[finding.Id], state, report.Folder);
        }

        json.End().Member("columnKind", "utf16CodeUnits").End().End().End();
        output.Write('\n');
    }

    private static void WriteResult(JsonTextWriter json, ReportCheck finding, int rule, string? state, string folder)
    {
        bool isOpen = finding.Status == CheckStatus.Unknown;
        json.StartObject()
            .Member("ruleId", finding.Id)
            .Member("ruleIndex", rule)
            .Member("kind", isOpen ? "open" : finding.Status == CheckStatus.Info ? "informational" : "fail")
            .Member("level", isOpen || finding.Status == CheckStatus.Info ? "none" : finding.Status == CheckStatus.Fail ? "error" : "warning");
        if (state is not null) json.Member("baselineState", state);

        WriteText(json, "message", finding.Domain + ": " + finding.Message + (finding.Recommendation.Length > 0 ? " " + finding.Recommendation : string.Empty));
        json.Name("locations").StartArray().StartObject();
        if (finding.File is { } file)
        {
            json.Name("physicalLocation").StartObject()
                .Name("artifactLocation").StartObject().Member("uri", ToUri(file.StartsWith(folder, StringComparison.Ordinal) ? file.Substring(folder.Length) : file)).End()
                .Name("region").StartObject().Member("startLine", Math.Max(1, finding.Line)).End()
                .End();
        }

        json.Name("logicalLocations").StartArray().StartObject().Member("fullyQualifiedName", finding.Domain).Member("kind", "resource").End().End();
        json.End().End();

        // What makes a finding the same in the next run: its check, its domain and what it says.
        json.Name("partialFingerprints").StartObject().Member("mailDns/v1", Fingerprint(finding)).End().End();
    }

    private static string Fingerprint(ReportCheck finding) => finding.Domain + "/" + finding.Id + "/" + finding.Message;

    private static void WriteText(JsonTextWriter json, string name, string text) => json.Name(name).StartObject().Member("text", text).End();

    // A relative reference with slashes (RFC 3986 section 4.2), so that the same file is meant on every machine.
    private static string ToUri(string path)
    {
        string slashed = path.Replace('\\', '/');
        string escaped = string.Join("/", slashed.Split('/').Select(Uri.EscapeDataString));
        return slashed.StartsWith("/", StringComparison.Ordinal) ? "file://" + escaped
            : slashed.Length > 1 && slashed[1] == ':' ? "file:///" + slashed.Substring(0, 2) + escaped.Substring(escaped.IndexOf('/') < 0 ? escaped.Length : escaped.IndexOf('/'))
            : escaped;
    }
}
