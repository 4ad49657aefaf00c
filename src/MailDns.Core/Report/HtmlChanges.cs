namespace MailDns.Report;

/// <summary>What has changed since an earlier run: above all else, for it is what a reader of every night looks for.</summary>
internal static class HtmlChanges
{
    // A change of each domain's every check would be a second report.
    private const int MostRows = 500;

    /// <summary>Writes nothing for a report that was not compared with another.</summary>
    public static void Write(HtmlWriter html, IReadOnlyList<SendingDomainChange>? changes)
    {
        if (changes is null) return;

        using (html.Open("section", ("class", "changes"), ("aria-labelledby", "changes")))
        {
            html.Element("h2", changes.Count == 0 ? "Nothing has changed since the reference" : VerdictText.Number(changes.Count, "change") + " since the reference", ("id", "changes"));
            if (changes.Count > 0) WriteTable(html, changes);
        }

        html.NewLine();
    }

    private static void WriteTable(HtmlWriter html, IReadOnlyList<SendingDomainChange> changes)
    {
        using (html.Open("div", ("class", "card scroll"), ("role", "group"), ("aria-label", "Table of changes"), ("tabindex", "0")))
        using (html.Open("table"))
        {
            using (html.Open("thead"))
            using (html.Open("tr"))
            {
                foreach (string head in new[] { "Change", "Domain", "Check", "Before", "Now" })
                    html.Element("th", head, ("scope", "col"));
            }

            using (html.Open("tbody"))
            {
                // New ones first: a page is read from its top.
                foreach (SendingDomainChange change in changes.OrderBy(change => change.Change).Take(MostRows))
                    WriteRow(html, change);
            }
        }

        if (changes.Count > MostRows)
            html.Element("p", VerdictText.Number(changes.Count - MostRows, "more change") + " are not listed; Compare-SendingDomainResult gives them all.");
    }

    private static void WriteRow(HtmlWriter html, SendingDomainChange change)
    {
        CheckStatus look = change.Change == SendingDomainChangeKind.Fixed ? CheckStatus.Pass : change.AfterStatus ?? CheckStatus.Unknown;
        using (html.Open("tr"))
        {
            using (html.Open("td", ("class", "s-" + look)))
            {
                HtmlIcon.Status(html, look, "icon");
                html.Text(" " + change.Change);
            }

            html.Element("td", change.Domain);
            html.Element("td", change.Id);
            html.Element("td", Show(change.BeforeStatus, change.Before, change.RecordBefore));
            html.Element("td", Show(change.AfterStatus, change.After, change.RecordAfter));
        }
    }

    private static string Show(CheckStatus? status, string message, string? record) =>
        status is null ? "No result" : status + ": " + message + (record is null ? string.Empty : " (" + record + ")");
}
