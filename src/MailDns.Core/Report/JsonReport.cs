using System.IO;

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
