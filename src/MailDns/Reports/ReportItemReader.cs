using MailDns.Report;
using MailDns.Sending;

namespace MailDns.Reports;

/// <summary>Objects of the pipeline as the parts of a report.</summary>
internal static class ReportItemReader
{
    public static ReportCheck Check(ReportItem item) => new()
    {
        NotJudged = item.Texts(nameof(CheckResult.NotJudged)).Select(CheckCatalog.Find).OfType<CheckDefinition>()
            .Where(check => check.Id != item.Text(nameof(CheckResult.Id))).Select(check => Open(check, item)).ToArray(),
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
        File = item.TextOrNull(nameof(CheckResult.File)),
        Line = (int)Math.Max(0, Math.Min(item.Number(nameof(CheckResult.Line)), int.MaxValue)),
        Records = item.List(nameof(CheckResult.Record)).Select(record => new ReportItem(PSObject.AsPSObject(record)))
            .Where(record => record.IsRecord).Select(Record).ToArray(),
    };

    private static ReportCheck Open(CheckDefinition check, ReportItem item) => new()
    {
        Domain = item.Text(nameof(CheckResult.Domain)),
        Id = check.Id,
        Title = check.Title,
        Area = check.Area.ToString(),
        Status = CheckStatus.Unknown,
        Severity = check.Severity.ToString(),
        Message = item.Text(nameof(CheckResult.Message)),
        Recommendation = item.Text(nameof(CheckResult.Recommendation)),
        Reference = check.Reference,
    };

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

    // A status that is missing or that this version does not know is not known: never a pass.
    private static CheckStatus StatusOf(string text) =>
        Enum.TryParse(text, ignoreCase: true, out CheckStatus status) && Enum.IsDefined(typeof(CheckStatus), status) ? status : CheckStatus.Unknown;

    private static int Count(ReportItem item, string name) => (int)Math.Max(0, Math.Min(item.Number(name), int.MaxValue));
}
