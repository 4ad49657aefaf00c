using MailDns.Reports;

namespace MailDns.MailReports;

/// <summary>Reports and sources as they come down the pipeline: live, or copies from jobs, remote sessions and files.</summary>
internal static class MailReportCopy
{
    /// <summary>Null for an object of another kind.</summary>
    public static DmarcReport? ReadReport(PSObject value)
    {
        if (value.BaseObject is DmarcReport live) return live;

        var item = new ReportItem(value);
        if (item.Kind != nameof(DmarcReport)) return null;

        var report = new DmarcReport
        {
            Organization = item.Text(nameof(DmarcReport.Organization)),
            ReportId = item.Text(nameof(DmarcReport.ReportId)),
            Domain = item.Text(nameof(DmarcReport.Domain)),
            Begin = Time(item, nameof(DmarcReport.Begin)),
            End = Time(item, nameof(DmarcReport.End)),
            IsComplete = item.Flag(nameof(DmarcReport.IsComplete)) == true,
            HasUsablePeriod = item.Flag(nameof(DmarcReport.HasUsablePeriod)) == true,
            Path = item.Text(nameof(DmarcReport.Path)),
            Member = item.TextOrNull(nameof(DmarcReport.Member)),
            Policy = Choice<DmarcPolicy>(item, nameof(DmarcReport.Policy)),
            SubdomainPolicy = Choice<DmarcPolicy>(item, nameof(DmarcReport.SubdomainPolicy)),
            NonexistentSubdomainPolicy = Choice<DmarcPolicy>(item, nameof(DmarcReport.NonexistentSubdomainPolicy)),
            Testing = item.Flag(nameof(DmarcReport.Testing)),
            RowCount = (int)item.Number(nameof(DmarcReport.RowCount)),
            MessageCount = item.Number(nameof(DmarcReport.MessageCount)),
            PassedCount = item.Number(nameof(DmarcReport.PassedCount)),
            Rows = Items(item, nameof(DmarcReport.Rows)).Select(ReadRow).ToArray(),
        };
        report.Content = ContentOf(report);
        return report;
    }

    /// <summary>Null for an object of another kind.</summary>
    public static DmarcSource? ReadSource(PSObject value)
    {
        if (value.BaseObject is DmarcSource live) return live;

        var item = new ReportItem(value);
        return item.Kind != nameof(DmarcSource) ? null : new DmarcSource
        {
            Domain = item.Text(nameof(DmarcSource.Domain)),
            PolicyDomain = item.Text(nameof(DmarcSource.PolicyDomain)),
            Source = item.Text(nameof(DmarcSource.Source)),
            Provider = item.TextOrNull(nameof(DmarcSource.Provider)),
            Class = Choice<DmarcSourceClass>(item, nameof(DmarcSource.Class)) ?? DmarcSourceClass.Unknown,
            Messages = item.Number(nameof(DmarcSource.Messages)),
            Passed = item.Number(nameof(DmarcSource.Passed)),
            DkimAligned = item.Number(nameof(DmarcSource.DkimAligned)),
            SpfAligned = item.Number(nameof(DmarcSource.SpfAligned)),
            TemporaryErrors = item.Number(nameof(DmarcSource.TemporaryErrors)),
            Networks = item.Texts(nameof(DmarcSource.Networks)),
            First = Time(item, nameof(DmarcSource.First)),
            Last = Time(item, nameof(DmarcSource.Last)),
            Reporters = item.Texts(nameof(DmarcSource.Reporters)),
            Evidence = item.Texts(nameof(DmarcSource.Evidence)),
            DkimKeys = item.Texts(nameof(DmarcSource.DkimKeys)),
            Days = Items(item, nameof(DmarcSource.Days)).Select(day => new DmarcSourceDay(
                Time(day, nameof(DmarcSourceDay.Date)) ?? default,
                day.Number(nameof(DmarcSourceDay.Messages)),
                day.Number(nameof(DmarcSourceDay.Passed)),
                day.Number(nameof(DmarcSourceDay.DkimAligned)))).Where(day => day.Date != default).ToArray(),
        };
    }

    /// <summary>Null for an object of another kind.</summary>
    public static TlsReport? ReadTls(PSObject value)
    {
        if (value.BaseObject is TlsReport live) return live;

        var item = new ReportItem(value);
        if (item.Kind != nameof(TlsReport)) return null;

        var report = new TlsReport
        {
            Organization = item.Text(nameof(TlsReport.Organization)),
            ReportId = item.Text(nameof(TlsReport.ReportId)),
            Domain = item.Text(nameof(TlsReport.Domain)),
            Begin = Time(item, nameof(TlsReport.Begin)),
            End = Time(item, nameof(TlsReport.End)),
            IsComplete = item.Flag(nameof(TlsReport.IsComplete)) == true,
            HasUsablePeriod = item.Flag(nameof(TlsReport.HasUsablePeriod)) == true,
            Policies = Items(item, nameof(TlsReport.Policies)).Select(ReadPolicy).ToArray(),
        };
        char[] text = string.Join("\n", report.Policies.SelectMany(policy => new object[] { policy }.Concat(policy.Failures))).ToCharArray();
        report.Content = TextHash.Of(text, 0, text.Length);
        return report;
    }

    /// <summary>True for reports of any kind: Import-MailReport gives them in one pipeline, and each cmdlet takes its own.</summary>
    public static bool IsReport(PSObject value) => new ReportItem(value).Kind is nameof(DmarcReport) or nameof(TlsReport) or nameof(DmarcFailureReport);

    private static TlsReportPolicy ReadPolicy(ReportItem item) => new()
    {
        PolicyType = item.Text(nameof(TlsReportPolicy.PolicyType)),
        PolicyText = item.Texts(nameof(TlsReportPolicy.PolicyText)),
        PolicyDomain = item.TextOrNull(nameof(TlsReportPolicy.PolicyDomain)),
        MxHosts = item.Texts(nameof(TlsReportPolicy.MxHosts)),
        SuccessfulSessions = item.Number(nameof(TlsReportPolicy.SuccessfulSessions)),
        FailedSessions = item.Number(nameof(TlsReportPolicy.FailedSessions)),
        Failures = Items(item, nameof(TlsReportPolicy.Failures)).Select(static failure => new TlsReportFailure
        {
            ResultType = failure.Text(nameof(TlsReportFailure.ResultType)),
            ReceivingMxHostName = failure.TextOrNull(nameof(TlsReportFailure.ReceivingMxHostName)),
            ReceivingIP = failure.TextOrNull(nameof(TlsReportFailure.ReceivingIP)),
            FailedSessions = failure.Number(nameof(TlsReportFailure.FailedSessions)),
        }).ToArray(),
    };

    private static DmarcReportRow ReadRow(ReportItem item)
    {
        return new DmarcReportRow(new ReportSource(item.Text(nameof(DmarcReportRow.SourceText))))
        {
            Count = item.Number(nameof(DmarcReportRow.Count)),
            Disposition = item.Text(nameof(DmarcReportRow.Disposition)),
            DkimAligned = item.Flag(nameof(DmarcReportRow.DkimAligned)) == true,
            SpfAligned = item.Flag(nameof(DmarcReportRow.SpfAligned)) == true,
            HeaderFrom = item.Text(nameof(DmarcReportRow.HeaderFrom)),
            EnvelopeFrom = item.TextOrNull(nameof(DmarcReportRow.EnvelopeFrom)),
            EnvelopeTo = item.TextOrNull(nameof(DmarcReportRow.EnvelopeTo)),
            Reasons = Items(item, nameof(DmarcReportRow.Reasons)).Select(reason => new DmarcReportReason(reason.Text("Type"), reason.TextOrNull("Comment"))).ToArray(),
            Dkim = Items(item, nameof(DmarcReportRow.Dkim)).Select(dkim => new DmarcReportDkim(dkim.Text("Domain"), dkim.TextOrNull("Selector"), dkim.Text("Result"))).ToArray(),
            Spf = Items(item, nameof(DmarcReportRow.Spf)).Select(spf => new DmarcReportSpf(spf.Text("Domain"), spf.TextOrNull("Scope"), spf.Text("Result"))).ToArray(),
        };
    }

    private static IEnumerable<ReportItem> Items(ReportItem item, string name) => item.List(name).Select(one => new ReportItem(PSObject.AsPSObject(one)));

    private static DateTime? Time(ReportItem item, string name) =>
        item.Value.Properties[name]?.Value is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DateTime time) ? time.ToUniversalTime() : null;

    private static T? Choice<T>(ReportItem item, string name)
        where T : struct =>
        Enum.TryParse(item.Text(name), ignoreCase: true, out T value) && Enum.IsDefined(typeof(T), value) ? value : null;

    // Copies of one report are equal; they are not compared with reports that are read from files.
    private static ulong ContentOf(DmarcReport report)
    {
        ulong content = 0;
        foreach (DmarcReportRow row in report.Rows)
        {
            char[] text = (row + " " + row.Disposition + row.DkimAligned + row.SpfAligned).ToCharArray();
            content = TextHash.Join(content, TextHash.Of(text, 0, text.Length));
        }

        return content;
    }
}
