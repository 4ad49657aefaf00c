using System.Text;

namespace MailDns.Bimi;

/// <summary>Looks for a DOCTYPE in front of the root element (XML 1.0 section 2.8) without letting any XML reader act on it.</summary>
internal static class SvgProlog
{
    public static SvgDoctype FindDoctype(byte[] content)
    {
        string text = Decode(content);
        int at = SkipMisc(text);
        if (at < 0 || string.CompareOrdinal(text, at, "<!DOCTYPE", 0, 9) != 0) return SvgDoctype.None;

        return HasSubset(text, at + 9) ? SvgDoctype.WithSubset : SvgDoctype.Plain;
    }

    // Only ASCII matters here, so any ASCII-compatible encoding may pass for Latin-1.
    private static string Decode(byte[] content)
    {
        if (content.Length >= 2 && content[0] == 0xFF && content[1] == 0xFE)
            return Encoding.Unicode.GetString(content, 2, content.Length - 2);

        if (content.Length >= 2 && content[0] == 0xFE && content[1] == 0xFF)
            return Encoding.BigEndianUnicode.GetString(content, 2, content.Length - 2);

        int start = content.Length >= 3 && content[0] == 0xEF && content[1] == 0xBB && content[2] == 0xBF ? 3 : 0;
        return Encoding.GetEncoding(28591).GetString(content, start, content.Length - start);
    }

    // Past the XML declaration, comments, processing instructions and white space; -1 where one of them has no end.
    private static int SkipMisc(string text)
    {
        int at = 0;
        while (at < text.Length)
        {
            if (text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
                continue;
            }

            string? end = string.CompareOrdinal(text, at, "<?", 0, 2) == 0 ? "?>"
                : string.CompareOrdinal(text, at, "<!--", 0, 4) == 0 ? "-->"
                : null;
            if (end is null) return at;

            int close = text.IndexOf(end, at + 2, StringComparison.Ordinal);
            if (close < 0) return -1;

            at = close + end.Length;
        }

        return -1;
    }

    private static bool HasSubset(string text, int start)
    {
        char quote = '\0';
        for (int i = start; i < text.Length; i++)
        {
            char c = text[i];
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'')
                quote = c;
            else if (c is '[' or '>')
                return c == '[';
        }

        return true;
    }
}
