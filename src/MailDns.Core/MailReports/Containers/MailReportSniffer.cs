using System.Text;

namespace MailDns.MailReports;

/// <summary>What the first octets tell.</summary>
internal enum MailReportContent
{
    Unknown,
    Empty,
    Xml,
    WebPage,
    Json,
    Gzip,
    Zip,
    Mail,
    Mailbox,
    OutlookMessage,
}

/// <summary>Tells what something is by its first octets. Names and media types are not asked: reporters get them wrong.</summary>
internal static class MailReportSniffer
{
    public static MailReportContent Tell(byte[] head, int length)
    {
        if (length == 0) return MailReportContent.Empty;
        if (Starts(head, length, 0x1F, 0x8B)) return MailReportContent.Gzip;

        if (Starts(head, length, 0x50, 0x4B, 3, 4) || Starts(head, length, 0x50, 0x4B, 5, 6))
            return MailReportContent.Zip;

        if (Starts(head, length, 0xD0, 0xCF, 0x11, 0xE0)) return MailReportContent.OutlookMessage;

        string text = Text(head, length);
        if (text.Length == 0) return MailReportContent.Empty;

        return text[0] switch
        {
            '<' => IsWebPage(text) ? MailReportContent.WebPage : MailReportContent.Xml,
            '{' => MailReportContent.Json,
            _ when text.StartsWith("From ", StringComparison.Ordinal) => MailReportContent.Mailbox,
            _ => IsHeader(text) ? MailReportContent.Mail : MailReportContent.Unknown,
        };
    }

    // Byte order marks, blanks and the zeros of UTF-16 say nothing here.
    private static string Text(byte[] head, int length)
    {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++)
        {
            byte b = head[i];
            bool isMark = i < 3 && b is 0xEF or 0xBB or 0xBF or 0xFE or 0xFF && text.Length == 0;
            bool isBlank = b is 0 or 0x20 or 0x09 or 0x0A or 0x0D;
            if (!isMark && !(isBlank && (text.Length == 0 || b == 0))) text.Append((char)b);
        }

        return text.ToString();
    }

    private static bool IsWebPage(string text) =>
        text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    // RFC 5322 section 2.2: a name of printable characters without a colon, then a colon.
    private static bool IsHeader(string text)
    {
        int colon = 0;
        while (colon < text.Length && text[colon] is > ' ' and < (char)0x7F and not ':')
            colon++;

        int end = text.IndexOf('\n');
        return colon > 0 && colon < 80 && colon < text.Length && text[colon] == ':' && char.IsLetter(text[0]) && end > colon
            && text.IndexOf(':', Math.Min(end, text.Length - 1)) > 0;
    }

    private static bool Starts(byte[] head, int length, params byte[] magic)
    {
        if (length < magic.Length) return false;

        for (int i = 0; i < magic.Length; i++)
        {
            if (head[i] != magic[i]) return false;
        }

        return true;
    }
}
