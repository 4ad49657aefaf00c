namespace MailDns.Sending;

/// <summary>The checks of DMARC alignment: the one place that declares them.</summary>
internal static class AlignmentChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Alignment);

    public static readonly CheckDefinition None = s_rows.Error("ALIGN-NONE", CheckNeeds.Dns, "SPF or DKIM gives an aligned pass", "Neither SPF nor DKIM can give an aligned pass for {from}, so DMARC fails. {reason}", "Send with a Return-Path below the From domain's organization, or have the platform sign with d= of the From domain.", "RFC 9989 sections 4.4 and 8; Gmail sender guidelines");
    public static readonly CheckDefinition SpfOnly = s_rows.Warning("ALIGN-SPF-ONLY", CheckNeeds.Dns, "SPF is not the only aligned mechanism", "Only SPF can give an aligned pass, so forwarded mail fails DMARC. {fault}", "Sign with DKIM too, with d= of the From domain.", "RFC 9989 sections 4.5, 7.4 and 8");
    public static readonly CheckDefinition DkimOnly = s_rows.Information("ALIGN-DKIM-ONLY", CheckNeeds.Dns, "DKIM is not the only aligned mechanism", "Only DKIM can give an aligned pass. {fault}", "Use a bounce host below the From domain, so that SPF aligns too.", "RFC 9989 sections 4.5 and 8");
    public static readonly CheckDefinition FromSubdomainOwnDmarc = s_rows.Information("FROM-SUBDOMAIN-OWN-DMARC", CheckNeeds.Dns, "The From domain has a DMARC record of its own", "{from} has no DMARC record of its own; that of {name} applies through {tag}.", "Publish one at the From domain if its policy should differ.", "RFC 9989 section 5.1.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
