using System.Text;
using MailDns.MailReports;
using MailDns.Mime;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Reads a file, or octets, as Import-MailReport does, and keeps what came out.</summary>
internal sealed class ReportRun
{
    public static readonly DateTime Now = new(2026, 12, 1, 0, 0, 0, DateTimeKind.Utc);

    public List<MailReport> Reports { get; } = [];

    public List<(string? Member, string Message)> Errors { get; } = [];

    public List<string> Ignored { get; } = [];

    public IEnumerable<DmarcReport> Dmarc => Reports.OfType<DmarcReport>();

    public DmarcReport Single => Dmarc.Single();

    /// <summary>The word of the conformance suite for how it ended.</summary>
    public string Outcome => Reports.Count == 0 ? "rejected"
        : Reports.Exists(report => !report.IsComplete) || Errors.Count > 0 ? "partial"
        : Reports.Exists(report => report.Warnings.Length > 0) ? "ok-with-warnings"
        : "ok";

    public static ReportRun OfFile(string path, MailReportLimit? limits = null)
    {
        using FileStream stream = File.OpenRead(path);
        return Of(stream, limits);
    }

    public static ReportRun OfText(string text) => Of(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    public static ReportRun Of(byte[] octets, MailReportLimit? limits = null) => Of(new MemoryStream(octets), limits);

    public static ReportRun Of(Stream stream, MailReportLimit? limits = null)
    {
        var run = new ReportRun();
        List<DmarcReportRow> rows = [];
        var opener = new MailReportOpener(limits ?? new MailReportLimit(), static () => new MimeKitPartReader(), Now, CancellationToken.None)
        {
            OnAggregate = () =>
            {
                rows = [];
                return rows.Add;
            },
            OnReport = report =>
            {
                if (report is DmarcReport dmarc) dmarc.Rows = [.. rows];

                run.Reports.Add(report);
            },
            OnError = (member, fault) => run.Errors.Add((member, fault.Message)),
            OnIgnored = run.Ignored.Add,
        };
        opener.Read(stream);
        return run;
    }
}
