namespace MailDns.Dkim;

/// <summary>The checks of DomainKeys and ADSP leftovers (RFC 4870, 5617, Historic): the one place that declares them.</summary>
internal static class DomainKeysChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.DomainKeys);

    public static readonly CheckDefinition Policy = s_rows.Warning("DOMAINKEYS-POLICY", CheckNeeds.Dns, "No DomainKeys policy is left", "{name} holds a DomainKeys policy ({text}), which receivers no longer read.", "Remove it; DMARC replaces it.", "RFC 4870 section 3.6 (Historic)");
    public static readonly CheckDefinition PolicySyntax = s_rows.Information("DOMAINKEYS-POLICY-SYNTAX", CheckNeeds.Text, "The text at _domainkey is a valid policy", "The text at {name} is not a valid DomainKeys policy: {fault}.", "Remove it.", "RFC 4870 section 3.6 (Historic)");
    public static readonly CheckDefinition AdspHistoric = s_rows.Warning("ADSP-HISTORIC", CheckNeeds.Dns, "No ADSP record is left", "{name} holds an ADSP record ({text}), which is Historic and no longer read.", "Remove it; DMARC replaces it.", "RFC 5617 section 4.2 (Historic since 2013)");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
