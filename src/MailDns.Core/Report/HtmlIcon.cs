namespace MailDns.Report;

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
