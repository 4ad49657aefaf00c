namespace MailDns.Report;

/// <summary>The section of one domain: what to publish, what was found, how mail passes, what passed.</summary>
internal sealed class HtmlDomain(HtmlWriter html, ReportDomain domain, int index, bool isAlone, bool listsPassed)
{
    private readonly string _id = Id(index);

    /// <summary>Ids on the page are numbers: no text from outside is in them.</summary>
    public static string Id(int index) => "d" + (index + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>The statuses that the domain has, for the filter.</summary>
    public static string Has(ReportDomain domain)
    {
        string has = string.Join(" ", StatusOrder.All.Where(status => domain.Counts[status] > 0));

        // A domain without results would never be hidden, and never shown again.
        return has.Length == 0 ? "Always" : has;
    }

    public void Write()
    {
        using (html.Open("section", ("class", "domain"), ("id", _id), ("aria-labelledby", _id + "-name"), ("data-has", Has(domain)), ("tabindex", "-1")))
        {
            WriteHeading();
            WriteAreas();
            new HtmlSenders(html, domain, _id).Write();
            WriteRecords();
            WriteFindings();
            WritePaths();
            WriteTrees();
            WritePassed();
        }

        html.NewLine();
    }

    private void WriteHeading()
    {
        CheckStatus look = VerdictText.StatusOf(domain.Verdict);
        using (html.Open("div", ("class", "domain-head")))
        {
            html.Element("h2", domain.Name, ("id", _id + "-name"));
            if (!isAlone)
            {
                using (html.Open("p", ("class", "says s-" + look)))
                {
                    HtmlIcon.Status(html, look);
                    html.Element("span", VerdictText.Headline(domain));
                }
            }
        }
    }

    // The strip of areas: the whole domain at a glance.
    private void WriteAreas()
    {
        if (domain.Areas.Count == 0) return;

        using (html.Open("ul", ("class", "areas"), ("aria-label", "Areas of " + domain.Name)))
        {
            for (int i = 0; i < domain.Areas.Count; i++)
                WriteTile(domain.Areas[i], i);
        }
    }

    private void WriteTile(ReportArea area, int index)
    {
        int worst = area.Checks.Count(check => check.Status == area.Worst);
        using (html.Open("li", ("class", "s-" + area.Worst)))
        using (html.Open("a", ("href", "#" + (area.Findings.Any() ? AreaId(index) : _id + "-passed"))))
        {
            HtmlIcon.Status(html, area.Worst);
            html.Element("span", area.Label, ("class", "tile-name"));
            html.Text(" ");
            html.Element("span", VerdictText.Count(area.Worst, worst), ("class", "tile-count"));
        }
    }

    private void WriteRecords()
    {
        if (domain.Records.Count == 0) return;

        html.Element("h3", "What to publish");
        using (html.Open("ol", ("class", "records")))
        {
            for (int i = 0; i < domain.Records.Count; i++)
                HtmlRecord.Write(html, domain.Records[i], _id + "-r" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteFindings()
    {
        if (!domain.Checks.Any(check => check.IsFinding)) return;

        using (html.Open("div", ("class", "findings")))
        {
            html.Element("h3", "Findings");
            for (int i = 0; i < domain.Areas.Count; i++)
            {
                if (domain.Areas[i].Findings.Any()) WriteArea(domain.Areas[i], i);
            }
        }
    }

    private void WriteArea(ReportArea area, int index)
    {
        using (html.Open("div", ("class", "area")))
        {
            html.Element("h4", area.Label, ("id", AreaId(index)));
            using (html.Open("ul", ("class", "card list")))
            {
                foreach (ReportCheck check in area.Findings)
                    HtmlFinding.Write(html, check);
            }
        }
    }

    private void WritePaths()
    {
        for (int i = 0; i < domain.Paths.Count; i++)
        {
            if (i == 0) html.Element("h3", "The way to the DMARC verdict");

            MailPathPicture.Write(html, domain.Paths[i], _id + "-p" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteTrees()
    {
        for (int i = 0; i < domain.Trees.Count; i++)
        {
            if (i == 0) html.Element("h3", "What the SPF record includes");

            SpfTreePicture.Write(html, domain.Trees[i], _id + "-t" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WritePassed()
    {
        ReportCheck[] passed = domain.Checks.Where(check => !check.IsFinding).ToArray();
        if (passed.Length == 0) return;

        if (!listsPassed)
        {
            html.Element("p", PassedSummary() + "; a report on fewer domains, or as JSON, lists them.", ("class", "passed card"), ("id", _id + "-passed"), ("data-status", "Pass"));
            return;
        }

        using (html.Open("details", ("class", "passed card"), ("id", _id + "-passed"), ("data-status", "Pass")))
        {
            html.Element("summary", PassedSummary());
            using (html.Open("ul"))
            {
                foreach (ReportCheck check in passed)
                    WritePassed(check);
            }
        }
    }

    private string PassedSummary()
    {
        string passed = VerdictText.Number(domain.Counts.Pass, "check") + " passed";
        return domain.Counts.NotApplicable == 0 ? passed : passed + ", " + domain.Counts.NotApplicable + " had nothing to look at";
    }

    private void WritePassed(ReportCheck check)
    {
        using (html.Open("li"))
        {
            HtmlIcon.Status(html, check.Status);
            using (html.Open("span"))
            {
                html.Text(HtmlFinding.Clip(check.Title.Length > 0 ? check.Title : check.Message));
                if (check.Status == CheckStatus.NotApplicable)
                    html.Element("span", " Nothing to look at: " + HtmlFinding.Clip(check.Message), ("class", "muted"));
            }

            html.Element("code", check.Id, ("class", "id"));
        }

        html.NewLine();
    }

    private string AreaId(int index) => _id + "-a" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
