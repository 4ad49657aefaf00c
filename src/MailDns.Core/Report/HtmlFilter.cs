using System.Globalization;

namespace MailDns.Report;

/// <summary>Boxes that hide results by their status. They need the script, which shows them.</summary>
internal static class HtmlFilter
{
    public static void Write(HtmlWriter html, ReportCounts counts)
    {
        using (html.Open("fieldset", ("class", "filter"), ("id", "filter"), ("hidden", string.Empty)))
        {
            html.Element("legend", "Show");
            foreach (CheckStatus status in StatusOrder.All)
            {
                if (counts[status] > 0 && status != CheckStatus.NotApplicable)
                {
                    WriteBox(html, status, counts[status]);
                }
            }
        }

        html.NewLine();
    }

    /// <summary>The plural name of a status.</summary>
    public static string Label(CheckStatus status) => status switch
    {
        CheckStatus.Fail => "Errors",
        CheckStatus.Unknown => "Not known",
        CheckStatus.Warning => "Warnings",
        CheckStatus.Info => "Notes",
        _ => "Passed",
    };

    private static void WriteBox(HtmlWriter html, CheckStatus status, int count)
    {
        using (html.Open("label", ("class", "pill s-" + status)))
        {
            html.Void("input", ("type", "checkbox"), ("checked", string.Empty), ("value", status.ToString()));
            html.Element("span", Label(status));
            html.Element("span", count.ToString(CultureInfo.InvariantCulture), ("class", "number"));
        }
    }
}
