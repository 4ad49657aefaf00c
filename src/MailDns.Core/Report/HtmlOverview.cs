using System.Collections.Generic;
using System.Globalization;

namespace MailDns.Report;

/// <summary>The table of all domains. Its heads sort where the script runs.</summary>
internal static class HtmlOverview
{
    private static readonly CheckStatus[] s_columns = { CheckStatus.Fail, CheckStatus.Unknown, CheckStatus.Warning, CheckStatus.Info, CheckStatus.Pass };

    public static void Write(HtmlWriter html, IReadOnlyList<ReportDomain> domains)
    {
        using (html.Open("section", ("class", "overview"), ("aria-labelledby", "overview")))
        {
            html.Element("h2", "Domains", ("id", "overview"));
            using (html.Open("div", ("class", "card scroll"), ("role", "group"), ("aria-label", "Table of domains"), ("tabindex", "0")))
            using (html.Open("table", ("class", "sortable")))
            {
                WriteHead(html);
                using (html.Open("tbody"))
                {
                    for (int i = 0; i < domains.Count; i++)
                    {
                        WriteRow(html, domains[i], i);
                    }
                }
            }
        }

        html.NewLine();
    }

    private static void WriteHead(HtmlWriter html)
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            html.Element("th", "Domain", ("scope", "col"));
            html.Element("th", "Verdict", ("scope", "col"), ("data-sort", "number"));
            foreach (CheckStatus status in s_columns)
            {
                html.Element("th", HtmlFilter.Label(status), ("scope", "col"), ("class", "number"), ("data-sort", "number"));
            }
        }
    }

    private static void WriteRow(HtmlWriter html, ReportDomain domain, int index)
    {
        CheckStatus look = VerdictText.StatusOf(domain.Verdict);
        using (html.Open("tr", ("data-has", HtmlDomain.Has(domain))))
        {
            using (html.Open("th", ("scope", "row")))
            {
                html.Element("a", domain.Name, ("href", "#" + HtmlDomain.Id(index)));
            }

            using (html.Open("td", ("class", "s-" + look), ("data-value", index.ToString(CultureInfo.InvariantCulture))))
            using (html.Open("span", ("class", "says")))
            {
                HtmlIcon.Status(html, look);
                html.Element("span", VerdictText.Headline(domain));
            }

            foreach (CheckStatus status in s_columns)
            {
                int number = domain.Counts[status];
                html.Element("td", number.ToString(CultureInfo.InvariantCulture), ("class", number == 0 ? "number none" : "number s-" + status));
            }
        }

        html.NewLine();
    }
}
