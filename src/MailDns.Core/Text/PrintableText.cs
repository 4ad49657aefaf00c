using System.Text;

namespace MailDns.Text;

/// <summary>
/// Makes text that came from outside safe to show. Everything but printable ASCII becomes a decimal escape
/// <c>\DDD</c> as in a zone file (RFC 1035 section 5.1), so no control character or escape sequence reaches a terminal.
/// </summary>
internal static class PrintableText
{
    /// <summary>Longest text that a message quotes; the rest is cut with an ellipsis.</summary>
    private const int LongestQuote = 120;

    /// <summary>The text with every character outside 0x20-0x7E escaped.</summary>
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    public static string Escape(string? text)
    {
        if (text is null) return string.Empty;

        int first = 0;
        while (first < text.Length && IsPrintable(text[first]))
            first++;

        if (first == text.Length) return text;

        var builder = new StringBuilder(text, 0, first, text.Length + 16);
        for (int i = first; i < text.Length; i++)
            AppendEscaped(builder, text[i]);

        return builder.ToString();
    }

    /// <summary>The escaped text in double quotes, cut to a length that fits a message.</summary>
    public static string Quote(string? text)
    {
        string escaped = Escape(text);
        return escaped.Length <= LongestQuote
            ? "\"" + escaped + "\""
            : "\"" + escaped.Substring(0, LongestQuote - 3) + "...\"";
    }

    private static bool IsPrintable(char c) => c >= 0x20 && c <= 0x7E;

    private static void AppendEscaped(StringBuilder builder, char c)
    {
        if (IsPrintable(c))
            builder.Append(c);
        else if (c <= 0xFF)
            builder.Append('\\').Append((char)('0' + (c / 100))).Append((char)('0' + (c / 10 % 10))).Append((char)('0' + (c % 10)));
        else
            builder.Append("\\u").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <summary>Values as PowerShell source.</summary>
internal static class PowerShellText
{
    /// <summary>
    /// A single-quoted string, in which nothing is expanded. PowerShell takes the typographic quotes U+2018 to U+201B for the
    /// quote as well, so they are doubled too.
    /// </summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (char c in value)
        {
            text.Append(c);
            if (c is '\'' or (>= '\u2018' and <= '\u201B')) text.Append(c);
        }

        return text.Append('\'').ToString();
    }
}
