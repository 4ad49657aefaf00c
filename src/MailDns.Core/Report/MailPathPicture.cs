namespace MailDns.Report;

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
