namespace MailDns.Sending;

/// <summary>The checks of the Return-Path host: the one place that declares them.</summary>
internal static class BounceChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Bounce);

    public static readonly CheckDefinition Missing = s_rows.Error("BOUNCE-MISSING", CheckNeeds.Dns, "Bounce host exists", "No record was found at the bounce host: {fault}", "Create the records that the provider asks for at the bounce host.", "RFC 9989 section 4.4.2; the provider's profile");
    public static readonly CheckDefinition Target = s_rows.Error("BOUNCE-TARGET", CheckNeeds.Dns, "Bounce host points to the provider", "The bounce host does not hold what the provider asks for: {fault}", "Publish what the provider asks for at the bounce host.", "The provider's profile");
    public static readonly CheckDefinition NoSpf = s_rows.Error("BOUNCE-NO-SPF", CheckNeeds.Dns, "Bounce host has one SPF record", "The bounce host has no single SPF record: {fault}", "Where the host is an alias, the provider has to publish SPF at its target; else publish it at the host.", "RFC 7208 sections 2.4 and 4.5");
    public static readonly CheckDefinition NoMx = s_rows.Error("BOUNCE-NO-MX", CheckNeeds.Dns, "Bounce host receives mail", "The bounce host does not accept mail, so bounces are lost and receivers may refuse the sender: {fault}", "Where the host is an alias, the provider has to publish MX at its target; else publish it at the host.", "RFC 5321 sections 2.3.5 and 5.1");
    public static readonly CheckDefinition Unaligned = s_rows.Error("BOUNCE-UNALIGNED", CheckNeeds.Dns, "Bounce host can align with the From domain", "The bounce host cannot align: {why}", "Use a host below the From domain.", "RFC 9989 section 4.10.2");
    public static readonly CheckDefinition CnameApex = s_rows.Error("BOUNCE-CNAME-APEX", CheckNeeds.Text, "Bounce alias is below the From domain", "The bounce host is {domain} itself, where a CNAME is not possible.", "Use a host below the domain, e.g. bounce.", "RFC 1034 section 3.6.2");
    public static readonly CheckDefinition DelegatesSpf = s_rows.Information("BOUNCE-DELEGATES-SPF", CheckNeeds.Dns, "SPF of the bounce host is the domain's own", "{host} takes its SPF and MX from {target} (CNAME).", "Nothing to do if you trust the provider with it; the macro %{d} stays the host's own name.", "RFC 7208 section 4.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
