namespace MailDns.Sending;

/// <summary>The checks of DMARC alignment: the one place that declares them.</summary>
internal static class AlignmentChecks
{
    public static readonly CheckDefinition None = new(
        "ALIGN-NONE",
        CheckArea.Alignment,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "SPF or DKIM gives an aligned pass",
        finding: "Neither SPF nor DKIM can give an aligned pass for {from}: DMARC fails.",
        recommendation: "Send with a Return-Path below the From domain's organization, or have the platform sign with d= of the From domain.",
        reference: "RFC 9989 sections 4.4 and 8; Gmail sender guidelines");

    public static readonly CheckDefinition SpfOnly = new(
        "ALIGN-SPF-ONLY",
        CheckArea.Alignment,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "SPF is not the only aligned mechanism",
        finding: "Only SPF can give an aligned pass: mail that is forwarded fails DMARC.",
        recommendation: "Sign with DKIM too, with d= of the From domain.",
        reference: "RFC 9989 sections 4.5, 7.4 and 8");

    public static readonly CheckDefinition DkimOnly = new(
        "ALIGN-DKIM-ONLY",
        CheckArea.Alignment,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "DKIM is not the only aligned mechanism",
        finding: "Only DKIM can give an aligned pass.",
        recommendation: "Use a bounce host below the From domain, so that SPF aligns too.",
        reference: "RFC 9989 sections 4.5 and 8");

    public static readonly CheckDefinition FromSubdomainOwnDmarc = new(
        "FROM-SUBDOMAIN-OWN-DMARC",
        CheckArea.Alignment,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "The From domain has a DMARC record of its own",
        finding: "{from} has no DMARC record of its own; that of {name} applies by {tag}.",
        recommendation: "Publish one at the From domain if its policy should differ.",
        reference: "RFC 9989 section 5.1.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        None,
        SpfOnly,
        DkimOnly,
        FromSubdomainOwnDmarc,
    };
}
