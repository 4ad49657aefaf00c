namespace MailDns.Sending;

/// <summary>The checks of what a provider's profile asks for: the one place that declares them.</summary>
internal static class ProviderChecks
{
    public static readonly CheckDefinition Incomplete = new(
        "PROFILE-INCOMPLETE",
        CheckArea.Provider,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every record that the provider asks for is there",
        finding: "{n} of {m} records of profile {p} are missing.",
        recommendation: "Make them with New-SendingDomainRecord and publish them.",
        reference: "The provider's profile");

    public static readonly CheckDefinition WrongValue = new(
        "PROFILE-WRONG-VALUE",
        CheckArea.Provider,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every record has the provider's value",
        finding: "{n} of {m} records of profile {p} have another value.",
        recommendation: "Put the provider's value in its place.",
        reference: "The provider's profile");

    public static readonly CheckDefinition ObsoleteValue = new(
        "PROFILE-OBSOLETE-VALUE",
        CheckArea.Provider,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No value that the provider has replaced",
        finding: "{old} was replaced by {new}.",
        recommendation: "Put the provider's value of today in its place.",
        reference: "The provider's profile");

    public static readonly CheckDefinition UnapprovedValue = new(
        "PROFILE-UNAPPROVED-VALUE",
        CheckArea.Provider,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No placeholder or sample was published",
        finding: "A record still holds a placeholder in braces or a sample of the documentation.",
        recommendation: "Ask the provider for the domain's own value.",
        reference: "The provider's profile");

    public static readonly CheckDefinition SpfMissing = new(
        "SPF-PROVIDER-MISSING",
        CheckArea.Spf,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "SPF includes the provider",
        finding: "Profile {p} needs include:{x} at {host}.",
        recommendation: "Add the include to the record that is there; never publish a second one.",
        reference: "The provider's profile; RFC 7208 section 5.2");

    public static readonly CheckDefinition SpfObsolete = new(
        "SPF-PROVIDER-OBSOLETE",
        CheckArea.Spf,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "SPF includes no name that the provider has replaced",
        finding: "include:{old} was replaced by {new}.",
        recommendation: "Replace the include.",
        reference: "The provider's profile");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Incomplete,
        WrongValue,
        ObsoleteValue,
        UnapprovedValue,
        SpfMissing,
        SpfObsolete,
    };
}
