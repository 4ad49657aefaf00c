using System.IO;
using System.Text;

namespace MailDns.MailReports;

/// <summary>Decodes the octets of a report. What is there decides, then the declaration; octets that cannot be are replaced.</summary>
internal static class ReportDecoder
{
    private const int BufferSize = 1 << 15;

    /// <summary>A reader of the text behind the byte order mark.</summary>
    /// <param name="stream">The octets from the start.</param>
    /// <param name="head">The first octets, which the stream gives again.</param>
    /// <param name="count">How many octets of <paramref name="head"/> there are.</param>
    /// <param name="notes">Takes what is wrong with the declaration.</param>
    public static TextReader Open(Stream stream, byte[] head, int count, ReportNotes notes) =>
        new StreamReader(stream, Find(head, count, notes), detectEncodingFromByteOrderMarks: true, BufferSize);

    private static Encoding Find(byte[] head, int count, ReportNotes notes)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);
        if (count >= 2 && head[0] == 0 && head[1] != 0) return Encoding.BigEndianUnicode;
        if (count >= 2 && head[0] != 0 && head[1] == 0) return Encoding.Unicode;

        string? declared = Declared(Encoding.ASCII.GetString(head, 0, Math.Min(count, 400)));
        switch (declared?.ToUpperInvariant())
        {
            case null or "UTF-8" or "UTF8" or "US-ASCII" or "ASCII":
                return utf8;
            case "WINDOWS-1252" or "CP1252" or "ISO-8859-1" or "ISO8859-1" or "LATIN1":
                return new Windows1252();
            case "UTF-16" or "UTF-16LE" or "UTF-16BE" or "UTF-32" or "UCS-2":
                notes.Note("The declared encoding " + declared + " is not that of the text; read as UTF-8.");
                return utf8;
        }

        try
        {
            return Encoding.GetEncoding(declared);
        }
        catch (ArgumentException)
        {
            notes.Note("The declared encoding " + Text.PrintableText.Quote(declared) + " is not known; read as UTF-8.");
            return utf8;
        }
    }

    private static string? Declared(string start)
    {
        int end = start.IndexOf("?>", StringComparison.Ordinal);
        int name = start.IndexOf("encoding", StringComparison.OrdinalIgnoreCase);
        if (name < 0 || end < name || start.IndexOf("<?xml", StringComparison.OrdinalIgnoreCase) < 0) return null;

        int open = start.IndexOfAny(new[] { '"', '\'' }, name);
        int close = open < 0 ? -1 : start.IndexOf(start[open], open + 1);
        return close < 0 || close > end ? null : start.Substring(open + 1, close - open - 1).Trim();
    }
}

/// <summary>windows-1252, which AOL and others declare and .NET knows only with a further package. Also serves ISO 8859-1, as in HTML.</summary>
internal sealed class Windows1252 : Encoding
{
    private const string HighControls =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex)
    {
        for (int i = 0; i < charCount; i++)
        {
            char c = chars[charIndex + i];
            int high = c > 0xFF ? HighControls.IndexOf(c) : -1;
            bytes[byteIndex + i] = high >= 0 ? (byte)(0x80 + high) : c <= 0xFF ? (byte)c : (byte)'?';
        }

        return charCount;
    }

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (int i = 0; i < byteCount; i++)
        {
            byte b = bytes[byteIndex + i];
            chars[charIndex + i] = b is >= 0x80 and < 0xA0 ? HighControls[b - 0x80] : (char)b;
        }

        return byteCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
