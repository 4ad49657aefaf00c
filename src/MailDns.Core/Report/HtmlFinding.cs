namespace MailDns.Report;

/// <summary>One finding: what is wrong, what to do, what the facts are, and which text says so.</summary>
internal static class HtmlFinding
{
    // A value longer than this is evidence that nobody reads to its end; JSON has the whole.
    private const int LongestText = 2000;

    public static void Write(HtmlWriter html, ReportCheck check)
    {
        using (html.Open("li", ("class", "finding s-" + check.Status), ("data-status", check.Status.ToString())))
        {
            using (html.Open("p", ("class", "finding-head")))
            {
                using (html.Open("span", ("class", "badge")))
                {
                    HtmlIcon.Status(html, check.Status);
                    html.Text(VerdictText.StatusLabel(check.Status));
                }

                html.Element("code", check.Id, ("class", "id"));
            }

            html.Element("p", Clip(check.Message), ("class", "message"));
            using (html.Open("dl"))
            {
                WriteFact(html, "What to do", check.Recommendation, isCode: false, "todo");
                WriteFact(html, "Expected", check.Expected, isCode: true);
                WriteFact(html, "Found", check.Actual, isCode: true);
                WriteFact(html, "Rule", check.Title, isCode: false);
                WriteReference(html, check.Reference);
            }
        }

        html.NewLine();
    }

    /// <summary>The text, or its start and how much more there is.</summary>
    public static string Clip(string text) => text.Length <= LongestText
        ? text
        : text.Substring(0, LongestText) + "... (" + (text.Length - LongestText).ToString(CultureInfo.InvariantCulture) + " more characters)";

    private static void WriteFact(HtmlWriter html, string label, string? text, bool isCode, string? look = null)
    {
        if (string.IsNullOrEmpty(text)) return;

        html.Element("dt", label, ("class", look));
        using (html.Open("dd", ("class", look)))
        {
            if (isCode)
                html.Element("code", Clip(text!));
            else
                html.Text(Clip(text!));
        }
    }

    private static void WriteReference(HtmlWriter html, string reference)
    {
        if (reference.Length == 0) return;

        html.Element("dt", "Source");
        using (html.Open("dd"))
        {
            string[] parts = Clip(reference).Split(new[] { "; " }, StringSplitOptions.None);
            for (int i = 0; i < parts.Length; i++)
            {
                html.Text(i == 0 ? string.Empty : "; ");
                WriteLink(html, parts[i]);
            }
        }
    }

    private static void WriteLink(HtmlWriter html, string reference)
    {
        if (ReferenceLink.Of(reference) is { } address)
            html.Element("a", reference, ("href", address), ("rel", "noopener noreferrer"));
        else
            html.Text(reference);
    }
}

/// <summary>The page that a reference means, where that is certain.</summary>
internal static class ReferenceLink
{
    private const string Rfc = "RFC ";
    private const string Section = " section ";

    /// <summary>An https address, or null. Of several references the first counts.</summary>
    public static string? Of(string reference)
    {
        if (reference.StartsWith("https://", StringComparison.Ordinal))
        {
            string address = reference.Split(' ', ';')[0];
            return Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps ? uri.AbsoluteUri : null;
        }

        return reference.StartsWith(Rfc, StringComparison.Ordinal) ? OfRfc(reference.Substring(Rfc.Length)) : null;
    }

    private static string? OfRfc(string rest)
    {
        string digits = TakeWhile(rest, char.IsDigit);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number == 0)
            return null;

        string page = "https://www.rfc-editor.org/rfc/rfc" + number.ToString(CultureInfo.InvariantCulture);
        string after = rest.Substring(digits.Length);
        string section = after.StartsWith(Section, StringComparison.Ordinal)
            ? TakeWhile(after.Substring(Section.Length), c => c == '.' || (c >= '0' && c <= '9')).Trim('.')
            : string.Empty;
        return section.Length == 0 ? page : page + "#section-" + section;
    }

    private static string TakeWhile(string text, Func<char, bool> accept)
    {
        int length = 0;
        while (length < text.Length && text[length] < 0x7F && accept(text[length]))
            length++;

        return text.Substring(0, length);
    }
}

/// <summary>Small pictures. All are decoration: a text beside each says the same.</summary>
internal static class HtmlIcon
{
    public static void Status(HtmlWriter html, CheckStatus status, string size = "icon")
    {
        using (html.Open("svg", ("class", size + " s-" + status), ("viewBox", "0 0 16 16"), ("aria-hidden", "true")))
        {
            DrawStatus(html, status);
        }
    }

    /// <summary>The shape alone, for use inside a picture; 16 by 16 units from the origin.</summary>
    public static void DrawStatus(HtmlWriter html, CheckStatus status)
    {
        if (status == CheckStatus.Warning)
            html.Element("path", string.Empty, ("class", "shape"), ("d", "M8 .9 15.4 14a1 1 0 0 1-.9 1.5H1.5A1 1 0 0 1 .6 14z"));
        else
            html.Element("circle", string.Empty, ("class", "shape"), ("cx", "8"), ("cy", "8"), ("r", "8"));

        html.Element("path", string.Empty, ("class", "glyph"), ("d", GlyphOf(status)));
    }

    public static void Copy(HtmlWriter html)
    {
        using (html.Open("svg", ("class", "icon line"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true")))
        {
            html.Element("path", string.Empty, ("d", "M5.5 5.5V3.2c0-.7.5-1.2 1.2-1.2h6.1c.7 0 1.2.5 1.2 1.2v6.1c0 .7-.5 1.2-1.2 1.2h-2.3M3.2 5.5h6.1c.7 0 1.2.5 1.2 1.2v6.1c0 .7-.5 1.2-1.2 1.2H3.2c-.7 0-1.2-.5-1.2-1.2V6.7c0-.7.5-1.2 1.2-1.2z"));
        }
    }

    public static void Envelope(HtmlWriter html)
    {
        using (html.Open("svg", ("class", "icon line"), ("viewBox", "0 0 16 16"), ("aria-hidden", "true")))
        {
            html.Element("path", string.Empty, ("d", "M2.2 3h11.6c.7 0 1.2.5 1.2 1.2v7.6c0 .7-.5 1.2-1.2 1.2H2.2C1.5 13 1 12.5 1 11.8V4.2C1 3.5 1.5 3 2.2 3zM1.3 4l6.7 5 6.7-5"));
        }
    }

    private static string GlyphOf(CheckStatus status) => status switch
    {
        CheckStatus.Fail => "M5.4 5.4l5.2 5.2M10.6 5.4l-5.2 5.2",
        CheckStatus.Unknown => "M5.9 6.1a2.15 2.15 0 1 1 3.1 2c-.7.35-1 .7-1 1.4M8 12v.01",
        CheckStatus.Warning => "M8 6v3.8M8 12.4v.01",
        CheckStatus.Info => "M8 7.3v4M8 4.5v.01",
        CheckStatus.Pass => "M4.7 8.3l2.3 2.3 4.3-4.8",
        _ => "M5 8h6",
    };
}
