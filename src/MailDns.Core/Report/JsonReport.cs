using System.IO;
using System.Runtime.Serialization.Json;
using System.Xml;

namespace MailDns.Report;

/// <summary>Writes a report as JSON; <c>module/schemas/report.schema.json</c> says what each member means.</summary>
internal sealed class JsonReport
{
    /// <summary>Grows with every change of the schema; the first number when a reader has to change.</summary>
    public const string FormatVersion = "1.2";
    private readonly JsonTextWriter _json;

    private JsonReport(TextWriter output) => _json = new JsonTextWriter(output);

    public static void Write(SendingDomainReport report, TextWriter output)
    {
        new JsonReport(output).WriteReport(report);
        output.Write('\n');
    }

    private void WriteReport(SendingDomainReport report)
    {
        _json.StartObject()
            .Member("format", "MailDns.SendingDomainReport")
            .Member("formatVersion", FormatVersion)
            .Member("generator", "MailDns " + report.Version)
            .Member("created", report.CreatedText)
            .Member("title", report.Title)
            .Member("verdict", report.Verdict.ToString());
        WriteCounts(report.Counts);
        _json.Name("domains").StartArray();
        foreach (ReportDomain domain in report.Domains)
            WriteDomain(domain);

        _json.End();
        WriteChanges(report.Changes);
        _json.End();
    }

    private void WriteChanges(IReadOnlyList<SendingDomainChange>? changes)
    {
        if (changes is null)
        {
            _json.Member("changes", (string?)null);
            return;
        }

        _json.Name("changes").StartArray();
        foreach (SendingDomainChange change in changes)
        {
            _json.StartObject()
                .Member("change", change.Change.ToString())
                .Member("domain", change.Domain)
                .Member("id", change.Id)
                .Member("beforeStatus", change.BeforeStatus?.ToString())
                .Member("afterStatus", change.AfterStatus?.ToString())
                .Member("before", change.Before)
                .Member("after", change.After)
                .Member("recordBefore", change.RecordBefore)
                .Member("recordAfter", change.RecordAfter)
                .Member("recommendation", change.Recommendation);
            WriteDays(change.DaysLeft);
            _json.End();
        }

        _json.End();
    }

    private void WriteDays(int? days)
    {
        if (days is { } number)
            _json.Member("daysLeft", number);
        else
            _json.Member("daysLeft", (string?)null);
    }

    private void WriteDomain(ReportDomain domain)
    {
        _json.StartObject().Member("domain", domain.Name).Member("verdict", domain.Verdict.ToString());
        WriteCounts(domain.Counts);
        WriteRecords(domain.Records);
        _json.Name("checks").StartArray();
        foreach (ReportCheck check in domain.Checks)
            WriteCheck(check);

        _json.End().Name("spfTrees").StartArray();
        foreach (ReportTreeNode tree in domain.Trees)
            WriteTree(tree);

        _json.End().Name("mailPaths").StartArray();
        foreach (ReportMailPath path in domain.Paths)
            WritePath(path);

        _json.End().Name("senders").StartArray();
        foreach (ReportSender sender in domain.Senders)
            WriteSender(sender);

        _json.End().Name("readiness").StartArray();
        foreach (ReportReadiness readiness in domain.Readiness)
        {
            _json.StartObject()
                .Member("policy", readiness.Policy)
                .Member("verdict", readiness.Verdict)
                .Member("blockers", readiness.Blockers.Select(blocker => blocker.Message).ToArray())
                .Member("evidence", readiness.Evidence.Select(evidence => evidence.Text).ToArray());
            WriteRecords(readiness.Records);
            _json.End();
        }

        _json.End().Name("tls").StartArray();
        foreach (ReportTls tls in domain.Tls)
            WriteTls(tls);

        _json.End().End();
    }

    private void WriteSender(ReportSender sender) => _json.StartObject()
        .Member("domain", sender.Domain)
        .Member("source", sender.Source)
        .Member("provider", sender.Provider)
        .Member("class", sender.Class)
        .Member("reason", sender.Reason)
        .Member("messages", sender.Messages)
        .Member("passed", sender.Passed)
        .Member("dkimAligned", sender.DkimAligned)
        .Member("spfAligned", sender.SpfAligned)
        .Member("temporaryErrors", sender.TemporaryErrors)
        .Member("last", sender.Last)
        .Member("evidence", sender.Evidence)
        .Member("recommendation", sender.Recommendation)
        .End();

    private void WriteTls(ReportTls tls)
    {
        _json.StartObject()
            .Member("successfulSessions", tls.Successful)
            .Member("failedSessions", tls.Failed)
            .Member("nextMode", tls.NextMode)
            .Member("recommendation", tls.Recommendation);
        _json.Name("failures").StartArray();
        foreach ((string type, string? host, long sessions, string responsible, string meaning) in tls.Failures)
        {
            _json.StartObject().Member("type", type).Member("host", host).Member("sessions", sessions).Member("responsible", responsible).Member("meaning", meaning).End();
        }

        _json.End().End();
    }

    private void WriteCounts(ReportCounts counts) => _json.Name("counts").StartObject()
        .Member("fail", counts.Fail)
        .Member("unknown", counts.Unknown)
        .Member("warning", counts.Warning)
        .Member("info", counts.Info)
        .Member("pass", counts.Pass)
        .Member("notApplicable", counts.NotApplicable)
        .End();

    private void WriteCheck(ReportCheck check)
    {
        _json.StartObject()
            .Member("id", check.Id)
            .Member("title", check.Title)
            .Member("area", check.Area)
            .Member("status", check.Status.ToString())
            .Member("severity", check.Severity)
            .Member("passed", check.Passed)
            .Member("message", check.Message)
            .Member("expected", check.Expected)
            .Member("actual", check.Actual)
            .Member("recommendation", check.Recommendation)
            .Member("reference", check.Reference);
        WriteDays(check.DaysLeft);
        WriteRecords(check.Records);
        _json.End();
    }

    private void WriteRecords(IEnumerable<ReportRecord> records)
    {
        _json.Name("records").StartArray();
        foreach (ReportRecord record in records)
        {
            _json.StartObject()
                .Member("zoneName", record.ZoneName)
                .Member("name", record.Name)
                .Member("fqdn", record.Fqdn)
                .Member("type", record.Type)
                .Member("ttl", record.Ttl)
                .Member("value", record.Value)
                .Member("strings", record.Strings)
                .Member("purpose", record.Purpose)
                .Member("isChoice", record.IsChoice)
                .End();
        }

        _json.End();
    }

    private void WriteTree(ReportTreeNode node)
    {
        _json.StartObject()
            .Member("domain", node.Domain)
            .Member("status", node.Status)
            .Member("term", node.Term)
            .Member("owner", node.Owner)
            .Member("record", node.Record)
            .Member("lookupCount", node.LookupCount)
            .Member("cumulativeLookupCount", node.CumulativeLookupCount)
            .Member("cumulativeVoidLookupCount", node.CumulativeVoidLookupCount)
            .Member("ipv4AddressCount", node.IPv4AddressCount)
            .Member("problem", node.Problem);
        _json.Name("children").StartArray();
        foreach (ReportTreeNode child in node.Children)
            WriteTree(child);

        _json.End().End();
    }

    private void WritePath(ReportMailPath path) => _json.StartObject()
        .Member("passed", path.Passed)
        .Member("path", path.Path)
        .Member("bounceDomain", path.BounceDomain)
        .Member("spfPassed", path.SpfPassed)
        .Member("spfAligned", path.SpfAligned)
        .Member("spfAlignment", path.SpfAlignment)
        .Member("dkimDomains", path.DkimDomains)
        .Member("dkimPassed", path.DkimPassed)
        .Member("dkimAligned", path.DkimAligned)
        .Member("dkimAlignment", path.DkimAlignment)
        .Member("ipAddress", path.IPAddress)
        .Member("policy", path.Policy)
        .Member("record", path.Record)
        .Member("recordDomain", path.RecordDomain)
        .Member("reason", path.Reason)
        .Member("recommendation", path.Recommendation)
        .Member("assumptions", path.Assumptions)
        .End();
}

/// <summary>Reads the checks of a JSON report again, as <see cref="JsonReport"/> writes it; a later version may have more members.</summary>
internal static class JsonReportReader
{
    // A report of 10,000 domains has some 700 MB; names and texts in it are short.
    private const int MaxText = 1 << 20;
    private const int MaxDepth = 64;
    private const int MaxChecks = 20_000_000;

    private static readonly XmlDictionaryReaderQuotas s_quotas = new()
    {
        MaxStringContentLength = MaxText,
        MaxDepth = MaxDepth,
        MaxArrayLength = MaxText,
        MaxBytesPerRead = MaxText,
        MaxNameTableCharCount = MaxText,
    };

    /// <summary>The checks, one by one as they are read.</summary>
    /// <exception cref="FormatException">The text is not a JSON report of MailDns.</exception>
    public static IEnumerable<ReportCheck> Read(Stream stream)
    {
        using XmlDictionaryReader json = JsonReaderWriterFactory.CreateJsonReader(stream, s_quotas);
        bool isReport = false;
        string domain = string.Empty;
        int count = 0;
        while (Advance(json))
        {
            if (json.NodeType != XmlNodeType.Element) continue;

            switch (json.Depth)
            {
                case 1 when json.LocalName == "format":
                    isReport = ReadText(json) == "MailDns.SendingDomainReport";
                    break;
                case 3 when json.LocalName == "domain":
                    domain = ReadText(json) ?? string.Empty;
                    break;

                // root, domains, item, checks, item
                case 4 when json.LocalName == "item" && isReport && domain.Length > 0:
                    if (ReadCheck(json, domain) is { } check)
                    {
                        if (++count > MaxChecks)
                            throw new FormatException("The report has more than " + MaxChecks.ToString(CultureInfo.InvariantCulture) + " results.");

                        yield return check;
                    }

                    break;
            }
        }

        if (!isReport) throw new FormatException("The file is not a JSON report of Export-SendingDomainReport.");
    }

    // Records and trees have items at the same depth; only results have an id and a status.
    private static ReportCheck? ReadCheck(XmlDictionaryReader json, string domain)
    {
        int depth = json.Depth;
        var members = new Dictionary<string, string?>(StringComparer.Ordinal);
        if (json.IsEmptyElement) return null;

        while (Advance(json) && !(json.NodeType == XmlNodeType.EndElement && json.Depth == depth))
        {
            if (json.NodeType == XmlNodeType.Element && json.Depth == depth + 1 && json.GetAttribute("type") is not ("array" or "object"))
                members[json.LocalName] = ReadText(json);
        }

        string? Get(string name) => members.TryGetValue(name, out string? value) ? value : null;
        return Get("id") is not { } id || Get("status") is not { } status
            ? null
            : new ReportCheck
            {
                Domain = domain,
                Id = id,
                Title = Get("title") ?? string.Empty,
                Area = Get("area") ?? string.Empty,
                Status = Enum.TryParse(status, ignoreCase: true, out CheckStatus parsed) && Enum.IsDefined(typeof(CheckStatus), parsed) ? parsed : CheckStatus.Unknown,
                Severity = Get("severity") ?? string.Empty,
                Message = Get("message") ?? string.Empty,
                Expected = Get("expected"),
                Actual = Get("actual"),
                Recommendation = Get("recommendation") ?? string.Empty,
                Reference = Get("reference") ?? string.Empty,
                DaysLeft = int.TryParse(Get("daysLeft"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int days) ? days : null,
            };
    }

    // Leaves the reader at the end of the member.
    private static string? ReadText(XmlDictionaryReader json)
    {
        bool isNull = json.GetAttribute("type") == "null";
        if (json.IsEmptyElement) return isNull ? null : string.Empty;

        int depth = json.Depth;
        string? text = null;
        while (Advance(json) && !(json.NodeType == XmlNodeType.EndElement && json.Depth == depth))
        {
            if (json.NodeType is XmlNodeType.Text or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                text += json.Value;
        }

        return isNull ? null : text ?? string.Empty;
    }

    private static bool Advance(XmlDictionaryReader json)
    {
        try
        {
            return json.Read();
        }
        catch (XmlException exception)
        {
            throw new FormatException("The file is not readable as JSON: " + PrintableText.Escape(exception.Message), exception);
        }
    }
}
