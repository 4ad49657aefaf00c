using MailDns.TlsRpt;

namespace MailDns;

/// <summary>A TLS-RPT record (RFC 8460 section 3), read field by field. Texts are escaped for display.</summary>
public sealed class TlsRptRecord
{
    internal TlsRptRecord(string text, IReadOnlyList<string> uris, IReadOnlyList<TextFault> faults)
    {
        RawText = text;
        Text = PrintableText.Escape(text);
        RawUris = uris;
        AggregateReportUri = uris.Select(PrintableText.Escape).ToArray();
        Faults = faults;
    }

    /// <summary>The record's text.</summary>
    public string Text { get; }

    /// <summary>rua: where reports go, mailto: or https: URIs.</summary>
    public string[] AggregateReportUri { get; }

    internal string RawText { get; }
    internal IReadOnlyList<string> RawUris { get; }
    internal IReadOnlyList<TextFault> Faults { get; }

    /// <summary>Reads a record by the letter of RFC 8460 section 3.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar; the exception says where.</exception>
    public static TlsRptRecord Parse(string text) => TlsRptParser.Parse(text ?? throw new ArgumentNullException(nameof(text)));

    /// <summary>The record's text.</summary>
    public override string ToString() => Text;
}
