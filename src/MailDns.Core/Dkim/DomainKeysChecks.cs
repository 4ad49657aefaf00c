namespace MailDns.Dkim;

/// <summary>The checks of DomainKeys and ADSP leftovers (RFC 4870, 5617, Historic): the one place that declares them.</summary>
internal static class DomainKeysChecks
{
    public static readonly CheckDefinition Policy = new(
        "DOMAINKEYS-POLICY",
        CheckArea.DomainKeys,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No DomainKeys policy is left",
        finding: "{name} holds a DomainKeys policy ({text}), which nobody reads today.",
        recommendation: "Remove it; DMARC says what it meant.",
        reference: "RFC 4870 section 3.6 (Historic)");

    public static readonly CheckDefinition PolicySyntax = new(
        "DOMAINKEYS-POLICY-SYNTAX",
        CheckArea.DomainKeys,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "What stands at _domainkey is a policy",
        finding: "The text at {name} is no DomainKeys policy: {why}.",
        recommendation: "Remove it.",
        reference: "RFC 4870 section 3.6 (Historic)");

    public static readonly CheckDefinition AdspHistoric = new(
        "ADSP-HISTORIC",
        CheckArea.DomainKeys,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No ADSP record is left",
        finding: "{name} holds an ADSP record, which is Historic and read by nobody.",
        recommendation: "Remove it; DMARC says what it meant.",
        reference: "RFC 5617 section 4.2 (Historic since 2013)");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Policy,
        PolicySyntax,
        AdspHistoric,
    };
}
