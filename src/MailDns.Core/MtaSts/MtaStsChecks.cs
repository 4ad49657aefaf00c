namespace MailDns.MtaSts;

/// <summary>The checks of MTA-STS (RFC 8461): the one place that declares them.</summary>
internal static class MtaStsChecks
{
    public static readonly CheckDefinition Missing = new(
        "MTASTS-MISSING",
        CheckArea.MtaSts,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "MTA-STS is announced",
        finding: "No MTA-STS record at _mta-sts.{domain}.",
        recommendation: "Optional: it makes senders use verified TLS to the domain's mail exchangers. See New-MtaStsRecord and New-MtaStsPolicy.",
        reference: "RFC 8461 section 3.1");

    public static readonly CheckDefinition Multiple = new(
        "MTASTS-TXT-MULTIPLE",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "One MTA-STS record only",
        finding: "{n} MTA-STS records at {name}: senders act as if there were none.",
        recommendation: "Keep one.",
        reference: "RFC 8461 section 3.1");

    public static readonly CheckDefinition Syntax = new(
        "MTASTS-TXT-SYNTAX",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The MTA-STS record follows its grammar",
        finding: "The record breaks the grammar, so senders act as if there were none: {why}.",
        recommendation: "Publish v=STSv1; id=<letters and digits>.",
        reference: "RFC 8461 section 3.1, sts-text-record");

    public static readonly CheckDefinition Id = new(
        "MTASTS-ID",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "The MTA-STS record has an id of 1 to 32 letters and digits",
        finding: "id={value} is missing, or not 1 to 32 letters and digits.",
        recommendation: "Write an id of letters and digits, such as the time of the policy's last change.",
        reference: "RFC 8461 section 3.1, sts-id");

    public static readonly CheckDefinition Duplicate = new(
        "MTASTS-DUPLICATE",
        CheckArea.MtaSts,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "No field of MTA-STS occurs twice",
        finding: "The field {name} occurs twice; only the first counts.",
        recommendation: "Keep the one that is meant.",
        reference: "RFC 8461 section 3.2");

    public static readonly CheckDefinition NoTlsRpt = new(
        "MTASTS-NO-TLSRPT",
        CheckArea.MtaSts,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "MTA-STS comes with TLS reports",
        finding: "{domain} announces MTA-STS and asks for no TLS reports: nobody learns of mail that it keeps away.",
        recommendation: "Publish a TLS-RPT record: New-TlsRptRecord.",
        reference: "RFC 8461 section 1; RFC 8460");

    public static readonly CheckDefinition HostMissing = new(
        "MTASTS-HOST-MISSING",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "The policy host has an address",
        finding: "mta-sts.{domain} has no address: no sender can fetch the policy.",
        recommendation: "Publish A, AAAA or CNAME for it.",
        reference: "RFC 8461 section 3.2");

    public static readonly CheckDefinition Fetch = new(
        "MTASTS-HTTPS",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The policy can be fetched",
        finding: "{address} was not fetched: {why}.",
        recommendation: "Serve it with status 200, without a redirect, at most 64 KB, with a certificate that is valid for the host.",
        reference: "RFC 8461 section 3.3");

    public static readonly CheckDefinition ContentType = new(
        "MTASTS-CONTENT-TYPE",
        CheckArea.MtaSts,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The policy is served as text/plain",
        finding: "The policy is served as {type}; senders may refuse it.",
        recommendation: "Serve it with Content-Type: text/plain.",
        reference: "RFC 8461 section 3.2");

    public static readonly CheckDefinition PolicySyntax = new(
        "MTASTS-POLICY-SYNTAX",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "The policy follows its grammar",
        finding: "The policy breaks the grammar: {why}.",
        recommendation: "Serve what New-MtaStsPolicy writes.",
        reference: "RFC 8461 section 3.2, sts-policy-record");

    public static readonly CheckDefinition Mode = new(
        "MTASTS-MODE",
        CheckArea.MtaSts,
        CheckSeverity.Information,
        CheckNeeds.Https,
        title: "The policy is enforced",
        finding: "The policy's mode is {mode}: senders deliver over unverified TLS as well.",
        recommendation: "When the TLS reports are clean: mode: enforce, and a new id in the record.",
        reference: "RFC 8461 section 5");

    public static readonly CheckDefinition MaxAge = new(
        "MTASTS-MAX-AGE",
        CheckArea.MtaSts,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The policy is kept for weeks (max_age)",
        finding: "max_age is {n} seconds: less than a day, or more than is allowed.",
        recommendation: "Use 604800 (a week) to 31557600 (a year) seconds.",
        reference: "RFC 8461 sections 3.2 and 10.2");

    public static readonly CheckDefinition MxMismatch = new(
        "MTASTS-MX-MISMATCH",
        CheckArea.MtaSts,
        CheckSeverity.Error,
        CheckNeeds.Https,
        title: "Every mail exchanger is named by the policy",
        finding: "The mail exchanger {host} matches no mx of the policy: under enforce nothing is delivered to it.",
        recommendation: "Add an mx for it to the policy, then change the record's id.",
        reference: "RFC 8461 section 4.1");

    public static readonly CheckDefinition MxStale = new(
        "MTASTS-MX-STALE",
        CheckArea.MtaSts,
        CheckSeverity.Information,
        CheckNeeds.Https,
        title: "Every mx of the policy is a mail exchanger",
        finding: "mx {pattern} of the policy matches no mail exchanger of the domain.",
        recommendation: "Remove it once no such exchanger is to come.",
        reference: "RFC 8461 section 4.1");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Multiple,
        Syntax,
        Id,
        Duplicate,
        NoTlsRpt,
        HostMissing,
        Fetch,
        ContentType,
        PolicySyntax,
        Mode,
        MaxAge,
        MxMismatch,
        MxStale,
    };

    /// <summary>Those that need the policy.</summary>
    public static IReadOnlyList<CheckDefinition> Policy { get; } = All.Where(check => check.Needs == CheckNeeds.Https).ToArray();
}
