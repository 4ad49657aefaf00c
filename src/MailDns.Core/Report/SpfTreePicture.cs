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
