using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace MailDns.Report;

/// <summary>
/// Writes a report as one HTML page that needs nothing else and sends nothing anywhere: its content security policy allows
/// its own style sheet and script by their hashes, and no other. Without script the page is whole but for its buttons.
/// </summary>
internal sealed class HtmlReport
{
    // Each passed check of hundreds of domains is a list that no one reads and no browser likes.
    private const int MostDomainsInFull = 100;

    private readonly SendingDomainReport _report;
    private readonly HtmlWriter _html;

    private HtmlReport(SendingDomainReport report, TextWriter output)
    {
        _report = report;
        _html = new HtmlWriter(output);
    }

    /// <summary>The policy of the page.</summary>
    public static string Policy { get; } =
        "default-src 'none'; style-src " + ReportAsset.Style.Source + "; script-src " + ReportAsset.Script.Source + "; base-uri 'none'; form-action 'none'";

    public static void Write(SendingDomainReport report, TextWriter output) => new HtmlReport(report, output).WritePage();

    private void WritePage()
    {
        _html.Doctype();
        using (_html.Open("html", ("lang", "en")))
        {
            WriteHead();
            using (_html.Open("body"))
            {
                _html.Element("a", "Skip to the report", ("class", "skip"), ("href", "#content"));
                WriteMasthead();
                using (_html.Open("main", ("id", "content"), ("class", "wrap"), ("tabindex", "-1")))
                {
                    WriteMain();
                }

                WriteFooter();
                _html.Element("div", string.Empty, ("id", "announce"), ("class", "offscreen"), ("role", "status"), ("aria-live", "polite"));
                _html.Asset(ReportAsset.Script);
            }
        }

        _html.NewLine();
    }

    private void WriteHead()
    {
        using (_html.Open("head"))
        {
            _html.Void("meta", ("charset", "utf-8"));
            _html.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
            _html.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            _html.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            _html.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
            _html.Void("meta", ("name", "generator"), ("content", "MailDns " + _report.Version));
            _html.Element("title", _report.Title);
            _html.Asset(ReportAsset.Style);
        }

        _html.NewLine();
    }

    private void WriteMasthead()
    {
        using (_html.Open("header", ("class", "masthead")))
        using (_html.Open("div", ("class", "wrap")))
        {
            using (_html.Open("p", ("class", "brand")))
            {
                HtmlIcon.Envelope(_html);
                _html.Text("MailDns");
            }

            _html.Element("h1", _report.Title);
            using (_html.Open("p", ("class", "facts")))
            {
                using (_html.Open("time", ("datetime", _report.CreatedText)))
                {
                    _html.Text(_report.Created.ToString("d MMMM yyyy, HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture));
                }

                _html.Text(" · " + VerdictText.Number(_report.Domains.Count, "domain") + " · " + VerdictText.Number(_report.Counts.All, "check"));
            }
        }

        _html.NewLine();
    }

    private void WriteMain()
    {
        WriteVerdict();
        HtmlChanges.Write(_html, _report.Changes);
        HtmlFilter.Write(_html, _report.Counts);
        if (_report.Domains.Count > 1) HtmlOverview.Write(_html, _report.Domains);

        for (int i = 0; i < _report.Domains.Count; i++)
            new HtmlDomain(_html, _report.Domains[i], i, isAlone: _report.Domains.Count == 1, listsPassed: _report.Domains.Count <= MostDomainsInFull).Write();
    }

    private void WriteVerdict()
    {
        CheckStatus look = VerdictText.StatusOf(_report.Verdict);
        using (_html.Open("section", ("class", "verdict s-" + look), ("aria-labelledby", "verdict")))
        {
            HtmlIcon.Status(_html, look, "icon-large");
            using (_html.Open("div", ("class", "verdict-text")))
            {
                _html.Element("h2", VerdictText.Headline(_report), ("id", "verdict"));
                _html.Element("p", VerdictText.Explanation(_report.Verdict));
                _html.Element("p", VerdictText.Basis(_report.Counts), ("class", "basis"));
            }

            using (_html.Open("ul", ("class", "tallies")))
            {
                foreach (CheckStatus status in StatusOrder.All)
                    WriteTally(status);
            }
        }

        _html.NewLine();
    }

    private void WriteTally(CheckStatus status)
    {
        if (status == CheckStatus.NotApplicable) return;

        int number = _report.Counts[status];
        using (_html.Open("li", ("class", number == 0 ? "none" : "s-" + status)))
        {
            _html.Element("strong", number.ToString(System.Globalization.CultureInfo.InvariantCulture));
            _html.Text(" ");
            _html.Element("span", HtmlFilter.Label(status));
        }
    }

    private void WriteFooter()
    {
        using (_html.Open("footer", ("class", "wrap")))
        {
            _html.Element("p", "Made by MailDns " + _report.Version + " from what DNS, zone files or planned records said when the checks ran. The page contains all it shows and loads nothing.");
        }
    }
}

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
                if (counts[status] > 0 && status != CheckStatus.NotApplicable) WriteBox(html, status, counts[status]);
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
                        WriteRow(html, domains[i], i);
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
                html.Element("th", HtmlFilter.Label(status), ("scope", "col"), ("class", "number"), ("data-sort", "number"));
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

/// <summary>The style sheet or the script of the HTML report, from the assembly, with the hash that its policy names.</summary>
internal sealed class ReportAsset
{
    private ReportAsset(string element, string file)
    {
        Element = element;
        Text = Load(file);
        if (Text.IndexOf("</", StringComparison.Ordinal) >= 0)
            throw new InvalidOperationException(file + " would close its own element.");

        // CSP level 3 section 6.6.2.2: the hash is of the element's text, as UTF-8.
        using SHA256 hash = SHA256.Create();
        Source = "'sha256-" + Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(Text))) + "'";
    }

    public static ReportAsset Style { get; } = new("style", "report.css");

    public static ReportAsset Script { get; } = new("script", "report.js");

    /// <summary>style or script.</summary>
    public string Element { get; }

    public string Text { get; }

    /// <summary>The source expression for the content security policy.</summary>
    public string Source { get; }

    private static string Load(string file)
    {
        using Stream stream = typeof(ReportAsset).Assembly.GetManifestResourceStream("MailDns.Report." + file)
            ?? throw new InvalidOperationException("The assembly lacks " + file + ".");
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // An HTML parser turns CR LF into LF before the text is hashed.
        return "\n" + reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
