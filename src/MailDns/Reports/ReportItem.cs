using System.Collections;
using MailDns.Report;
using MailDns.Sending;

namespace MailDns.Reports;

/// <summary>An object of the pipeline, read by the names of its properties, so that a copy of it reads the same.</summary>
internal sealed class ReportItem(PSObject value)
{
    private const string Prefix = "MailDns.";

    public PSObject Value { get; } = value;

    /// <summary>The MailDns type's name without its namespace; null for anything else.</summary>
    public string? Kind { get; } = KindOf(value);

    /// <summary>True for each class of records.</summary>
    public bool IsRecord => Kind is not null && Kind.EndsWith("Record", StringComparison.Ordinal) && Has("ZoneName") && Has("Fqdn") && Has("RecordType");

    public bool Has(string name) => Value.Properties[name] is not null;

    /// <summary>Empty where there is none.</summary>
    public string Text(string name) => TextOrNull(name) ?? string.Empty;

    /// <summary>Null where there is none, or an empty one: the type data of a copy give nothing in place of null.</summary>
    public string? TextOrNull(string name) => Get(name) is { } value && Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;

    /// <summary>Null where there is none.</summary>
    public bool? Flag(string name) => Get(name) as bool?;

    /// <summary>0 where there is no number.</summary>
    public long Number(string name) => Get(name) is { } value && long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
        ? number
        : 0;

    /// <summary>Null where there is no number, or one that is no count of days.</summary>
    public int? NumberOrNull(string name) => int.TryParse(Convert.ToString(Get(name), CultureInfo.InvariantCulture), NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>The items of a list, or a single object as a list of one.</summary>
    public IEnumerable<object> List(string name) => Get(name) switch
    {
        null => Enumerable.Empty<object>(),
        string text => new object[] { text },
        IEnumerable list => list.Cast<object?>().Where(item => item is not null).Select(item => item!),
        _ => new object[] { Value.Properties[name].Value },
    };

    /// <summary>The objects in its other properties: what it is made of, but for its results.</summary>
    public IEnumerable<ReportItem> Parts() => Value.Properties
        .Where(property => property.MemberType == PSMemberTypes.NoteProperty || (property.MemberType == PSMemberTypes.Property && property.TypeNameOfValue.Contains("MailDns.")))
        .SelectMany(property => List(property.Name))
        .Where(part => part is not string)
        .Select(part => new ReportItem(PSObject.AsPSObject(part)))
        .Where(part => part.Kind != nameof(CheckResult));

    public string[] Texts(string name) => List(name).Select(item => item.ToString() ?? string.Empty).ToArray();

    private object? Get(string name) => new PropertyBag(Value).Value(name);

    // Deserialized.MailDns.CheckResult from a job, Selected.MailDns.CheckResult from Select-Object.
    private static string? KindOf(PSObject value)
    {
        foreach (string type in value.TypeNames)
        {
            string name = type;
            foreach (string copy in new[] { "Selected.", "Deserialized." })
                name = name.StartsWith(copy, StringComparison.Ordinal) ? name.Substring(copy.Length) : name;

            if (name.StartsWith(Prefix, StringComparison.Ordinal)) return name.Substring(Prefix.Length);
        }

        return null;
    }
}

/// <summary>Objects of the pipeline as the parts of a report.</summary>
internal static class ReportItemReader
{
    public static ReportCheck Check(ReportItem item) => new()
    {
        NotJudged = item.Texts(nameof(CheckResult.NotJudged)).Select(CheckCatalog.Find).OfType<CheckDefinition>()
            .Where(check => check.Id != item.Text(nameof(CheckResult.Id))).Select(check => Open(check, item.Text(nameof(CheckResult.Domain)), item.Text(nameof(CheckResult.Message)), item.Text(nameof(CheckResult.Recommendation)))).ToArray(),
        Domain = item.Text(nameof(CheckResult.Domain)),
        Id = item.Text(nameof(CheckResult.Id)),
        Title = item.Text(nameof(CheckResult.Title)),
        Area = item.Text(nameof(CheckResult.Area)),
        Status = StatusOf(item.Text(nameof(CheckResult.Status))),
        Severity = item.Text(nameof(CheckResult.Severity)),
        Message = item.Text(nameof(CheckResult.Message)),
        Expected = item.TextOrNull(nameof(CheckResult.Expected)),
        Actual = item.TextOrNull(nameof(CheckResult.Actual)),
        Recommendation = item.Text(nameof(CheckResult.Recommendation)),
        Reference = item.Text(nameof(CheckResult.Reference)),
        DaysLeft = item.NumberOrNull(nameof(CheckResult.DaysLeft)),
        File = item.TextOrNull(nameof(CheckResult.File)),
        Line = (int)Math.Max(0, Math.Min(item.Number(nameof(CheckResult.Line)), int.MaxValue)),
        Records = item.List(nameof(CheckResult.Record)).Select(record => new ReportItem(PSObject.AsPSObject(record)))
            .Where(record => record.IsRecord).Select(Record).ToArray(),
    };

    /// <summary>The same of a live result.</summary>
    public static ReportCheck Check(CheckResult result) => new()
    {
        NotJudged = result.NotJudged.Length == 0 ? Array.Empty<ReportCheck>() : result.NotJudged.Select(CheckCatalog.Find).OfType<CheckDefinition>()
            .Where(check => check.Id != result.Id).Select(check => Open(check, result.Domain, result.Message, result.Recommendation)).ToArray(),
        Domain = result.Domain,
        Id = result.Id,
        Title = result.Title,
        Area = result.Area.ToString(),
        Status = result.Status,
        Severity = result.Severity.ToString(),
        Message = result.Message,
        Expected = NullIfEmpty(result.Expected),
        Actual = NullIfEmpty(result.Actual),
        Recommendation = result.Recommendation,
        Reference = result.Reference,
        DaysLeft = result.DaysLeft,
        File = NullIfEmpty(result.File),
        Line = Math.Max(0, result.Line ?? 0),
        Records = result.Record.Length == 0 ? Array.Empty<ReportRecord>() : result.Record.Select(record => Record(new ReportItem(PSObject.AsPSObject(record)))).ToArray(),
    };

    private static ReportCheck Open(CheckDefinition check, string domain, string message, string recommendation) => new()
    {
        Domain = domain,
        Id = check.Id,
        Title = check.Title,
        Area = check.Area.ToString(),
        Status = CheckStatus.Unknown,
        Severity = check.Severity.ToString(),
        Message = message,
        Recommendation = recommendation,
        Reference = check.Reference,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // A copy keeps what ToString gave, which is the text of every record; Value is the whole text of a TXT record.
    public static ReportRecord Record(ReportItem item) => new()
    {
        ZoneName = item.Text(nameof(ResourceRecord.ZoneName)),
        Name = item.Text(nameof(ResourceRecord.Name)),
        Fqdn = item.Text(nameof(ResourceRecord.Fqdn)),
        Type = item.Text(nameof(ResourceRecord.RecordType)),
        Ttl = item.Number(nameof(ResourceRecord.Ttl)),
        Purpose = item.Text(nameof(ResourceRecord.Purpose)),
        Value = item.TextOrNull(nameof(TxtRecord.Value)) ?? item.Value.ToString(),
    };

    public static ReportTreeNode TreeNode(ReportItem item) => new()
    {
        Domain = item.Text(nameof(SpfTreeNode.Domain)),
        Depth = (int)Math.Max(0, Math.Min(item.Number(nameof(SpfTreeNode.Depth)), int.MaxValue)),
        Status = item.Text(nameof(SpfTreeNode.Status)),
        Term = item.TextOrNull(nameof(SpfTreeNode.Term)),
        Owner = item.TextOrNull(nameof(SpfTreeNode.Owner)),
        Record = item.TextOrNull(nameof(SpfTreeNode.Record)),
        LookupCount = Count(item, nameof(SpfTreeNode.LookupCount)),
        CumulativeLookupCount = Count(item, nameof(SpfTreeNode.CumulativeLookupCount)),
        CumulativeVoidLookupCount = Count(item, nameof(SpfTreeNode.CumulativeVoidLookupCount)),
        IPv4AddressCount = Math.Max(0, item.Number(nameof(SpfTreeNode.IPv4AddressCount))),
        Problem = item.TextOrNull(nameof(SpfTreeNode.Problem)),
    };

    public static ReportMailPath MailPath(ReportItem item) => new()
    {
        Domain = item.Text(nameof(DmarcAlignment.Domain)),
        Passed = item.Flag(nameof(DmarcAlignment.Passed)),
        Path = item.TextOrNull(nameof(DmarcAlignment.Path)),
        SpfAligned = item.Flag(nameof(DmarcAlignment.SpfAligned)),
        SpfPassed = item.Flag(nameof(DmarcAlignment.SpfPassed)),
        DkimPassed = item.Flag(nameof(DmarcAlignment.DkimPassed)),
        DkimAligned = item.Flag(nameof(DmarcAlignment.DkimAligned)),
        Policy = item.TextOrNull(nameof(DmarcAlignment.Policy)),
        SpfAlignment = item.TextOrNull(nameof(DmarcAlignment.SpfAlignment)),
        DkimAlignment = item.TextOrNull(nameof(DmarcAlignment.DkimAlignment)),
        Reason = item.Text(nameof(DmarcAlignment.Reason)),
        Recommendation = item.Text(nameof(DmarcAlignment.Recommendation)),
        Assumptions = item.Texts(nameof(DmarcAlignment.Assumption)),
        BounceDomain = item.TextOrNull(nameof(DmarcAlignment.BounceDomain)),
        DkimDomains = item.Texts(nameof(DmarcAlignment.DkimDomain)),
        IPAddress = item.TextOrNull(nameof(DmarcAlignment.IPAddress)),
        Record = item.TextOrNull(nameof(DmarcAlignment.Record)),
        RecordDomain = item.TextOrNull(nameof(DmarcAlignment.RecordDomain)),
    };

    public static ReportSender Sender(ReportItem item) => new()
    {
        Domain = item.Text(nameof(DmarcSource.Domain)),
        PolicyDomain = item.Text(nameof(DmarcSource.PolicyDomain)),
        Source = item.Text(nameof(DmarcSource.Source)),
        Provider = item.TextOrNull(nameof(DmarcSource.Provider)),
        Class = item.Text(nameof(DmarcSource.Class)),
        Reason = item.Text(nameof(DmarcSource.Reason)),
        Messages = item.Number(nameof(DmarcSource.Messages)),
        Passed = item.Number(nameof(DmarcSource.Passed)),
        DkimAligned = item.Number(nameof(DmarcSource.DkimAligned)),
        SpfAligned = item.Number(nameof(DmarcSource.SpfAligned)),
        TemporaryErrors = item.Number(nameof(DmarcSource.TemporaryErrors)),
        Recommendation = item.TextOrNull(nameof(DmarcSource.Recommendation)),
        Last = Time(item, nameof(DmarcSource.Last))?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Evidence = item.Texts(nameof(DmarcSource.Evidence)),
        Days = Items(item, nameof(DmarcSource.Days))
            .Select(day => (Day: Time(day, nameof(DmarcSourceDay.Date)), Messages: day.Number(nameof(DmarcSourceDay.Messages)), Passed: day.Number(nameof(DmarcSourceDay.Passed))))
            .Where(day => day.Day is not null).Select(day => (day.Day!.Value.Date, day.Messages, day.Passed)).ToArray(),
    };

    public static ReportReadiness Readiness(ReportItem item) => new()
    {
        Domain = item.Text(nameof(DmarcReadiness.Domain)),
        Policy = item.Text(nameof(DmarcReadiness.Policy)),
        Verdict = item.Text(nameof(DmarcReadiness.Verdict)),
        Blockers = Items(item, nameof(DmarcReadiness.Blockers)).Concat(Items(item, nameof(DmarcReadiness.SubdomainBlockers)))
            .Select(blocker => (blocker.Text(nameof(DmarcReadinessBlocker.Message)), blocker.Text(nameof(DmarcReadinessBlocker.Recommendation)))).ToArray(),
        Evidence = Items(item, nameof(DmarcReadiness.Evidence))
            .Select(one => (one.Text(nameof(DmarcReadinessEvidence.Name)) + ": " + one.Text(nameof(DmarcReadinessEvidence.Actual))
                + (one.TextOrNull(nameof(DmarcReadinessEvidence.Required)) is { } required ? " (" + required + ")" : string.Empty), one.Flag(nameof(DmarcReadinessEvidence.IsMet)) == true)).ToArray(),
        Limits = item.Texts(nameof(DmarcReadiness.Limits)),
        Records = Items(item, nameof(DmarcReadiness.Record)).Where(record => record.IsRecord).Select(Record).ToArray(),
    };

    public static ReportTls Tls(ReportItem item) => new()
    {
        Domain = item.Text(nameof(TlsReportSummary.Domain)),
        Successful = item.Number(nameof(TlsReportSummary.SuccessfulSessions)),
        Failed = item.Number(nameof(TlsReportSummary.FailedSessions)),
        NextMode = item.TextOrNull(nameof(TlsReportSummary.NextMode)),
        Recommendation = item.Text(nameof(TlsReportSummary.Recommendation)),
        Failures = Items(item, nameof(TlsReportSummary.Failures)).Select(failure => (
            failure.Text(nameof(TlsFailureSummary.ResultType)),
            failure.TextOrNull(nameof(TlsFailureSummary.Host)),
            failure.Number(nameof(TlsFailureSummary.Sessions)),
            failure.Text(nameof(TlsFailureSummary.Responsible)),
            failure.Text(nameof(TlsFailureSummary.Meaning)))).ToArray(),
    };

    private static IEnumerable<ReportItem> Items(ReportItem item, string name) => item.List(name).Select(one => new ReportItem(PSObject.AsPSObject(one)));

    private static DateTime? Time(ReportItem item, string name) =>
        item.Value.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DateTime time) ? time.ToUniversalTime() : null;

    // A status that is missing or that this version does not know is not known: never a pass.
    private static CheckStatus StatusOf(string text) =>
        Enum.TryParse(text, ignoreCase: true, out CheckStatus status) && Enum.IsDefined(typeof(CheckStatus), status) ? status : CheckStatus.Unknown;

    private static int Count(ReportItem item, string name) => (int)Math.Max(0, Math.Min(item.Number(name), int.MaxValue));
}
