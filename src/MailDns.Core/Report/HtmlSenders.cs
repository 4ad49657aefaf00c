namespace MailDns.Report;

/// <summary>What receivers report: whether the domain may enforce, who sends over time, each source with what to do, and TLS.</summary>
internal sealed class HtmlSenders(HtmlWriter html, ReportDomain domain, string id)
{
    // A browser lays out a page of rows at a time: the others wait in a template, which costs it next to nothing, and are paged
    // and searched by the script. JSON has all of them.
    private const int MaxRows = 200;
    private const int MaxWaiting = 20_000;
    private const int MaxFailures = 100;
    private const int Width = 960;
    private const int Height = 230;
    private const int Left = 70;
    private const int Bottom = 190;
    private const int Top = 16;
    private const int MaxBars = 62;

    public void Write()
    {
        foreach (ReportReadiness readiness in domain.Readiness)
            WriteReadiness(readiness);

        if (domain.Senders.Count > 0)
        {
            html.Element("h3", "Who sends", ("id", id + "-senders"));
            WriteTimeline();
            WriteSources();
        }

        foreach (ReportTls tls in domain.Tls)
            WriteTls(tls);
    }

    private void WriteReadiness(ReportReadiness readiness)
    {
        html.Element("h3", "May " + readiness.Domain + " go to p=" + readiness.Policy.ToLowerInvariant() + "?");
        CheckStatus look = readiness.Verdict switch { "Ready" => CheckStatus.Pass, "NotYet" => CheckStatus.Fail, _ => CheckStatus.Unknown };
        using (html.Open("div", ("class", "card record readiness")))
        {
            using (html.Open("p", ("class", "says s-" + look)))
            {
                HtmlIcon.Status(html, look);
                html.Element("span", readiness.Verdict switch { "Ready" => "Ready: nothing that was seen speaks against it", "NotYet" => "Not yet", _ => "Not enough evidence" });
            }

            WriteList("What has to be put right first", readiness.Blockers.Select(blocker => blocker.Message + " " + blocker.Recommendation));
            WriteList("What the answer rests on", readiness.Evidence.Select(evidence => (evidence.IsMet ? string.Empty : "Missing: ") + evidence.Text));
            WriteList("What no report can show", readiness.Limits);
        }

        if (readiness.Records.Count > 0)
        {
            html.Element("h4", "The next step");
            using (html.Open("ol", ("class", "records")))
            {
                for (int i = 0; i < readiness.Records.Count; i++)
                    HtmlRecord.Write(html, readiness.Records[i], id + "-n" + PictureText.Number(i + 1));
            }
        }
    }

    private void WriteList(string title, IEnumerable<string> items)
    {
        string[] texts = items.Take(MaxFailures).ToArray();
        if (texts.Length == 0) return;

        html.Element("h4", title);
        using (html.Open("ul", ("class", "bullets")))
        {
            foreach (string text in texts)
                html.Element("li", HtmlFinding.Clip(text));
        }
    }

    // A bar a day; of more than two months a bar stands for several days.
    private void WriteTimeline()
    {
        var days = new SortedDictionary<DateTime, long[]>();
        foreach (ReportSender sender in domain.Senders)
        {
            foreach ((DateTime day, long messages, long passed) in sender.Days)
            {
                if (!days.TryGetValue(day, out long[]? counts)) days.Add(day, counts = new long[3]);

                counts[0] += passed;
                counts[sender.IsToMend || sender.Class.StartsWith("Own", StringComparison.Ordinal) ? 1 : 2] += messages - passed;
            }
        }

        if (days.Count == 0) return;

        DateTime first = days.Keys.First();
        int span = (days.Keys.Last() - first).Days + 1;
        int step = (span + MaxBars - 1) / MaxBars;
        var bars = new long[(span + step - 1) / step][];
        for (int i = 0; i < bars.Length; i++)
            bars[i] = new long[3];

        foreach (KeyValuePair<DateTime, long[]> day in days)
        {
            long[] bar = bars[(day.Key - first).Days / step];
            for (int i = 0; i < 3; i++)
                bar[i] += day.Value[i];
        }

        Draw(first, step, bars);
    }

    private void Draw(DateTime first, int step, long[][] bars)
    {
        long passed = bars.Sum(static bar => bar[0]);
        long own = bars.Sum(static bar => bar[1]);
        long other = bars.Sum(static bar => bar[2]);
        string caption = Number(passed) + " messages passed DMARC; " + Number(own) + " of your own or of platforms failed; " + Number(other) + " of others failed.";
        using (html.Open("figure", ("class", "card picture chart")))
        {
            html.Element("figcaption", caption);
            using (html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Messages over time"), ("tabindex", "0")))
            using (html.Open("svg", ("viewBox", "0 0 " + Width + " " + Height), ("role", "img"), ("aria-labelledby", id + "-time-title " + id + "-time-desc")))
            {
                html.Element("title", "Messages over time, " + domain.Name, ("id", id + "-time-title"));
                html.Element("desc", caption + " The table below the picture has each bar.", ("id", id + "-time-desc"));
                DrawBars(first, step, bars);
            }

            WriteLegend();
            WriteTimeTable(first, step, bars);
        }
    }

    private void DrawBars(DateTime first, int step, long[][] bars)
    {
        long most = Math.Max(1, bars.Max(static bar => bar.Sum()));
        PictureText.Write(html, Left - 8, Top + 10, Number(most), "small", "end");
        PictureText.Write(html, Left - 8, Bottom, "0", "small", "end");
        html.Element("path", string.Empty, ("class", "wire"), ("d", "M" + Left + " " + Bottom + "H" + Width));
        int slot = (Width - Left) / bars.Length;
        int width = Math.Max(2, Math.Min(40, slot - 2));
        string[] looks = { "part s-Pass", "part failing s-Fail", "part s-Unknown" };
        for (int i = 0; i < bars.Length; i++)
        {
            int x = Left + (int)((long)i * (Width - Left) / bars.Length);
            long below = 0;
            for (int part = 0; part < 3; part++)
            {
                long value = bars[i][part];
                int y0 = (int)(below * (Bottom - Top) / most);
                int y1 = (int)((below + value) * (Bottom - Top) / most);
                below += value;
                if (value > 0)
                {
                    // What is there is seen, however little.
                    int height = Math.Max(2, y1 - y0);
                    html.Element("rect", string.Empty, ("x", PictureText.Number(x)), ("y", PictureText.Number(Bottom - y0 - height)), ("width", PictureText.Number(width)), ("height", PictureText.Number(height)), ("class", looks[part]));
                }
            }

            if (i == 0 || i == bars.Length - 1 || (bars.Length > 8 && i % Math.Max(1, bars.Length / 6) == 0 && i < bars.Length - 3))
                PictureText.Write(html, x, Bottom + 22, Day(first.AddDays((double)i * step)), "small", i == bars.Length - 1 && bars.Length > 8 ? "end" : null);
        }
    }

    private void WriteLegend()
    {
        using (html.Open("ul", ("class", "legend")))
        {
            foreach ((string look, string text) in new[] { ("s-Pass", "Passed"), ("failing s-Fail", "Failed: own or a platform (outlined)"), ("s-Unknown", "Failed: others") })
            {
                using (html.Open("li", ("class", look)))
                {
                    using (html.Open("svg", ("class", "icon"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true")))
                    {
                        html.Element("rect", string.Empty, ("x", "1"), ("y", "1"), ("width", "14"), ("height", "14"), ("class", "part " + look));
                    }

                    html.Element("span", text);
                }
            }
        }
    }

    private void WriteTimeTable(DateTime first, int step, long[][] bars)
    {
        using (html.Open("details"))
        {
            html.Element("summary", "The picture as a table");
            using (html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Table of messages over time"), ("tabindex", "0")))
            using (html.Open("table"))
            {
                WriteHead((step == 1 ? "Day" : step + " days from", false), ("Passed", true), ("Failed: own or a platform", true), ("Failed: others", true));
                using (html.Open("tbody"))
                {
                    for (int i = 0; i < bars.Length; i++)
                    {
                        using (html.Open("tr"))
                        {
                            html.Element("th", Day(first.AddDays((double)i * step)), ("scope", "row"));
                            foreach (long value in bars[i])
                                html.Element("td", Number(value), ("class", "number"));
                        }
                    }
                }
            }
        }
    }

    private void WriteSources()
    {
        ReportSender[] ordered = domain.Senders.OrderBy(static sender => Rank(sender.Class)).ThenByDescending(static sender => sender.Messages).ThenBy(static sender => sender.Source, StringComparer.Ordinal).ToArray();
        ReportSender[] waiting = ordered.Skip(MaxRows).Take(MaxWaiting).ToArray();
        using (html.Open("div", ("class", "card scroll sources"), ("role", "group"), ("aria-label", "Sources of " + domain.Name), ("tabindex", "0")))
        using (html.Open("table", ("class", "sortable paged"), ("id", id + "-sources"), ("data-size", PictureText.Number(MaxRows))))
        {
            html.Element("caption", Number(ordered.Length) + (ordered.Length == 1 ? " source" : " sources") + " in the reports of receivers, those that need attention first", ("class", "offscreen"));
            WriteHead(sorts: true, ("Source", false), ("Class", false), ("Messages", true), ("Passed", true), ("Last seen", false), ("What to do", false));
            using (html.Open("tbody"))
            {
                foreach (ReportSender sender in ordered.Take(MaxRows))
                    WriteSource(sender);
            }

            WriteRest(ordered.Skip(MaxRows), "waiting");
            WriteRest(ordered.Skip(MaxRows + MaxWaiting), "rest");
        }

        if (waiting.Length > 0)
        {
            using (html.Open("template", ("id", id + "-sources-waiting")))
            {
                foreach (ReportSender sender in waiting)
                    WriteSource(sender);
            }
        }
    }

    // What is not shown, by class: without the script all of it, with it what the page does not hold.
    private void WriteRest(IEnumerable<ReportSender> senders, string kind)
    {
        ReportSender[] rest = senders.ToArray();
        if (rest.Length == 0) return;

        using (html.Open("tbody", ("class", kind), ("hidden", kind == "rest" ? string.Empty : null)))
        {
            foreach (IGrouping<string, ReportSender> group in rest.GroupBy(static sender => sender.Class, StringComparer.Ordinal))
            {
                WriteSource(new ReportSender
                {
                    Source = "and " + Number(group.Count()) + " more",
                    Class = group.Key,
                    Messages = group.Sum(static sender => sender.Messages),
                    Passed = group.Sum(static sender => sender.Passed),
                    Recommendation = "The report as JSON lists them.",
                });
            }
        }
    }

    private void WriteSource(ReportSender sender)
    {
        using (html.Open("tr"))
        {
            using (html.Open("th", ("scope", "row")))
            {
                html.Text(HtmlFinding.Clip(sender.Source));
                if (sender.Domain.Length > 0 && sender.Domain != domain.Name)
                    html.Element("span", " as " + sender.Domain, ("class", "muted"));
            }

            using (html.Open("td"))
            using (html.Open("span", ("class", "badge s-" + sender.Look)))
            {
                HtmlIcon.Status(html, sender.Look);
                html.Text(sender.Label);
            }

            string share = sender.Messages == 0 ? "0" : (100.0 * sender.Passed / sender.Messages).ToString("0.#", CultureInfo.InvariantCulture);
            html.Element("td", Number(sender.Messages), ("class", "number"), ("data-value", sender.Messages.ToString(CultureInfo.InvariantCulture)));
            html.Element("td", share + " %", ("class", "number"), ("data-value", share));
            html.Element("td", sender.Last ?? string.Empty, ("class", "day"));
            using (html.Open("td"))
            {
                html.Text(HtmlFinding.Clip(sender.Recommendation ?? "Nothing."));
                if (sender.Reason.Length > 0)
                {
                    using (html.Open("details"))
                    {
                        html.Element("summary", "Why");
                        html.Element("p", HtmlFinding.Clip(string.Join(" ", new[] { sender.Reason }.Concat(sender.Evidence))));
                    }
                }
            }
        }

        html.NewLine();
    }

    private void WriteTls(ReportTls tls)
    {
        html.Element("h3", "TLS of incoming mail");
        html.Element("p", Number(tls.Successful) + " sessions were encrypted as the policy asks, " + Number(tls.Failed) + " failed. " + tls.Recommendation);
        if (tls.Failures.Count == 0) return;

        using (html.Open("div", ("class", "card scroll sources"), ("role", "group"), ("aria-label", "TLS failures of " + tls.Domain), ("tabindex", "0")))
        using (html.Open("table"))
        {
            WriteHead(("Failure", false), ("Host", false), ("Sessions", true), ("Who must act", false), ("What it means", false));
            using (html.Open("tbody"))
            {
                foreach ((string type, string? host, long sessions, string responsible, string meaning) in tls.Failures.Take(MaxFailures))
                {
                    using (html.Open("tr"))
                    {
                        html.Element("th", type, ("scope", "row"));
                        html.Element("td", host ?? string.Empty);
                        html.Element("td", Number(sessions), ("class", "number"));
                        html.Element("td", responsible switch { "MailServer" => "Mail server", "DnsZone" => "DNS zone", "PolicyHost" => "Web server of mta-sts", _ => "The sender" });
                        html.Element("td", meaning);
                    }
                }
            }
        }
    }

    private void WriteHead(params (string Name, bool IsNumber)[] columns) => WriteHead(sorts: false, columns);

    private void WriteHead(bool sorts, params (string Name, bool IsNumber)[] columns)
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach ((string name, bool isNumber) in columns)
            {
                html.Element("th", name, ("scope", "col"), ("class", isNumber ? "number" : null), ("data-sort", sorts && isNumber ? "number" : null));
            }
        }
    }

    private static int Rank(string value) => value switch
    {
        "OwnFailing" => 0,
        "ServiceUnaligned" => 1,
        "OwnFragile" => 2,
        "Unknown" => 3,
        "TemporaryError" => 4,
        "Forwarder" => 5,
        _ => 6,
    };

    private static string Day(DateTime day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
