namespace MailDns.Caa;

/// <summary>The checks of CAA (RFC 8659, RFC 9495): the one place that declares them.</summary>
internal static class CaaChecks
{
    public static readonly CheckDefinition Syntax = new(
        "CAA-SYNTAX",
        CheckArea.Caa,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "CAA values follow their grammar",
        finding: "The value of {tag} at {name} is malformed; a malformed issuer allows nobody.",
        recommendation: "Write the authority's domain name alone, or \";\" to allow nobody.",
        reference: "RFC 8659 sections 4.2 to 4.4");

    public static readonly CheckDefinition UnknownCritical = new(
        "CAA-CRITICAL",
        CheckArea.Caa,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No unknown CAA property is critical",
        finding: "The property {tag} at {name} is unknown and critical: no authority may issue.",
        recommendation: "Correct the tag, or set its flags to 0.",
        reference: "RFC 8659 section 4.1");

    public static readonly CheckDefinition Flags = new(
        "CAA-FLAGS",
        CheckArea.Caa,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CAA flags are 0 or 128",
        finding: "The flags {n} of {tag} at {name} mean nothing; critical is 128.",
        recommendation: "Write 0, or 128 for a critical property.",
        reference: "RFC 8659 section 4.1");

    public static readonly CheckDefinition IssueMail = new(
        "CAA-ISSUEMAIL",
        CheckArea.Caa,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "CAA says who may issue S/MIME certificates",
        finding: "No issuemail: any authority may issue S/MIME certificates for {domain}.",
        recommendation: "Optional: New-CaaRecord -IssueMail <authority>, or \";\" where nobody should.",
        reference: "RFC 9495 section 3");

    public static readonly CheckDefinition IssueVmc = new(
        "CAA-ISSUEVMC",
        CheckArea.Caa,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CAA lets somebody issue the mark certificate that BIMI names",
        finding: "CAA at {name} lets nobody issue mark certificates, and BIMI of {domain} names one.",
        recommendation: "Add issuevmc with the domain of the certificate's issuer.",
        reference: "Minimum security requirements for issuance of mark certificates, issuevmc; RFC 8659 section 3");

    public static readonly CheckDefinition BlocksMtaSts = new(
        "CAA-BLOCKS-MTASTS",
        CheckArea.Caa,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CAA lets somebody issue for the MTA-STS host",
        finding: "CAA at {name} lets nobody issue for mta-sts.{domain}.",
        recommendation: "Add issue with the domain of the authority that the host uses.",
        reference: "RFC 8659 section 3; RFC 8461 section 3.3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Syntax, UnknownCritical, Flags, IssueMail, IssueVmc, BlocksMtaSts };
}
