using System.IO;

namespace MailDns.MailReports;

/// <summary>Reads failure reports: the fields of message/feedback-report (RFC 5965, RFC 6591, RFC 9991), or the text that some systems send alone.</summary>
internal static class FailureReader
{
    private const int MaxLines = 2000;
    private const string PlainStart = "A message claiming to be from you has failed";

    /// <summary>Reads the part message/feedback-report.</summary>
    public static DmarcFailureReport Read(TextReader text, int maxText, bool includesPersonalData)
    {
        var report = new DmarcFailureReport();
        var notes = new ReportNotes();
        var failures = new List<string>();
        var recipients = new List<string>();
        var spf = new List<string>();
        string? received = null;
        foreach (KeyValuePair<string, string> field in Fields(text, maxText))
        {
            string value = PrintableText.Escape(field.Value);
            switch (field.Key.ToLowerInvariant())
            {
                case "feedback-type":
                    report.FeedbackType = value.ToLowerInvariant();
                    break;
                case "user-agent":
                    report.UserAgent = value;
                    break;
                case "auth-failure":
                    failures.AddRange(value.Split(',').Select(word => word.Trim().ToLowerInvariant()).Where(word => word.Length > 0));
                    break;
                case "identity-alignment":
                    report.IdentityAlignment = value;
                    break;
                case "authentication-results":
                    report.AuthenticationResults = includesPersonalData ? value : Redact(value);
                    break;
                case "source-ip":
                    report.SourceText = value;
                    report.SourceIP = ReportAddress.Read(value.Split(' ', '(')[0])?.ToIPAddress();
                    break;
                case "arrival-date":
                    report.ArrivalDate = value;
                    break;
                case "received-date":
                    received = value;
                    break;
                case "reported-domain":
                    report.Domain = Domain(value);
                    break;
                case "original-mail-from":
                    report.EnvelopeFrom = Address(value, includesPersonalData);
                    break;
                case "original-rcpt-to" when recipients.Count < 100:
                    recipients.Add(Address(value, includesPersonalData));
                    break;
                case "delivery-result":
                    report.DeliveryResult = value.ToLowerInvariant();
                    break;
                case "dkim-domain":
                    report.DkimDomain = Domain(value);
                    break;
                case "dkim-selector":
                    report.DkimSelector = value;
                    break;
                case "spf-dns" when spf.Count < 100:
                    spf.Add(value);
                    break;
                case "incidents":
                    report.Incidents = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int incidents) ? incidents : null;
                    break;
            }
        }

        report.ArrivalDate ??= received;
        report.AuthFailure = failures.ToArray();
        report.EnvelopeTo = recipients.ToArray();
        report.SpfDns = spf.ToArray();
        if (report.FeedbackType.Length == 0) throw new MailReportException("The feedback report has no Feedback-Type.");

        Miss(report.AuthFailure.Length == 0, "Auth-Failure", notes);
        Miss(report.Domain.Length == 0, "Reported-Domain", notes);
        Miss(report.SourceIP is null, "Source-IP", notes);
        report.Warnings = notes.Warnings;
        return report;
    }

    /// <summary>Reads the text that Exim, cPanel and others send without a feedback report; null for any other text.</summary>
    public static DmarcFailureReport? ReadPlain(TextReader text, int maxText)
    {
        string? first = null;
        int lines = 0;
        while (lines++ < 20 && (first = text.ReadLine()) is not null && first.Trim().Length == 0)
        {
        }

        if (first is null || !first.TrimStart().StartsWith(PlainStart, StringComparison.OrdinalIgnoreCase)) return null;

        var report = new DmarcFailureReport
        {
            FeedbackType = "auth-failure",
            AuthFailure = new[] { "dmarc" },
            Notes = new[] { "The report has no message/feedback-report part; its text was read." },
        };
        string? line;
        while (lines++ < MaxLines && (line = text.ReadLine()) is not null && !line.StartsWith("---", StringComparison.Ordinal))
        {
            int colon = line.IndexOf(':');
            if (colon < 0) continue;

            string value = PrintableText.Escape(Cut(line.Substring(colon + 1).Trim(), maxText));
            switch (line.Substring(0, colon).Trim().ToLowerInvariant())
            {
                case "sender domain":
                    report.Domain = Domain(value);
                    break;
                case "sender ip address":
                    report.SourceText = value;
                    report.SourceIP = ReportAddress.Read(value)?.ToIPAddress();
                    break;
                case "received date":
                    report.ArrivalDate = value;
                    break;
                case "dmarc results":
                    report.DeliveryResult = value.ToLowerInvariant();
                    break;
            }
        }

        return report;
    }

    /// <summary>Takes what the report's copy of the message tells.</summary>
    public static void AddSample(DmarcFailureReport report, IReadOnlyList<KeyValuePair<string, string>> headers, bool isWhole, bool includesPersonalData)
    {
        report.Sample = isWhole ? "Message" : "Headers";
        foreach (KeyValuePair<string, string> header in headers)
        {
            if (report.HeaderFrom is null && string.Equals(header.Key, "From", StringComparison.OrdinalIgnoreCase))
                report.HeaderFrom = Address(PrintableText.Escape(header.Value), includesPersonalData);
            else if (includesPersonalData && report.Subject is null && string.Equals(header.Key, "Subject", StringComparison.OrdinalIgnoreCase))
                report.Subject = PrintableText.Escape(Cut(header.Value, 4096));
        }
    }

    /// <summary>The header fields of a text (RFC 5322 section 2.2), unfolded, up to the first empty line.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Fields(TextReader text, int maxText)
    {
        var fields = new List<KeyValuePair<string, string>>();
        string? line;
        int lines = 0;
        while ((line = text.ReadLine()) is not null && lines++ < MaxLines)
        {
            if (line.Length == 0)
            {
                if (fields.Count > 0) break;
            }
            else if (line[0] is ' ' or '\t' && fields.Count > 0)
            {
                KeyValuePair<string, string> last = fields[fields.Count - 1];
                fields[fields.Count - 1] = new KeyValuePair<string, string>(last.Key, Cut(last.Value + " " + line.Trim(), maxText));
            }
            else if (line.IndexOf(':') is > 0 and int colon)
            {
                fields.Add(new KeyValuePair<string, string>(line.Substring(0, colon).Trim(), Cut(line.Substring(colon + 1).Trim(), maxText)));
            }
        }

        return fields;
    }

    private static void Miss(bool isMissing, string field, ReportNotes notes)
    {
        if (isMissing) notes.Warn("The report has no usable " + field + ".");
    }

    // "Name <local@domain>" becomes "domain": who wrote to whom is nobody's business by default.
    private static string Address(string value, bool includesPersonalData) => includesPersonalData ? value : Domain(value);

    private static string Domain(string value)
    {
        int at = value.LastIndexOf('@');
        string domain = value.Substring(at + 1);
        int end = domain.IndexOfAny(new[] { '>', ' ', ';', ',' });
        return (end < 0 ? domain : domain.Substring(0, end)).Trim('<', '.', ' ').ToLowerInvariant();
    }

    private static string Redact(string value)
    {
        int at;
        while ((at = value.IndexOf('@')) >= 0)
        {
            int start = at;
            while (start > 0 && value[start - 1] is not (' ' or '=' or '<' or ';' or '"' or ',' or '('))
                start--;

            value = value.Substring(0, start) + value.Substring(at + 1);
        }

        return value;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text.Substring(0, length);
}
