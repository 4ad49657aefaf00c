namespace MailDns.Sending;

/// <summary>The checks of the tracking host: the one place that declares them.</summary>
internal static class TrackingChecks
{
    public static readonly CheckDefinition Missing = new(
        "TRACK-MISSING",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Tracking host exists",
        finding: "There is no record at the tracking host {h}.",
        recommendation: "Create the CNAME that the provider asks for.",
        reference: "The provider's profile");

    public static readonly CheckDefinition Target = new(
        "TRACK-TARGET",
        CheckArea.Tracking,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Tracking host leads to the provider",
        finding: "The tracking host leads to {got}, not to {want}.",
        recommendation: "Point the CNAME to the provider's target.",
        reference: "The provider's profile");

    public static readonly CheckDefinition NotCname = new(
        "TRACK-NOT-CNAME",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Tracking host is a CNAME",
        finding: "{h} has addresses of its own instead of a CNAME.",
        recommendation: "Put the CNAME in place of the addresses: the provider changes its addresses without notice.",
        reference: "The provider's profile");

    public static readonly CheckDefinition Unaligned = new(
        "TRACK-UNALIGNED",
        CheckArea.Tracking,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "Tracking host is below the sending domain",
        finding: "The tracking host {h} is outside the sending domain.",
        recommendation: "Use a host below the domain, so that links carry the sender's own name.",
        reference: "Advice of providers");

    public static readonly CheckDefinition Caa = new(
        "TRACK-CAA",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "CAA lets somebody issue for the tracking host",
        finding: "CAA at {name} lets nobody issue for {h}: the provider gets no certificate for it.",
        recommendation: "Ask the provider which authority it uses, and add issue with that authority's domain.",
        reference: "RFC 8659 section 3");

    public static readonly CheckDefinition Tls = new(
        "TRACK-TLS",
        CheckArea.Tracking,
        CheckSeverity.Warning,
        CheckNeeds.Https,
        title: "The tracking host has a valid certificate",
        finding: "https://{h} has no certificate that is valid for it.",
        recommendation: "Ask the provider to set up TLS for the host; browsers warn of links through it.",
        reference: "RFC 9110 section 4.3.4; practice of browsers");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Target,
        NotCname,
        Unaligned,
        Caa,
        Tls,
    };
}
