using MailDns.Dmarc;

namespace MailDns.TlsRpt;

/// <summary>
/// The grammar of a TLS-RPT record (RFC 8460 section 3):
/// <c>tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim]</c>. The URIs are those of DMARC but for
/// the schemes, with "," "!" and ";" percent-encoded, so DMARC's reader reads them.
/// </summary>
internal static class TlsRptParser
{
    private const string Section = "RFC 8460 section 3";
    private const string Version = "TLSRPTv1";
    private const int MaxNameLength = 32;

    /// <summary>The version as people write it.</summary>
    internal const string VersionPattern = "TLS[ _-]?RPT[ _-]?(?:v?[ _-]?[1l](?:\\.0)?)?";

    /// <summary>True for a text that senders take for a TLS-RPT record: exactly v=TLSRPTv1, then a semicolon.</summary>
    public static bool IsTlsRpt(string text)
    {
        if (!text.StartsWith("v=" + Version, StringComparison.Ordinal)) return false;

        string rest = text.Substring(Version.Length + 2).TrimStart(' ', '\t');
        return rest.Length > 0 && rest[0] == ';';
    }

    /// <summary>True for a text that is or means to be such a record.</summary>
    public static bool LooksLikeTlsRpt(string text) =>
        IsTlsRpt(text) || PastedFields.HasVersion(text, VersionPattern);

    /// <summary>Why no report can go to the URI; null where one can.</summary>
    public static string? Problem(string uri)
    {
        var faults = new List<TextFault>();
        DmarcReportUri read = DmarcReportUriReader.ReadSingle("rua", uri, faults);
        if (faults.Count > 0) return faults[0].Message;

        if (read.ReportSize is not null)
            return "rua: " + PrintableText.Quote(uri) + " contains \"!\", which must be percent-encoded.";

        return read.Scheme is "mailto" or "https" ? null : "rua: " + PrintableText.Quote(uri) + " is neither mailto: nor https:.";
    }

    /// <summary>Reads a record that has to be right.</summary>
    /// <exception cref="RecordParseException">The first fault, with its place.</exception>
    public static TlsRptRecord Parse(string text)
    {
        TlsRptRecord record = Read(text);
        return record.Faults.Count == 0
            ? record
            : throw record.Faults[0].ToException(text);
    }

    /// <summary>Reads any text and collects all faults.</summary>
    public static TlsRptRecord Read(string text)
    {
        IReadOnlyList<TagSpec> fields = TagList.Split(text);
        var faults = new List<TextFault>();
        if (!IsTlsRpt(text))
        {
            TagSpec? first = fields.Count > 0 ? fields[0] : null;
            faults.Add(new TextFault(TlsRptChecks.Syntax, "A TLS-RPT record begins with exactly \"v=TLSRPTv1;\".", first?.Offset ?? 0, first?.Length ?? 0, Section + ", tlsrpt-version"));
        }

        var uris = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (TagSpec field in fields.Skip(LooksLikeTlsRpt(text) ? 1 : 0))
            ReadField(text, field, seen, uris, faults);

        if (!seen.Contains("rua"))
            faults.Add(new TextFault(TlsRptChecks.ReportUri, "The record has no rua.", text.Length, 0, Section + ", tlsrpt-rua"));

        return new TlsRptRecord(text, uris, faults.OrderBy(fault => fault.Offset).ToArray());
    }

    private static void ReadField(string text, TagSpec field, HashSet<string> seen, List<string> uris, List<TextFault> faults)
    {
        string whole = text.Substring(field.Offset, field.Length);
        if (!field.HasEquals)
        {
            faults.Add(Fault(field, whole, field.Length == 0 ? "is empty: a semicolon too many" : "is not name=value", "tlsrpt-field"));
        }
        else if (!seen.Add(field.Name) && field.Name != "rua")
        {
            faults.Add(Fault(field, whole, "names a field that is given twice", "tlsrpt-field"));
        }
        else if (field.Name == "rua")
        {
            // A record may have several rua (RFC 8460 section 3).
            if (field.Offset + 4 != field.ValueOffset && field.Value.Length > 0)
                faults.Add(Fault(field, whole, "has white space around \"=\"", "tlsrpt-rua"));

            ReadUris(field, uris, faults);
        }
        else if (string.Equals(field.Name, "rua", StringComparison.OrdinalIgnoreCase))
        {
            faults.Add(Fault(field, whole, "has to be written rua, in lower case", "tlsrpt-rua"));
        }
        else if (!IsExtensionName(field.Name) || field.Value.Length == 0 || field.Value.Any(c => c is <= ' ' or > '~' or ';' or '='))
        {
            faults.Add(Fault(field, whole, "is not a field that an extension may have", "tlsrpt-extension"));
        }
    }

    private static void ReadUris(TagSpec field, List<string> uris, List<TextFault> faults)
    {
        int start = 0;
        foreach (string part in field.Value.Split(','))
        {
            string uri = part.Trim(' ', '\t');
            string? problem = uri.Length == 0 ? "rua: an address is empty." : Problem(uri);
            if (uri.Length > 0) uris.Add(uri);

            if (problem is not null)
                faults.Add(new TextFault(TlsRptChecks.ReportUri, problem, field.ValueOffset + start, part.Length, Section + ", tlsrpt-uri"));

            start += part.Length + 1;
        }
    }

    private static bool IsExtensionName(string name) =>
        name.Length is > 0 and <= MaxNameLength && IsAlphanumeric(name[0]) && name.All(c => IsAlphanumeric(c) || c is '_' or '-' or '.');

    private static bool IsAlphanumeric(char c) => c is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z') or (>= '0' and <= '9');

    private static TextFault Fault(TagSpec field, string whole, string problem, string rule) => new(
        TlsRptChecks.Syntax,
        (whole.Length == 0 ? "A field" : PrintableText.Quote(whole)) + " " + problem + ".",
        field.Offset,
        field.Length,
        Section + ", " + rule);
}
