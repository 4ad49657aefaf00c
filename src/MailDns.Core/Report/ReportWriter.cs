using System.IO;

namespace MailDns.Report;

/// <summary>Writes a report in any form.</summary>
internal static class ReportWriter
{
    public static void Write(SendingDomainReport report, ReportFormat format, bool failOnWarning, TextWriter output)
    {
        switch (format)
        {
            case ReportFormat.Json:
                JsonReport.Write(report, output);
                break;
            case ReportFormat.JUnit:
                JUnitReport.Write(report, failOnWarning, output);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write(report, output);
                break;
            default:
                HtmlReport.Write(report, output);
                break;
        }
    }
}
