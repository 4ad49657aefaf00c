using System.Collections.Generic;

namespace MailDns.Sending;

/// <summary>The checks of the tracking host: the one place that declares them.</summary>
internal static class TrackingChecks
{
    public static readonly CheckDefinition Missing = new(
        "TRACK-MISSING",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No CNAME at {h}",
        finding: "No CNAME at {h}.",
        recommendation: "Create {h} CNAME {t}.",
        reference: "seed");

    public static readonly CheckDefinition Target = new(
        "TRACK-TARGET",
        CheckArea.Tracking,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Tracking CNAME is {got}, expected {want}",
        finding: "Tracking CNAME is {got}, expected {want}.",
        recommendation: "Correct.",
        reference: "provider profile");

    public static readonly CheckDefinition NotCname = new(
        "TRACK-NOT-CNAME",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "{h} has A/AAAA instead of CNAME",
        finding: "{h} has A/AAAA instead of CNAME.",
        recommendation: "Use the CNAME.",
        reference: "seed");

    public static readonly CheckDefinition Tls = new(
        "TRACK-TLS",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "https://{h} has no valid certificate for {h}",
        finding: "https://{h} has no valid certificate for {h}.",
        recommendation: "Ask vendor for TLS on custom domain.",
        reference: "browser practice; Gmail link trust");

    public static readonly CheckDefinition Caa = new(
        "TRACK-CAA",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CAA at {x} forbids the vendor's CA {ca}",
        finding: "CAA at {x} forbids the vendor's CA {ca}.",
        recommendation: "Add issue \"{ca}\".",
        reference: "RFC 8659 3 (CNAME followed, tree climbed)");

    public static readonly CheckDefinition Unaligned = new(
        "TRACK-UNALIGNED",
        CheckArea.Tracking,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Tracking host is outside the From domain",
        finding: "Tracking host is outside the From domain.",
        recommendation: "Use a subdomain.",
        reference: "provider advice");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Target,
        NotCname,
        Tls,
        Caa,
        Unaligned,
    };
}
