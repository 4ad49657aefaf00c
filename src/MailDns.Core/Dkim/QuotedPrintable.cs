using System.Text;

namespace MailDns.Dkim;

/// <summary>The qp-section (RFC 2045 section 6.7) that the note n= of a key record is written in (RFC 6376 section 3.6.1).</summary>
internal static class QuotedPrintable
{
    /// <summary>The note as text: UTF-8. False, with the offset of the fault, where the text is no qp-section.</summary>
    public static bool TryDecode(string text, out string decoded, out int offset)
    {
        var octets = new byte[text.Length];
        int count = 0;
        bool valid = true;
        offset = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && IsHex(text[i + 1]) && IsHex(text[i + 2]))
            {
                octets[count++] = byte.Parse(text.Substring(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                i += 2;
                continue;
            }

            if (text[i] == '=' && valid)
            {
                valid = false;
                offset = i;
            }

            octets[count++] = text[i] <= 0xFF ? (byte)text[i] : (byte)'?';
        }

        decoded = Encoding.UTF8.GetString(octets, 0, count);
        return valid;
    }

    /// <summary>Encodes a note. The semicolon, which would end the tag, is encoded too, and white space at either end.</summary>
    public static string Encode(string note)
    {
        byte[] octets = Encoding.UTF8.GetBytes(note);
        var encoded = new StringBuilder(octets.Length);
        for (int i = 0; i < octets.Length; i++)
        {
            bool edge = i == 0 || i == octets.Length - 1;
            char c = (char)octets[i];
            bool plain = (c > ' ' && c < 0x7F && c != '=' && c != ';') || (c == ' ' && !edge);
            if (plain)
                encoded.Append(c);
            else
                encoded.Append('=').Append(octets[i].ToString("X2", CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }

    // Capitals only (RFC 2045 section 6.7 rule 1).
    private static bool IsHex(char c) => (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}
