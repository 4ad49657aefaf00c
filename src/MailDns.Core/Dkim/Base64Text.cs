using System.Text;

namespace MailDns.Dkim;

/// <summary>The base64string of RFC 6376 section 2.10: white space may stand anywhere in it.</summary>
internal static class Base64Text
{
    /// <summary>
    /// Decodes; where that is not possible, <paramref name="problem"/> says why and <paramref name="offset"/> where in the
    /// text. The message never repeats the text, which may be a private key.
    /// </summary>
    public static bool TryDecode(string text, out byte[] octets, out string problem, out int offset)
    {
        octets = Array.Empty<byte>();
        // Mostly there is no white space, and the text is decoded where it stands.
        char[]? bare = null;
        int length = 0;
        int padding = 0;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (TagList.IsWhiteSpace(c))
            {
                bare ??= text.ToCharArray();
                continue;
            }

            offset = i;
            if (c == '=')
            {
                padding++;
            }
            else if (!IsBase64(c))
            {
                problem = "the character " + PrintableText.Quote(c.ToString()) + " is not a base64 character";
                return false;
            }
            else if (padding > 0)
            {
                problem = "text follows the padding \"=\"";
                return false;
            }

            if (bare is not null) bare[length] = c;

            length++;
        }

        offset = text.Length;
        return TryDecodeBare(text, bare, length, padding, out octets, out problem);
    }

    /// <summary>The text without white space, padded to a whole number of groups.</summary>
    public static string Normalize(string text)
    {
        var bare = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (IsBase64(c)) bare.Append(c);
        }

        return bare.Append('=', (4 - (bare.Length % 4)) % 4).ToString();
    }

    public static bool IsBase64(char c) =>
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';

    private static bool TryDecodeBare(string text, char[]? bare, int length, int padding, out byte[] octets, out string problem)
    {
        octets = Array.Empty<byte>();
        problem = string.Empty;
        if (padding > 2 || (length - padding) % 4 == 1)
            problem = "its length is that of no base64 text: something is missing or too much";
        else if (length % 4 != 0)
            problem = "the padding \"=\" at the end is missing or too long, or the text is cut off";
        else
            octets = bare is null ? Convert.FromBase64String(text) : Convert.FromBase64CharArray(bare, 0, length);

        return problem.Length == 0;
    }
}
