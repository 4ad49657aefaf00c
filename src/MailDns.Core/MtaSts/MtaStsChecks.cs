namespace MailDns.MtaSts;

/// <summary>The checks of MTA-STS (RFC 8461): the one place that declares them.</summary>
internal static class MtaStsChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.MtaSts);

    public static readonly CheckDefinition Missing = s_rows.Information("MTASTS-MISSING", CheckNeeds.Dns, "MTA-STS is published", "No MTA-STS record was found at {name}: {answer}.", "Optional: MTA-STS makes senders use verified TLS to the domain's mail exchangers. See New-MtaStsRecord and New-MtaStsPolicy.", "RFC 8461 section 3.1");
    public static readonly CheckDefinition Multiple = s_rows.Error("MTASTS-TXT-MULTIPLE", CheckNeeds.Dns, "One MTA-STS record only", "{n} MTA-STS records at {name}: senders act as if there was none.", "Keep one.", "RFC 8461 section 3.1");
    public static readonly CheckDefinition Syntax = s_rows.Error("MTASTS-TXT-SYNTAX", CheckNeeds.Text, "The MTA-STS record is valid", "The record is not valid, so senders act as if there was none: {fault}", "Publish v=STSv1; id=<letters and digits>.", "RFC 8461 section 3.1, sts-text-record");
    public static readonly CheckDefinition Id = s_rows.Error("MTASTS-ID", CheckNeeds.Text, "The MTA-STS record has an id of 1 to 32 letters and digits", "id is missing, or is not 1 to 32 letters and digits: {fault}", "Write an id of letters and digits, such as the time of the last policy change.", "RFC 8461 section 3.1, sts-id");
    public static readonly CheckDefinition Duplicate = s_rows.Warning("MTASTS-DUPLICATE", CheckNeeds.Text, "No field of MTA-STS occurs twice", "A field occurs twice: {fault}", "Keep the one that is meant.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition NoTlsRpt = s_rows.Warning("MTASTS-NO-TLSRPT", CheckNeeds.Dns, "MTA-STS comes with TLS reports", "{domain} publishes MTA-STS but requests no TLS reports, so you cannot see mail that MTA-STS stops.", "Publish a TLS-RPT record: New-TlsRptRecord.", "RFC 8461 section 1; RFC 8460");
    public static readonly CheckDefinition HostMissing = s_rows.Error("MTASTS-HOST-MISSING", CheckNeeds.Dns, "The policy host has an address", "{host} has no address ({answer}): no sender can fetch the policy.", "Publish A, AAAA or CNAME records for it.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition Fetch = s_rows.Error("MTASTS-HTTPS", CheckNeeds.Https, "The policy can be fetched", "The policy was not fetched: {fault}", "Serve it with status 200, without a redirect, at most 64 KB, with a certificate that is valid for the host.", "RFC 8461 section 3.3");
    public static readonly CheckDefinition ContentType = s_rows.Warning("MTASTS-CONTENT-TYPE", CheckNeeds.Https, "The policy is served as text/plain", "The policy is served as {type}; senders may refuse it.", "Serve it with Content-Type: text/plain.", "RFC 8461 section 3.2");
    public static readonly CheckDefinition PolicySyntax = s_rows.Error("MTASTS-POLICY-SYNTAX", CheckNeeds.Https, "The policy is valid", "The policy is not valid: {why}", "Serve what New-MtaStsPolicy writes.", "RFC 8461 section 3.2, sts-policy-record");
    public static readonly CheckDefinition Mode = s_rows.Information("MTASTS-MODE", CheckNeeds.Https, "The policy is enforced", "The policy's mode is {mode}: senders also deliver over unverified TLS.", "When the TLS reports are clean, use mode: enforce and a new id in the record.", "RFC 8461 section 5");
    public static readonly CheckDefinition MaxAge = s_rows.Warning("MTASTS-MAX-AGE", CheckNeeds.Https, "The policy is kept for weeks (max_age)", "max_age is {seconds} seconds: {why}", "Use 604800 (a week) to 31557600 (a year) seconds.", "RFC 8461 sections 3.2 and 10.2");
    public static readonly CheckDefinition MxMismatch = s_rows.Error("MTASTS-MX-MISMATCH", CheckNeeds.Https, "The policy names every mail exchanger", "The mail exchanger {host} matches no mx of the policy: {effect}", "Add an mx for it to the policy, then change the record's id.", "RFC 8461 section 4.1");
    public static readonly CheckDefinition MxStale = s_rows.Information("MTASTS-MX-STALE", CheckNeeds.Https, "Every mx of the policy is a mail exchanger", "mx {pattern} of the policy matches no mail exchanger of the domain.", "Remove it unless such an exchanger is planned.", "RFC 8461 section 4.1");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that need the policy.</summary>
    public static IReadOnlyList<CheckDefinition> Policy { get; } = All.Where(check => check.Needs == CheckNeeds.Https).ToArray();
}
