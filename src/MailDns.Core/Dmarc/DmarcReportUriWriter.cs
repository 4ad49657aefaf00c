using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.Dmarc;

/// <summary>Makes a reporting URI of what a person gives: a URI, or a bare address that becomes a mailto: URI (RFC 6068 section 2).</summary>
internal static class DmarcReportUriWriter
{
    // Characters of a local part that need no encoding: unreserved, and those sub-delims that RFC 6068, RFC 9989 and the
    // tag-list leave free.
    private const string FreeMarks = "-._~$'*+";

    // The tag that was pasted with its value.
    private static readonly Regex s_tag = new("^(?:ru[af]|rau|iodef)\\s*[=:]+\\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PastedText.PatternTime);

    // mailto: as people write it. "mailto://" has an authority and no mailbox (RFC 3986 section 3.2, RFC 6068 section 2).
    private static readonly Regex s_mailTo = new(
        "^(?:mailto|mailtto|mail-to|malto|mailot|mailo|mailt|mail|e-?mail)\\s*[:=;]+[\\s/]*(?=[^@\\s]*@)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PastedText.PatternTime);

    private static readonly Regex s_space = new("(?<=mailto)\\s*:[\\s/]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PastedText.PatternTime);

    // No mailbox begins with these and "=": it is more of a record than was meant.
    private static readonly Regex s_notMailbox = new("^(?:v|p|sp|np|rua|ruf|adkim|aspf|fo|to|mailto|mail|email)=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, PastedText.PatternTime);

    /// <summary>The URI as it stands in a record, with "," "!" ";" percent-encoded.</summary>
    /// <exception cref="ArgumentException">The text is neither a URI nor one address.</exception>
    public static string Write(string given, string parameter)
    {
        string text = Understand(given ?? string.Empty);
        if (text.Length == 0)
            throw new ArgumentException("A report address is empty; give an address such as reports@contoso.com or a URI.", parameter);

        string? scheme = DmarcReportUriReader.SchemeOf(text);
        if (scheme is not (null or "mailto" or "https" or "http"))
            throw new ArgumentException(PrintableText.Quote(text) + " is not a reporting URI: reports go to mailto: and https: addresses.", parameter);

        string uri = scheme is null ? FromAddress(text, parameter) : EncodeDelimiters(text, scheme, parameter);
        var faults = new List<TextFault>();
        DmarcReportUri read = DmarcReportUriReader.ReadSingle("URI", uri, faults);
        return faults.Count == 0 && read.IsValid && read.ReportSize is null
            ? uri
            : throw new ArgumentException(faults.Count > 0 ? faults[0].Message : PrintableText.Quote(text) + " is not a reporting URI.", parameter);
    }

    /// <summary>The list of URIs that a broken list stands for, separated by commas; null where one of them cannot be told.</summary>
    public static string? TryUnderstandList(string text)
    {
        var uris = new List<string>();
        string list = s_space.Replace(text, ":");
        int start = 0;
        while (start < list.Length)
        {
            int end = list.IndexOfAny(new[] { ',', ' ', '|', ';' }, start);
            end = end < 0 ? list.Length : end;
            string piece = list.Substring(start, end - start);
            bool isAfterComma = start > 0 && list[start - 1] == ',';
            start = end + 1;
            if (piece.Length == 0) continue;

            // "mailto:a,b@domain": the comma belongs to the mailbox.
            if (isAfterComma && uris.Count > 0 && IsCutMailTo(uris[uris.Count - 1]) && DmarcReportUriReader.SchemeOf(piece) is null)
            {
                uris[uris.Count - 1] += "%2C" + piece;
                continue;
            }

            uris.Add(IsCutMailTo(piece) ? piece : WithoutSize(piece));
        }

        string?[] written = uris.Select(TryWrite).ToArray();
        if (uris.Count == 1 && IsCutMailTo(uris[0])) return uris[0];

        return written.Length == 0 || Array.IndexOf(written, null) >= 0 ? null : string.Join(",", written.Distinct(StringComparer.Ordinal));
    }

    /// <summary>True where the list ends in a mailto: without its domain: what follows belongs to the mailbox.</summary>
    public static bool IsCutMailTo(string list)
    {
        string last = list.Substring(list.LastIndexOf(',') + 1).Trim();
        return DmarcReportUriReader.SchemeOf(last) == "mailto" && last.IndexOf('@') < 0 && last.Length > "mailto:".Length;
    }

    private static string? TryWrite(string text)
    {
        try
        {
            return Write(text, string.Empty);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    // A size limit is obsolete and read by nobody (RFC 9989 appendix C.5.2).
    private static string WithoutSize(string text)
    {
        var faults = new List<TextFault>();
        DmarcReportUri read = DmarcReportUriReader.ReadSingle(string.Empty, text, faults);
        return read.ReportSize is null ? text : read.RawUri;
    }

    // What was pasted with the address is left out: the tag, brackets, quotes, a dot or a separator at the end.
    private static string Understand(string given)
    {
        // Inner quotes are those of a local part; a control character is for nobody to guess at.
        string text = given.Any(c => c < ' ' && !TagList.IsWhiteSpace(c)) ? given : PastedText.Plain(given).Trim();
        bool isQuoted = text.Length > 2 && text[0] == '"' && text[text.Length - 1] == '"';
        text = (isQuoted ? text.Substring(1, text.Length - 2) : text).Trim(' ', '<', '>', '\'', ',', ';');
        text = s_tag.Replace(text, string.Empty).Trim('<', '>', ' ');
        text = s_mailTo.Replace(text, "mailto:").Replace("mailto:<", "mailto:");
        bool isMailbox = text.IndexOf('@') > 0 && (DmarcReportUriReader.SchemeOf(text) is null or "mailto");
        return isMailbox ? text.TrimStart('/').TrimEnd('.') : text;
    }

    private static string FromAddress(string address, string parameter)
    {
        int at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
            throw new ArgumentException(PrintableText.Quote(address) + " is neither an address such as reports@contoso.com nor a URI.", parameter);

        string local = address.Substring(0, at);
        if (s_notMailbox.IsMatch(local))
            throw new ArgumentException(PrintableText.Quote(address) + " contains more of a record than an address; give the address alone.", parameter);

        if (local[0] != '"' && local.IndexOf('@') >= 0)
            throw new ArgumentException(PrintableText.Quote(address) + " contains more than one address; give each one on its own.", parameter);

        if (!DomainName.TryParse(address.Substring(at + 1), out DomainName? domain, out string reason))
            throw new ArgumentException("The domain of " + PrintableText.Quote(address) + " is not valid: " + reason, parameter);

        return "mailto:" + EncodeLocalPart(local, address, parameter) + "@" + domain!.Text;
    }

    private static string EncodeLocalPart(string local, string address, string parameter)
    {
        var builder = new StringBuilder(local.Length + 8);
        foreach (char c in local)
        {
            if (c < 0x20 || c > 0x7E || (c == ' ' && local[0] != '"'))
            {
                throw new ArgumentException(
                    "The mailbox " + PrintableText.Quote(address) + " contains " + PrintableText.Quote(c.ToString()) + ", which no mailbox for reports may hold (RFC 5321 section 4.1.2).",
                    parameter);
            }

            bool free = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || FreeMarks.IndexOf(c) >= 0;
            Append(builder, c, free);
        }

        return builder.ToString();
    }

    // A "," between two mailto URIs is a pasted list, not a character of one URI.
    private static string EncodeDelimiters(string text, string scheme, string parameter)
    {
        if (text.IndexOf("," + scheme + ":", StringComparison.OrdinalIgnoreCase) >= 0)
            throw new ArgumentException(PrintableText.Quote(text) + " contains more than one URI; give each one on its own.", parameter);

        var builder = new StringBuilder(text.Length + 8);
        foreach (char c in text)
            Append(builder, c, free: c != ',' && c != '!' && c != ';');

        return builder.ToString();
    }

    private static void Append(StringBuilder builder, char c, bool free)
    {
        if (free)
            builder.Append(c);
        else
            builder.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
    }
}
