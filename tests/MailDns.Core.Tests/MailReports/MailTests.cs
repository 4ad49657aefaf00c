using System.Text;
using MailDns.MailReports;
using Xunit;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Reports in mails and mailboxes: every part, whatever it says it is.</summary>
public class MailTests
{
    private static readonly string s_report = new ReportModel().Write();

    private static readonly string s_other = new ReportModel { ReportId = "2" }.Write();

    public static TheoryData<string, string, int> Mails => new()
    {
        { "gzip as octet-stream", Mail(Part("application/octet-stream", s_report)), 1 },
        { "gzip as plain text", Mail(Part("text/plain; name=x.gz", s_report)), 1 },
        { "gzip that says it is a zip", Mail(Part("application/zip; name=r.zip", s_report)), 1 },
        { "two reports and a text", Mail("Content-Type: text/plain\r\n\r\nHello\r\n", Part("application/gzip", s_report), Part("application/x-gzip", s_other)), 2 },
        { "the whole body is the report", "From: a@b.example\r\nSubject: Report Domain: example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64(s_report), 1 },
        { "a mail in a mail", Mail("Content-Type: message/rfc822\r\n\r\n" + Mail(Part("application/gzip", s_report))), 1 },
        { "with a signature", Mail(Part("application/gzip", s_report), "Content-Type: application/pkcs7-signature; name=smime.p7s\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n"), 1 },
        { "a mailbox", "From a@b Thu Nov  5 10:00:00 2026\r\n" + Mail(Part("application/gzip", s_report)) + "\r\nFrom a@b Thu Nov  5 11:00:00 2026\r\n" + Mail(Part("application/gzip", s_other)), 2 },
        { "only a text", Mail("Content-Type: text/plain\r\n\r\nHello\r\n"), 0 },
        { "a base64 that is none", Mail("Content-Type: application/gzip\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!\r\n"), 0 },
    };

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_part_is_looked_at(string what, string mail, int count)
    {
        ReportRun run = ReportRun.OfText(mail);
        Assert.True(run.Reports.Count == count, what + ": " + string.Join("; ", run.Errors));
        Assert.Equal(count == 0, run.Errors.Count > 0);
    }

    [Fact]
    public void A_mail_of_too_many_parts_is_not_read()
    {
        string many = Mail([.. Enumerable.Repeat("Content-Type: text/plain\r\n\r\nx\r\n", 1200)]);
        Assert.Contains("-Limit Part", Assert.Single(ReportRun.OfText(many).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_report_keeps_people_out_of_sight()
    {
        string mail = Failure("Feedback-Type: auth-failure\r\nAuth-Failure: dmarc\r\nSource-IP: 192.0.2.7\r\nReported-Domain: example.com\r\nOriginal-Mail-From: <jane.doe@example.com>\r\nOriginal-Rcpt-To: <john@receiver.example>\r\nIdentity-Alignment: dkim\r\n");
        var report = (DmarcFailureReport)Assert.Single(ReportRun.OfText(mail).Reports);
        Assert.Equal(("example.com", "192.0.2.7", "dkim"), (report.Domain, report.SourceIP?.ToString(), report.IdentityAlignment));
        Assert.Equal(("example.com", "receiver.example", "example.com"), (report.EnvelopeFrom, report.EnvelopeTo.Single(), report.HeaderFrom));
        Assert.Null(report.Subject);
        string shown = string.Join(' ', typeof(DmarcFailureReport).GetProperties().Select(property => property.GetValue(report) is string[] list ? string.Join(' ', list) : property.GetValue(report)?.ToString()));
        Assert.DoesNotContain("jane", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("john", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("Invoice", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spoofed_report_in_the_sample_of_a_failure_report_does_not_count()
    {
        string mail = Failure("Feedback-Type: auth-failure\r\nAuth-Failure: dmarc\r\nReported-Domain: example.com\r\n", Mail(Part("application/gzip", s_report)));
        Assert.IsType<DmarcFailureReport>(Assert.Single(ReportRun.OfText(mail).Reports));
    }

    [Fact]
    public void A_failure_report_of_text_alone_is_read()
    {
        string mail = Mail("Content-Type: text/plain\r\n\r\nA message claiming to be from you has failed the published DMARC\r\npolicy for your domain.\r\n\r\n  Sender Domain: example.com\r\n  Sender IP Address: 192.0.2.7\r\n  Received Date: Thu, 05 Nov 2026 10:00:00 +0000\r\n  DMARC Results: Reject\r\n");
        var report = (DmarcFailureReport)Assert.Single(ReportRun.OfText(mail).Reports);
        Assert.Equal(("example.com", "192.0.2.7", "reject"), (report.Domain, report.SourceIP?.ToString(), report.DeliveryResult));
    }

    [Theory]
    [InlineData("{\"organization-name\":\"A\",\"date-range\":{\"start-datetime\":\"2026-11-04T00:00:00Z\",\"end-datetime\":\"2026-11-04T23:59:59Z\"},\"contact-info\":null,\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-type\":\"sts\",\"policy-string\":\"version: STSv1\",\"policy-domain\":\"example.com\",\"mx-host\":\"mx.example.com\"},\"summary\":{\"total-successful-session-count\":\"5\",\"total-failure-session-count\":1},\"failure-details\":[{\"result-type\":\"sts-policy-fetch-error\",\"failed-session-count\":1}]}]}", 5, 1, "2026-11-04")]
    [InlineData("{\"organization-name\":\"A\",\"date-range\":{\"start-datetime\":\"2026-11-04T00:00:00\",\"end-datetime\":\"2026-11-04T23:59:59\"},\"report-id\":\"1\",\"policies\":[{\"policy\":{\"policy-type\":\"no-policy-found\"},\"summary\":{\"total-successful-session-count\":7,\"total-failure-session-count\":0}}]}", 7, 0, "2026-11-04")]
    [InlineData("{\"organization-name\":\"A\",\"report-id\":\"1\",\"policies\":[]}", 0, 0, null)]
    [InlineData("\u00EF\u00BB\u00BF{\"organization-name\":\"A\",\"report-id\":\"1\",\"policies\":[],\"x\":{\"y\":[1,[2,{}]]}}", 0, 0, null)]
    public void TLS_reports_deviate_and_are_read(string json, long successful, long failed, string? begin)
    {
        var report = (TlsReport)Assert.Single(ReportRun.Of(Encoding.Latin1.GetBytes(json)).Reports);
        Assert.Equal((successful, failed, begin), (report.SuccessfulSessions, report.FailedSessions, report.Begin?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
    }

    [Theory]
    [InlineData("testing", 0, 20, "Enforce")]
    [InlineData("testing", 1, 20, "Testing")]
    [InlineData("testing", 0, 5, "Testing")]
    [InlineData("enforce", 3, 20, "Enforce")]
    [InlineData("none", 0, 20, "Enforce")]
    public void MTA_STS_goes_on_where_nothing_failed_for_long_enough(string mode, int failed, int days, string expected)
    {
        var measure = new TlsMeasure();
        for (int day = 0; day < days; day++)
        {
            string json = $$"""{"organization-name":"A","date-range":{"start-datetime":"2026-10-{{day + 1:00}}T00:00:00Z","end-datetime":"2026-10-{{day + 1:00}}T23:59:59Z"},"report-id":"{{day}}","policies":[{"policy":{"policy-type":"sts","policy-string":["mode: {{mode}}"],"policy-domain":"example.com"},"summary":{"total-successful-session-count":20,"total-failure-session-count":{{failed}}},"failure-details":[{"result-type":"certificate-expired","receiving-mx-hostname":"mx.example.com","failed-session-count":{{failed}}}]}]}""";
            measure.Add((TlsReport)ReportRun.OfText(json).Reports.Single());
        }

        TlsReportSummary summary = Assert.Single(measure.Finish());
        Assert.Equal(expected, summary.NextMode.ToString());
        Assert.Equal(TlsResponsibility.MailServer, summary.Failures[0].Responsible);
        Assert.Equal(failed * days, summary.FailedSessions);
    }

    private static string Mail(params string[] parts) =>
        "From: reports@receiver.example\r\nTo: dmarc@example.com\r\nSubject: Report Domain: example.com\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b" + parts.Length + parts[0].Length + "\"\r\n\r\n"
        + string.Concat(parts.Select(part => "--b" + parts.Length + parts[0].Length + "\r\n" + part + "\r\n")) + "--b" + parts.Length + parts[0].Length + "--\r\n";

    private static string Part(string type, string report) => "Content-Type: " + type + "\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Base64(report);

    private static string Base64(string report) => Convert.ToBase64String(RoundTripTests.Packed(report), Base64FormattingOptions.InsertLineBreaks) + "\r\n";

    private static string Failure(string fields, string sample = "From: \"Jane\" <jane.doe@example.com>\r\nSubject: Invoice 7\r\n\r\nHello John\r\n") =>
        "From: fbl@receiver.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=\"f\"\r\n\r\n--f\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--f\r\nContent-Type: message/feedback-report\r\n\r\n" + fields + "\r\n--f\r\nContent-Type: message/rfc822\r\n\r\n" + sample + "\r\n--f--\r\n";
}
