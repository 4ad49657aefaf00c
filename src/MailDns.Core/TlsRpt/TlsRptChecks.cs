namespace MailDns.TlsRpt;

/// <summary>The checks of SMTP TLS reporting (RFC 8460): the one place that declares them.</summary>
internal static class TlsRptChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.TlsRpt);

    public static readonly CheckDefinition Missing = s_rows.Information("TLSRPT-MISSING", CheckNeeds.Dns, "TLS reports are requested", "No TLS-RPT record was found at {name}: {answer}.", "Optional: TLS reports show TLS failures on the way to the domain's mail exchangers. See New-TlsRptRecord.", "RFC 8460 section 3");
    public static readonly CheckDefinition Multiple = s_rows.Error("TLSRPT-MULTIPLE", CheckNeeds.Dns, "One TLS-RPT record only", "{n} TLS-RPT records at {name}: senders act as if there was none.", "Keep one; its rua may name several addresses.", "RFC 8460 section 3");
    public static readonly CheckDefinition Syntax = s_rows.Error("TLSRPT-SYNTAX", CheckNeeds.Text, "The TLS-RPT record is valid", "The record is not valid: {fault}", "Publish v=TLSRPTv1; rua=mailto:<address>.", "RFC 8460 section 3, tlsrpt-record");
    public static readonly CheckDefinition ReportUri = s_rows.Error("TLSRPT-RUA", CheckNeeds.Text, "Every report address is a mailto: or https: URI", "rua is missing, or is not a usable URI: {fault}", "Write rua=mailto:<address>, separated by commas if there are several.", "RFC 8460 section 3, tlsrpt-rua");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
