namespace MailDns.Caa;

/// <summary>The checks of CAA (RFC 8659, RFC 9495): the one place that declares them.</summary>
internal static class CaaChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Caa);

    public static readonly CheckDefinition Syntax = s_rows.Error("CAA-SYNTAX", CheckNeeds.Dns, "CAA values are valid", "CAA at {name} is not valid: {why}.", "Write the authority's domain name alone, or \";\" to allow nobody.", "RFC 8659 sections 4.2 to 4.4");
    public static readonly CheckDefinition UnknownCritical = s_rows.Error("CAA-CRITICAL", CheckNeeds.Dns, "No unknown CAA property is critical", "The CAA property {tag} at {name} is unknown and critical: no authority may issue.", "Correct the tag, or set its flags to 0.", "RFC 8659 section 4.1");
    public static readonly CheckDefinition Flags = s_rows.Warning("CAA-FLAGS", CheckNeeds.Dns, "CAA flags are 0 or 128", "CAA at {owner} has flags without a meaning (128 is critical): {flags}.", "Write 0, or 128 for a critical property.", "RFC 8659 section 4.1");
    public static readonly CheckDefinition IssueMail = s_rows.Information("CAA-ISSUEMAIL", CheckNeeds.Dns, "CAA says who may issue S/MIME certificates", "{where}: any authority may issue S/MIME certificates for its addresses.", "Optional: New-CaaRecord -IssueMail <authority>, or \";\" where nobody should.", "RFC 9495 section 3");
    public static readonly CheckDefinition IssueVmc = s_rows.Warning("CAA-ISSUEVMC", CheckNeeds.Dns, "CAA allows an authority to issue the mark certificate that BIMI names", "CAA forbids the mark certificate that BIMI names: {fault}", "Add issuevmc with the domain of the certificate's issuer.", "Minimum security requirements for issuance of mark certificates, issuevmc; RFC 8659 section 3");
    public static readonly CheckDefinition BlocksMtaSts = s_rows.Warning("CAA-BLOCKS-MTASTS", CheckNeeds.Dns, "CAA allows an authority to issue for the MTA-STS host", "CAA forbids a certificate for the MTA-STS host: {fault}", "Add issue with the domain of the authority that the host uses.", "RFC 8659 section 3; RFC 8461 section 3.3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
