namespace MailDns.TlsRpt;

/// <summary>The checks of SMTP TLS reporting (RFC 8460): the one place that declares them.</summary>
internal static class TlsRptChecks
{
    public static readonly CheckDefinition Missing = new(
        "TLSRPT-MISSING",
        CheckArea.TlsRpt,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "TLS reports are asked for",
        finding: "No TLS-RPT record at _smtp._tls.{domain}.",
        recommendation: "Optional: New-TlsRptRecord. It tells of TLS that failed on the way to the domain's mail exchangers.",
        reference: "RFC 8460 section 3");

    public static readonly CheckDefinition Multiple = new(
        "TLSRPT-MULTIPLE",
        CheckArea.TlsRpt,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One TLS-RPT record only",
        finding: "{n} TLS-RPT records at {name}: senders act as if there were none.",
        recommendation: "Keep one; its rua may name several addresses.",
        reference: "RFC 8460 section 3");

    public static readonly CheckDefinition Syntax = new(
        "TLSRPT-SYNTAX",
        CheckArea.TlsRpt,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The TLS-RPT record follows its grammar",
        finding: "The record breaks the grammar: {why}.",
        recommendation: "Publish v=TLSRPTv1; rua=mailto:<address>.",
        reference: "RFC 8460 section 3, tlsrpt-record");

    public static readonly CheckDefinition ReportUri = new(
        "TLSRPT-RUA",
        CheckArea.TlsRpt,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Every report address is a mailto: or https: URI",
        finding: "rua is missing, or {value} is no URI that reports can go to.",
        recommendation: "Write rua=mailto:<address>, several parted by commas.",
        reference: "RFC 8460 section 3, tlsrpt-rua");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Missing, Multiple, Syntax, ReportUri };
}
