using System.Text;

namespace MailDns.Dmarc;

/// <summary>Makes a reporting URI of what a person gives: a URI, or a bare address that becomes a mailto: URI (RFC 6068 section 2).</summary>
internal static class DmarcReportUriWriter
{
    // Characters of a local part that need no encoding: unreserved, and those sub-delims that RFC 6068, RFC 9989 and the
    // tag-list leave free.
    private const string FreeMarks = "-._~$'*+";

    /// <summary>The URI as it stands in a record, with "," "!" ";" percent-encoded.</summary>
    /// <exception cref="ArgumentException">The text is neither a URI nor one address.</exception>
    public static string Write(string given, string parameter)
    {
        string text = (given ?? string.Empty).Trim();
        if (text.Length == 0)
        {
            throw new ArgumentException("A report address is empty; give an address such as reports@contoso.com or a URI.", parameter);
        }

        string? scheme = DmarcReportUriReader.SchemeOf(text);
        string uri = scheme is null ? FromAddress(text, parameter) : EncodeDelimiters(text, scheme, parameter);
        var faults = new List<DmarcFault>();
        DmarcReportUri read = DmarcReportUriReader.ReadSingle("URI", uri, faults);
        return faults.Count == 0 && read.IsValid && read.ReportSize is null
            ? uri
            : throw new ArgumentException(faults.Count > 0 ? faults[0].Message : PrintableText.Quote(text) + " is not a reporting URI.", parameter);
    }

    private static string FromAddress(string address, string parameter)
    {
        int at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1)
        {
            throw new ArgumentException(PrintableText.Quote(address) + " is neither an address such as reports@contoso.com nor a URI.", parameter);
        }

        string local = address.Substring(0, at);
        if (local[0] != '"' && local.IndexOf('@') >= 0)
        {
            throw new ArgumentException(PrintableText.Quote(address) + " holds more than one address; give each one on its own.", parameter);
        }

        if (!DomainName.TryParse(address.Substring(at + 1), out DomainName? domain, out string reason))
        {
            throw new ArgumentException("The domain of " + PrintableText.Quote(address) + " is not valid: " + reason, parameter);
        }

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
                    "The mailbox " + PrintableText.Quote(address) + " holds " + PrintableText.Quote(c.ToString()) + ", which no mailbox for reports may hold (RFC 5321 section 4.1.2).",
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
        {
            throw new ArgumentException(PrintableText.Quote(text) + " holds more than one URI; give each one on its own.", parameter);
        }

        var builder = new StringBuilder(text.Length + 8);
        foreach (char c in text)
        {
            Append(builder, c, free: c != ',' && c != '!' && c != ';');
        }

        return builder.ToString();
    }

    private static void Append(StringBuilder builder, char c, bool free)
    {
        if (free)
        {
            builder.Append(c);
        }
        else
        {
            builder.Append('%').Append(((int)c).ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
