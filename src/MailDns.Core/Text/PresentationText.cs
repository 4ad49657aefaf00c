using System.Text;

namespace MailDns.Text;

/// <summary>Character-strings in the presentation format of RFC 1035 section 5.1: in double quotes, \X for a quote or a backslash, \DDD for what does not print.</summary>
internal static class PresentationText
{
    /// <summary>Each string in quotes, separated by spaces.</summary>
    /// <param name="strings">At most 255 octets each, an octet a character.</param>
    /// <param name="octal">Amazon Route 53 takes the three digits of \DDD as octal, everything else as decimal.</param>
    public static string Quote(IReadOnlyList<string> strings, bool octal = false)
    {
        var text = new StringBuilder();
        foreach (string one in strings)
        {
            text.Append(text.Length > 0 ? " \"" : "\"");
            Append(text, one, octal);
            text.Append('"');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string value, bool octal)
    {
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                AppendNumber(text, c, octal ? 8 : 10);
        }
    }

    private static void AppendNumber(StringBuilder text, int value, int radix) =>
        text.Append('\\').Append((char)('0' + (value / (radix * radix)))).Append((char)('0' + (value / radix % radix))).Append((char)('0' + (value % radix)));
}
