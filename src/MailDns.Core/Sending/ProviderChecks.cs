using System.Collections.Generic;

namespace MailDns.Sending;

/// <summary>The checks of what a provider's profile asks for: the one place that declares them.</summary>
internal static class ProviderChecks
{
    public static readonly CheckDefinition Incomplete = new(
        "PROFILE-INCOMPLETE",
        CheckArea.Provider,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "{n} of {m} records of profile {p} missing",
        finding: "{n} of {m} records of profile {p} missing.",
        recommendation: "Run the generator and publish.",
        reference: "provider profile");

    public static readonly CheckDefinition UnapprovedValue = new(
        "PROFILE-UNAPPROVED-VALUE",
        CheckArea.Provider,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "Value in braces not replaced",
        finding: "Value in braces not replaced.",
        recommendation: "Ask vendor.",
        reference: "provider profile");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Incomplete,
        UnapprovedValue,
    };
}
