using System.Text;

namespace MailDns.Text;

/// <summary>
/// The &lt;character-string&gt; of RFC 1035 section 3.3: at most 255 octets. In MailDns a character of DNS text is one octet.
/// </summary>
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
    public static string Join(IReadOnlyList<string> strings) =>
        strings.Count == 1 ? strings[0] : string.Concat(strings);

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
