using System.Text;

namespace MailDns.Crypto;

/// <summary>The text of a key's file in arrays that can be cleared.</summary>
internal static class KeyFileText
{
    /// <summary>The characters; a byte order mark is obeyed, since Windows PowerShell redirects to UTF-16.</summary>
    public static char[] Decode(byte[] file)
    {
        if (Begins(file, 0xFF, 0xFE)) return Encoding.Unicode.GetChars(file, 2, file.Length - 2);
        if (Begins(file, 0xFE, 0xFF)) return Encoding.BigEndianUnicode.GetChars(file, 2, file.Length - 2);

        int start = Begins(file, 0xEF, 0xBB, 0xBF) ? 3 : 0;
        return Encoding.GetEncoding(28591).GetChars(file, start, file.Length - start);
    }

    /// <summary>Decodes base64, white space aside.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static byte[] DecodeBase64(char[] text, int start, int end)
    {
        try
        {
            return Convert.FromBase64CharArray(text, start, end - start);
        }
        catch (FormatException exception)
        {
            throw new FormatException("it is not base64 between its lines", exception);
        }
    }

    private static bool Begins(byte[] file, params byte[] mark)
    {
        if (file.Length < mark.Length) return false;

        for (int i = 0; i < mark.Length; i++)
        {
            if (file[i] != mark[i]) return false;
        }

        return true;
    }
}
