using System.Text;

namespace MailDns.Formats;

/// <summary>Strings of JSON (RFC 8259 section 7). YAML reads them the same (YAML 1.2 section 1.3), and so does JavaScript.</summary>
internal static class JsonText
{
    private const string Digits = "0123456789abcdef";

    /// <summary>The text in double quotes. All but printable ASCII is escaped, so no reader can differ about encodings or line separators.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (c is >= ' ' and <= '~')
                text.Append(c);
            else
                AppendUnicode(text, c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>Appends \uXXXX.</summary>
    public static void AppendUnicode(StringBuilder text, char c) =>
        text.Append("\\u").Append(Digits[c >> 12]).Append(Digits[(c >> 8) & 0xF]).Append(Digits[(c >> 4) & 0xF]).Append(Digits[c & 0xF]);
}
