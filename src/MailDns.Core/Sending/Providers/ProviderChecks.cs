namespace MailDns.Sending;

/// <summary>The checks of what a provider's profile asks for: the one place that declares them.</summary>
internal static class ProviderChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Provider);
    private static readonly CheckRows s_spf = new(CheckArea.Spf, s_rows);

    public static readonly CheckDefinition Incomplete = s_rows.Error("PROFILE-INCOMPLETE", CheckNeeds.Dns, "Every record that the provider asks for is published", "{n} of {m} records of profile {p} are missing: {list}.", "Make them with New-SendingDomainRecord and publish them.", "The provider's profile");
    public static readonly CheckDefinition WrongValue = s_rows.Error("PROFILE-WRONG-VALUE", CheckNeeds.Dns, "Every record has the provider's value", "A record has another value than the provider asks for: {fault}", "Replace it with the provider's value.", "The provider's profile");
    public static readonly CheckDefinition ObsoleteValue = s_rows.Warning("PROFILE-OBSOLETE-VALUE", CheckNeeds.Dns, "No record has a value that the provider has replaced", "A record has a value that the provider has replaced: {fault}", "Replace it with the provider's current value.", "The provider's profile");
    public static readonly CheckDefinition UnapprovedValue = s_rows.Warning("PROFILE-UNAPPROVED-VALUE", CheckNeeds.Dns, "No placeholder or sample was published", "A record holds a placeholder in braces or a sample of the documentation: {fault}", "Ask the provider for the domain's own value.", "The provider's profile");
    public static readonly CheckDefinition SpfMissing = s_spf.Error("SPF-PROVIDER-MISSING", CheckNeeds.Dns, "SPF includes the provider", "SPF does not include what the provider asks for: {fault}", "Add the include to the existing record; never publish a second one.", "The provider's profile; RFC 7208 section 5.2");
    public static readonly CheckDefinition SpfObsolete = s_spf.Warning("SPF-PROVIDER-OBSOLETE", CheckNeeds.Dns, "SPF includes no name that the provider has replaced", "SPF includes a name that the provider has replaced: {fault}", "Replace the include.", "The provider's profile");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
