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
