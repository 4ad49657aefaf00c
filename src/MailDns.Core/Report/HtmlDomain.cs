namespace MailDns.Report;

/// <summary>The section of one domain: what to publish, what was found, how mail passes, what passed.</summary>
internal sealed class HtmlDomain(HtmlWriter html, ReportDomain domain, int index, bool isAlone, bool listsPassed)
{
    private readonly HtmlWriter _html = html;
    private readonly ReportDomain _domain = domain;
    private readonly string _id = Id(index);
    private readonly bool _isAlone = isAlone;
    private readonly bool _listsPassed = listsPassed;

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
        using (_html.Open("section", ("class", "domain"), ("id", _id), ("aria-labelledby", _id + "-name"), ("data-has", Has(_domain)), ("tabindex", "-1")))
        {
            WriteHeading();
            WriteAreas();
            new HtmlSenders(_html, _domain, _id).Write();
            WriteRecords();
            WriteFindings();
            WritePaths();
            WriteTrees();
            WritePassed();
        }

        _html.NewLine();
    }

    private void WriteHeading()
    {
        CheckStatus look = VerdictText.StatusOf(_domain.Verdict);
        using (_html.Open("div", ("class", "domain-head")))
        {
            _html.Element("h2", _domain.Name, ("id", _id + "-name"));
            if (!_isAlone)
            {
                using (_html.Open("p", ("class", "says s-" + look)))
                {
                    HtmlIcon.Status(_html, look);
                    _html.Element("span", VerdictText.Headline(_domain));
                }
            }
        }
    }

    // The strip of areas: the whole domain at a glance.
    private void WriteAreas()
    {
        if (_domain.Areas.Count == 0) return;

        using (_html.Open("ul", ("class", "areas"), ("aria-label", "Areas of " + _domain.Name)))
        {
            for (int i = 0; i < _domain.Areas.Count; i++)
                WriteTile(_domain.Areas[i], i);
        }
    }

    private void WriteTile(ReportArea area, int index)
    {
        int worst = area.Checks.Count(check => check.Status == area.Worst);
        using (_html.Open("li", ("class", "s-" + area.Worst)))
        using (_html.Open("a", ("href", "#" + (area.Findings.Any() ? AreaId(index) : _id + "-passed"))))
        {
            HtmlIcon.Status(_html, area.Worst);
            _html.Element("span", area.Label, ("class", "tile-name"));
            _html.Text(" ");
            _html.Element("span", VerdictText.Count(area.Worst, worst), ("class", "tile-count"));
        }
    }

    private void WriteRecords()
    {
        if (_domain.Records.Count == 0) return;

        _html.Element("h3", "What to publish");
        using (_html.Open("ol", ("class", "records")))
        {
            for (int i = 0; i < _domain.Records.Count; i++)
                HtmlRecord.Write(_html, _domain.Records[i], _id + "-r" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteFindings()
    {
        if (!_domain.Checks.Any(check => check.IsFinding)) return;

        using (_html.Open("div", ("class", "findings")))
        {
            _html.Element("h3", "Findings");
            for (int i = 0; i < _domain.Areas.Count; i++)
            {
                if (_domain.Areas[i].Findings.Any()) WriteArea(_domain.Areas[i], i);
            }
        }
    }

    private void WriteArea(ReportArea area, int index)
    {
        using (_html.Open("div", ("class", "area")))
        {
            _html.Element("h4", area.Label, ("id", AreaId(index)));
            using (_html.Open("ul", ("class", "card list")))
            {
                foreach (ReportCheck check in area.Findings)
                    HtmlFinding.Write(_html, check);
            }
        }
    }

    private void WritePaths()
    {
        for (int i = 0; i < _domain.Paths.Count; i++)
        {
            if (i == 0) _html.Element("h3", "The way to the DMARC verdict");

            MailPathPicture.Write(_html, _domain.Paths[i], _id + "-p" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WriteTrees()
    {
        for (int i = 0; i < _domain.Trees.Count; i++)
        {
            if (i == 0) _html.Element("h3", "What the SPF record includes");

            SpfTreePicture.Write(_html, _domain.Trees[i], _id + "-t" + (i + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private void WritePassed()
    {
        ReportCheck[] passed = _domain.Checks.Where(check => !check.IsFinding).ToArray();
        if (passed.Length == 0) return;

        if (!_listsPassed)
        {
            _html.Element("p", PassedSummary() + "; a report on fewer domains, or as JSON, lists them.", ("class", "passed card"), ("id", _id + "-passed"), ("data-status", "Pass"));
            return;
        }

        using (_html.Open("details", ("class", "passed card"), ("id", _id + "-passed"), ("data-status", "Pass")))
        {
            _html.Element("summary", PassedSummary());
            using (_html.Open("ul"))
            {
                foreach (ReportCheck check in passed)
                    WritePassed(check);
            }
        }
    }

    private string PassedSummary()
    {
        string passed = VerdictText.Number(_domain.Counts.Pass, "check") + " passed";
        return _domain.Counts.NotApplicable == 0 ? passed : passed + ", " + _domain.Counts.NotApplicable + " had nothing to look at";
    }

    private void WritePassed(ReportCheck check)
    {
        using (_html.Open("li"))
        {
            HtmlIcon.Status(_html, check.Status);
            using (_html.Open("span"))
            {
                _html.Text(HtmlFinding.Clip(check.Title.Length > 0 ? check.Title : check.Message));
                if (check.Status == CheckStatus.NotApplicable)
                    _html.Element("span", " Nothing to look at: " + HtmlFinding.Clip(check.Message), ("class", "muted"));
            }

            _html.Element("code", check.Id, ("class", "id"));
        }

        _html.NewLine();
    }

    private string AreaId(int index) => _id + "-a" + (index + 1).ToString(CultureInfo.InvariantCulture);
}
