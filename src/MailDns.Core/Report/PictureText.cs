namespace MailDns.Report;

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
