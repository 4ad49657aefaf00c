namespace MailDns.Report;

/// <summary>
/// The tree of an SPF record: a line a record, with the lookups that it costs out of the ten of RFC 7208 section 4.6.4, as
/// a picture and as a table.
/// </summary>
internal static class SpfTreePicture
{
    private const int Width = 960;
    private const int RowHeight = 52;
    private const int BoxHeight = 42;
    private const int BoxRight = 620;
    private const int Indent = 30;
    private const int DeepestIndent = 8;
    private const int BarLeft = 780;
    private const int BarWidth = 180;
    private const int MaxLookups = 10;
    private const int MaxRows = 60;

    public static void Write(HtmlWriter html, ReportTreeNode root, string id)
    {
        ReportTreeNode[] all = root.Walk().Take(1000).ToArray();
        ReportTreeNode[] shown = all.Take(MaxRows).ToArray();
        using (html.Open("figure", ("class", "card picture")))
        {
            using (html.Open("figcaption"))
            {
                html.Text(Caption(root));
            }

            using (html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Picture of the SPF tree"), ("tabindex", "0")))
            {
                Draw(html, root, shown, id);
            }

            if (all.Length > shown.Length)
                html.Element("p", (all.Length - shown.Length) + " more are in the table.", ("class", "muted"));

            WriteTable(html, all);
        }
    }

    private static string Caption(ReportTreeNode root) =>
        root.CumulativeLookupCount + " of " + MaxLookups + " lookups used by " + root.Domain
        + (root.CumulativeLookupCount > MaxLookups ? ": over the limit, receivers answer permerror." : ".");

    private static void Draw(HtmlWriter html, ReportTreeNode root, ReportTreeNode[] rows, string id)
    {
        int height = (rows.Length * RowHeight) - (RowHeight - BoxHeight) + 2;
        using (html.Open("svg", ("class", "tree"), ("viewBox", "0 0 " + Width + " " + height), ("role", "img"), ("aria-labelledby", id + "-title " + id + "-desc")))
        {
            html.Element("title", "SPF tree of " + root.Domain, ("id", id + "-title"));
            html.Element("desc", Caption(root) + " The table below the picture has each record.", ("id", id + "-desc"));
            var lastRow = new int[DeepestIndent + 1];
            for (int i = 0; i < rows.Length; i++)
            {
                int level = Level(rows[i]);
                lastRow[level] = i;
                if (level > 0) DrawBranch(html, level, lastRow[level - 1], i);
            }

            for (int i = 0; i < rows.Length; i++)
                DrawRow(html, rows[i], i);
        }
    }

    private static int Level(ReportTreeNode node) => Math.Min(node.Depth, DeepestIndent);

    private static void DrawBranch(HtmlWriter html, int level, int parentRow, int row)
    {
        int x = ((level - 1) * Indent) + 14;
        int top = (parentRow * RowHeight) + BoxHeight;
        int bottom = (row * RowHeight) + (BoxHeight / 2);
        html.Element("path", string.Empty, ("class", "wire"), ("d", "M" + x + " " + top + "V" + bottom + "H" + ((level * Indent) + 1)));
    }

    private static void DrawRow(HtmlWriter html, ReportTreeNode node, int row)
    {
        int x = (Level(node) * Indent) + 1;
        int y = (row * RowHeight) + 1;
        PictureText.Box(html, x, y, BoxRight - x, BoxHeight, "box s-" + StatusOf(node));
        string first = node.Term ?? node.Domain;
        string second = node.Problem ?? node.Record ?? node.Status;
        string owner = string.IsNullOrEmpty(node.Owner) || node.Depth == 0 ? string.Empty : node.Owner!;
        PictureText.Write(html, x + 12, y + 18, PictureText.Fit(first, (BoxRight - x - 24) / (owner.Length > 0 ? 13 : 9)), "name");
        PictureText.Write(html, BoxRight - 12, y + 18, PictureText.Fit(owner, 24), "small", "end");
        PictureText.Write(html, x + 12, y + 34, PictureText.Fit(second, (BoxRight - x - 24) / 7), "small");
        DrawCost(html, node, y);
    }

    private static void DrawCost(HtmlWriter html, ReportTreeNode node, int y)
    {
        int used = Math.Max(0, Math.Min(node.CumulativeLookupCount, MaxLookups));
        string look = node.CumulativeLookupCount > MaxLookups ? "bar over" : "bar";
        PictureText.Write(html, BarLeft - 16, y + 26, VerdictText.Number(node.CumulativeLookupCount, "lookup"), "count", "end");
        PictureText.Box(html, BarLeft, y + 17, BarWidth - 2, 8, "track");
        if (used > 0) PictureText.Box(html, BarLeft, y + 17, (BarWidth - 2) * used / MaxLookups, 8, look);
    }

    private static CheckStatus StatusOf(ReportTreeNode node) => node.Status switch
    {
        "Found" => node.Problem is null ? CheckStatus.Pass : CheckStatus.Warning,
        "Macro" or "Dead" => CheckStatus.Warning,
        "Unknown" or "NotFollowed" => CheckStatus.Unknown,
        _ => CheckStatus.Fail,
    };

    private static void WriteTable(HtmlWriter html, ReportTreeNode[] nodes)
    {
        using (html.Open("details"))
        {
            html.Element("summary", "The tree as a table");
            using (html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Table of the SPF tree"), ("tabindex", "0")))
            using (html.Open("table"))
            {
                WriteHead(html, "Level", "Term", "Who runs it", "Lookups here", "With all below", "IPv4 addresses", "Record", "Problem");
                using (html.Open("tbody"))
                {
                    foreach (ReportTreeNode node in nodes)
                        WriteRow(html, node);
                }
            }
        }
    }

    private static void WriteHead(HtmlWriter html, params string[] names)
    {
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (string name in names)
                html.Element("th", name, ("scope", "col"));
        }
    }

    private static void WriteRow(HtmlWriter html, ReportTreeNode node)
    {
        using (html.Open("tr"))
        {
            html.Element("td", PictureText.Number(node.Depth), ("class", "number"));
            html.Element("th", node.Term ?? node.Domain, ("scope", "row"));
            html.Element("td", node.Owner ?? string.Empty);
            html.Element("td", PictureText.Number(node.LookupCount), ("class", "number"));
            html.Element("td", PictureText.Number(node.CumulativeLookupCount), ("class", "number"));
            html.Element("td", node.IPv4AddressCount.ToString(System.Globalization.CultureInfo.InvariantCulture), ("class", "number"));
            using (html.Open("td"))
            {
                html.Element("code", HtmlFinding.Clip(node.Record ?? node.Status));
            }

            html.Element("td", HtmlFinding.Clip(node.Problem ?? string.Empty));
        }
    }
}

/// <summary>
/// How mail comes to its DMARC verdict (RFC 9989 section 5.3): who sends, what SPF and DKIM say, whether their domains
/// align with that of From, and what receivers then do. As a picture and in words.
/// </summary>
internal static class MailPathPicture
{
    private const int Width = 1040;
    private const int Height = 210;
    private const int BoxHeight = 78;
    private const int UpperLane = 1;
    private const int LowerLane = 130;
    private const int Middle = 66;

    public static void Write(HtmlWriter html, ReportMailPath path, string id)
    {
        using (html.Open("figure", ("class", "card picture")))
        {
            html.Element("figcaption", Caption(path));
            using (html.Open("div", ("class", "scroll"), ("role", "group"), ("aria-label", "Picture of the mail path"), ("tabindex", "0")))
            {
                Draw(html, path, id);
            }

            WriteWords(html, path);
        }
    }

    private static string Caption(ReportMailPath path) => path.Passed switch
    {
        true => "Mail from " + path.Domain + " passes DMARC by " + path.Path + ".",
        false => "Mail from " + path.Domain + " does not pass DMARC.",
        _ => "Whether mail from " + path.Domain + " passes DMARC is not known.",
    };

    private static void Draw(HtmlWriter html, ReportMailPath path, string id)
    {
        using (html.Open("svg", ("class", "path"), ("viewBox", "0 0 " + Width + " " + Height), ("role", "img"), ("aria-labelledby", id + "-title " + id + "-desc")))
        {
            html.Element("title", Caption(path), ("id", id + "-title"));
            html.Element("desc", HtmlFinding.Clip(path.Reason), ("id", id + "-desc"));
            DrawWires(html, path);
            DrawBox(html, 1, Middle, 190, CheckStatus.NotApplicable, "From", path.Domain, path.IPAddress is null ? string.Empty : "sent by " + path.IPAddress, hasIcon: false);
            DrawSpf(html, path);
            DrawDkim(html, path);
            string policy = path.Policy is null ? "no policy known" : "policy " + path.Policy.ToLowerInvariant();
            DrawBox(html, 849, Middle, 190, StatusOf(path.Passed), "DMARC", Passes(path.Passed), policy);
        }
    }

    private static void DrawSpf(HtmlWriter html, ReportMailPath path)
    {
        bool has = path.BounceDomain is not null;
        DrawBox(html, 241, UpperLane, 200, CheckStatus.NotApplicable, "Return-Path", path.BounceDomain ?? "not named", string.Empty, hasIcon: false);
        bool? passed = path.PassesBySpf ? true : path.SpfPassed;
        DrawBox(html, 471, UpperLane, 150, has ? StatusOf(passed) : CheckStatus.NotApplicable, "SPF", has ? Passes(passed) : "Left out", path.PassesBySpf && path.SpfPassed is null ? "taken for granted" : string.Empty);
        DrawBox(html, 651, UpperLane, 150, has ? StatusOf(path.SpfAligned) : CheckStatus.NotApplicable, "Alignment", has ? Aligned(path.SpfAligned) : "Left out", Mode(path.SpfAlignment));
    }

    // A pass of DKIM is never seen here: only the message has the signature. Without a usable key there is none.
    private static void DrawDkim(HtmlWriter html, ReportMailPath path)
    {
        bool has = path.DkimDomains.Length > 0;
        bool? passed = path.PassesByDkim ? true : path.DkimPassed;
        string more = path.DkimDomains.Length > 1 ? "and " + (path.DkimDomains.Length - 1) + " more" : string.Empty;
        string why = path.PassesByDkim ? "taken for granted" : passed == false ? "no usable key" : string.Empty;
        DrawBox(html, 241, LowerLane, 200, CheckStatus.NotApplicable, "Signing domain", has ? path.DkimDomains[0] : "none", more, hasIcon: false);
        DrawBox(html, 471, LowerLane, 150, has ? StatusOf(passed) : CheckStatus.NotApplicable, "DKIM", has ? Passes(passed) : "Left out", has ? why : string.Empty);
        DrawBox(html, 651, LowerLane, 150, has ? StatusOf(path.DkimAligned) : CheckStatus.NotApplicable, "Alignment", has ? Aligned(path.DkimAligned) : "Left out", Mode(path.DkimAlignment));
    }

    private static void DrawWires(HtmlWriter html, ReportMailPath path)
    {
        DrawLane(html, UpperLane + (BoxHeight / 2), path.PassesBySpf);
        DrawLane(html, LowerLane + (BoxHeight / 2), path.PassesByDkim);
    }

    private static void DrawLane(HtmlWriter html, int y, bool passes)
    {
        int centre = Middle + (BoxHeight / 2);
        string look = passes ? "wire live" : "wire";
        string d = "M191 " + centre + "C216 " + centre + " 216 " + y + " 241 " + y + "M441 " + y + "H471M621 " + y + "H651M801 " + y + "C826 " + y + " 824 " + centre + " 849 " + centre;
        html.Element("path", string.Empty, ("class", look), ("d", d));
    }

    private static void DrawBox(HtmlWriter html, int x, int y, int width, CheckStatus status, string label, string name, string detail, bool hasIcon = true)
    {
        PictureText.Box(html, x, y, width, BoxHeight, hasIcon ? "box s-" + status : "box plain");
        PictureText.Write(html, x + 14, y + 23, label, "small");
        if (hasIcon)
        {
            using (html.Open("g", ("class", "s-" + status), ("transform", "translate(" + (x + width - 30) + " " + (y + 10) + ")")))
            {
                HtmlIcon.DrawStatus(html, status);
            }
        }

        PictureText.Write(html, x + 14, y + 44, PictureText.Fit(name, (width - 26) * 10 / 95), "name");
        PictureText.Write(html, x + 14, y + 64, PictureText.Fit(detail, (width - 26) / 7), "small");
    }

    private static CheckStatus StatusOf(bool? passed) => passed switch
    {
        true => CheckStatus.Pass,
        false => CheckStatus.Fail,
        _ => CheckStatus.Unknown,
    };

    private static string Passes(bool? passed) => passed switch { true => "Passes", false => "Does not pass", _ => "Not known" };

    private static string Aligned(bool? aligned) => aligned switch { true => "Aligned", false => "Not aligned", _ => "Not known" };

    private static string Mode(string? mode) => mode is null ? string.Empty : mode.ToLowerInvariant();

    private static void WriteWords(HtmlWriter html, ReportMailPath path)
    {
        using (html.Open("dl", ("class", "words")))
        {
            WriteWord(html, "Why", path.Reason);
            WriteWord(html, "What to do", path.Recommendation);
            WriteWord(html, "Taken for granted", string.Join(" ", path.Assumptions));
            WriteWord(html, "Sending", path.Sending);
            if (path.Record is { } record)
            {
                html.Element("dt", "DMARC record");
                using (html.Open("dd"))
                {
                    html.Element("code", HtmlFinding.Clip(record));
                }
            }
        }
    }

    private static void WriteWord(HtmlWriter html, string label, string text)
    {
        if (text.Length > 0)
        {
            html.Element("dt", label);
            html.Element("dd", HtmlFinding.Clip(text));
        }
    }
}

/// <summary>Numbers and texts inside pictures.</summary>
internal static class PictureText
{
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Cut in its middle: of a domain name both ends tell something. The text alternative has the whole.</summary>
    public static string Fit(string text, int length)
    {
        string visible = VisibleText.Escape(text);
        if (visible.Length <= length) return visible;

        int head = (length - 1) / 2;
        return visible.Substring(0, head) + "\u2026" + visible.Substring(visible.Length - (length - 1 - head));
    }

    public static void Write(HtmlWriter html, int x, int y, string text, string look, string? anchor = null) =>
        html.Element("text", text, ("x", Number(x)), ("y", Number(y)), ("class", look), ("text-anchor", anchor));

    public static void Box(HtmlWriter html, int x, int y, int width, int height, string look) =>
        html.Element("rect", string.Empty, ("x", Number(x)), ("y", Number(y)), ("width", Number(width)), ("height", Number(height)), ("rx", Number(Math.Min(8, height / 2))), ("class", look));
}
