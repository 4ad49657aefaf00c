using System.Text;

namespace MailDns.Crypto;

/// <summary>Writes and finds PEM (RFC 7468) in arrays that can be cleared, never in strings.</summary>
internal static class PemText
{
    private const int LineLength = 64;
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";

    /// <summary>One block in ASCII, with lines of 64 characters (RFC 7468 section 2). The caller clears the octets.</summary>
    public static byte[] Write(string label, byte[] octets)
    {
        var base64 = new char[(octets.Length + 2) / 3 * 4];
        Convert.ToBase64CharArray(octets, 0, octets.Length, base64, 0);
        string head = Begin + label + Dashes + "\n";
        string tail = End + label + Dashes + "\n";
        int lines = (base64.Length + LineLength - 1) / LineLength;
        var text = new byte[head.Length + base64.Length + lines + tail.Length];
        int position = Put(text, 0, head);
        for (int i = 0; i < base64.Length; i++)
        {
            text[position++] = (byte)base64[i];
            if (i % LineLength == LineLength - 1 || i == base64.Length - 1) text[position++] = (byte)'\n';
        }

        Put(text, position, tail);
        Array.Clear(base64, 0, base64.Length);
        return text;
    }

    /// <summary>The first block that begins at or behind <paramref name="start"/>; null where there is none.</summary>
    /// <exception cref="FormatException">A block has no end.</exception>
    public static PemBlock? Next(char[] text, int start)
    {
        int begin = IndexOf(text, Begin, start);
        if (begin < 0) return null;

        int labelStart = begin + Begin.Length;
        int labelEnd = IndexOf(text, Dashes, labelStart);
        if (labelEnd < 0 || labelEnd - labelStart > LineLength) throw new FormatException("its BEGIN line is broken");

        string label = new(text, labelStart, labelEnd - labelStart);
        string tail = End + label + Dashes;
        int bodyStart = labelEnd + Dashes.Length;
        int bodyEnd = IndexOf(text, tail, bodyStart);
        return bodyEnd < 0
            ? throw new FormatException("its END line is missing, so it is cut off")
            : new PemBlock(label, begin, bodyStart, bodyEnd, bodyEnd + tail.Length);
    }

    private static int Put(byte[] text, int position, string line)
    {
        foreach (char c in line)
            text[position++] = (byte)c;

        return position;
    }

    private static int IndexOf(char[] text, string sought, int start)
    {
        for (int i = start; i <= text.Length - sought.Length; i++)
        {
            int k = 0;
            while (k < sought.Length && text[i + k] == sought[k])
                k++;

            if (k == sought.Length) return i;
        }

        return -1;
    }
}

/// <summary>Where a PEM block stands in a text.</summary>
internal sealed class PemBlock(string label, int start, int bodyStart, int bodyEnd, int end)
{
    public string Label { get; } = label;
    public int Start { get; } = start;
    public int BodyStart { get; } = bodyStart;
    public int BodyEnd { get; } = bodyEnd;
    public int End { get; } = end;
    public bool IsPrivateKey => Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal);

    /// <summary>True for the old form of OpenSSL, with headers (RFC 1421 section 4.6) before the base64 text.</summary>
    public bool HasHeaders(char[] text) => Array.IndexOf(text, ':', BodyStart, BodyEnd - BodyStart) >= 0;
}

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
