namespace MailDns.Dane;

/// <summary>
/// The checks of DANE for SMTP (RFC 7672): the one place that declares them. Whether a server's certificate matches its records
/// (RFC 7672 section 3.2) is not among them: that shows only to who connects to port 25, which MailDns does not.
/// </summary>
internal static class DaneChecks
{
    public static readonly CheckDefinition Insecure = new(
        "DANE-INSECURE",
        CheckArea.Dane,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "TLSA records are validated by DNSSEC",
        finding: "{host} has TLSA records, and {resolver} does not show them as validated by DNSSEC: no sender uses them.",
        recommendation: "Sign the zones of the MX and of the host, or remove the TLSA records.",
        reference: "RFC 7672 section 2.2");

    public static readonly CheckDefinition Usage = new(
        "DANE-USAGE",
        CheckArea.Dane,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "TLSA records have a usage that SMTP has",
        finding: "The TLSA usage 0 or 1 at {name} is not used for SMTP.",
        recommendation: "Publish 3 1 1, or 2 1 1.",
        reference: "RFC 7672 section 3.1.3");

    public static readonly CheckDefinition Syntax = new(
        "DANE-SYNTAX",
        CheckArea.Dane,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "TLSA records can be used",
        finding: "The TLSA record at {name} is unusable: {why}.",
        recommendation: "Publish what New-TlsaRecord makes of the server's certificate.",
        reference: "RFC 6698 section 2.1; RFC 7671 section 4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Insecure, Usage, Syntax };
}
