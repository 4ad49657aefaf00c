using System.Collections.Generic;

namespace MailDns.Sending;

/// <summary>The checks of DMARC alignment: the one place that declares them.</summary>
internal static class AlignmentChecks
{
    public static readonly CheckDefinition None = new(
        "ALIGN-NONE",
        CheckArea.Alignment,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Neither SPF (bounce) nor DKIM can align with {from}",
        finding: "Neither SPF (bounce) nor DKIM can align with {from}.",
        recommendation: "Set bounce subdomain or sign with own d=.",
        reference: "RFC 9989 5.1, 8; Gmail");

    public static readonly CheckDefinition SpfOnly = new(
        "ALIGN-SPF-ONLY",
        CheckArea.Alignment,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Only SPF aligns",
        finding: "Only SPF aligns.",
        recommendation: "Add DKIM.",
        reference: "RFC 9989 4.5 (both RECOMMENDED)");

    public static readonly CheckDefinition DkimOnly = new(
        "ALIGN-DKIM-ONLY",
        CheckArea.Alignment,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Only DKIM aligns",
        finding: "Only DKIM aligns.",
        recommendation: "Set the bounce CNAME.",
        reference: "RFC 9989 4.5");

    public static readonly CheckDefinition FromSubdomainOwnDmarc = new(
        "FROM-SUBDOMAIN-OWN-DMARC",
        CheckArea.Alignment,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "Sending subdomain relies on the parent's sp",
        finding: "Sending subdomain relies on the parent's sp.",
        recommendation: "Publish its own record if policy differs.",
        reference: "RFC 9989 5.1.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        None,
        SpfOnly,
        DkimOnly,
        FromSubdomainOwnDmarc,
    };
}
