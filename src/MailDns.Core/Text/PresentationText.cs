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

/// <summary>The &lt;character-string&gt; of RFC 1035 section 3.3: at most 255 octets. In MailDns a character of DNS text is one octet.</summary>
internal static class CharacterStrings
{
    /// <summary>Most octets in one character-string (RFC 1035 section 3.3).</summary>
    public const int MaxOctets = 255;

    // ISO 8859-1: each octet is the character of its number.
    private static readonly Encoding s_octets = Encoding.GetEncoding(28591);

    /// <summary>Splits a value into character-strings of at most 255 octets; an empty value is one empty string.</summary>
    public static string[] Split(string value)
    {
        if (value.Length <= MaxOctets) return new[] { value };

        var parts = new List<string>((value.Length / MaxOctets) + 1);
        for (int start = 0; start < value.Length; start += MaxOctets)
            parts.Add(value.Substring(start, Math.Min(MaxOctets, value.Length - start)));

        return parts.ToArray();
    }

    /// <summary>Joins the strings of one TXT record without any separator (RFC 7208 section 3.3, RFC 6376 section 3.6.2.2).</summary>
    public static string Join(IReadOnlyList<string> strings) => strings.Count == 1 ? strings[0] : string.Concat(strings);

    /// <summary>The octets of DNS text: one character, one octet.</summary>
    public static byte[] GetOctets(string text)
    {
        var octets = new byte[text.Length];
        for (int i = 0; i < text.Length; i++)
            octets[i] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';

        return octets;
    }

    /// <summary>DNS text from octets: one octet, one character.</summary>
    public static string FromOctets(byte[] octets, int offset, int count) => s_octets.GetString(octets, offset, count);
}
