namespace MailDns.Sending;

/// <summary>The checks of the tracking host: the one place that declares them.</summary>
internal static class TrackingChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Tracking);

    public static readonly CheckDefinition Missing = s_rows.Warning("TRACK-MISSING", CheckNeeds.Dns, "Tracking host exists", "No record was found at the tracking host: {fault}", "Create the CNAME that the provider asks for.", "The provider's profile");
    public static readonly CheckDefinition Target = s_rows.Error("TRACK-TARGET", CheckNeeds.Dns, "Tracking host points to the provider", "The tracking host {host} points to {got}, not to {want}.", "Point the CNAME to the provider's target.", "The provider's profile");
    public static readonly CheckDefinition NotCname = s_rows.Warning("TRACK-NOT-CNAME", CheckNeeds.Dns, "Tracking host is a CNAME", "{host} has addresses of its own instead of a CNAME: {addresses}.", "Replace the addresses by the CNAME: the provider changes its addresses without notice.", "The provider's profile");
    public static readonly CheckDefinition Unaligned = s_rows.Information("TRACK-UNALIGNED", CheckNeeds.Text, "Tracking host is below the sending domain", "The tracking host {host} is outside {domain}.", "Use a host below the domain, so that links carry the sender's own name.", "Advice of providers");
    public static readonly CheckDefinition Caa = s_rows.Warning("TRACK-CAA", CheckNeeds.Dns, "CAA allows an authority to issue for the tracking host", "CAA forbids a certificate for the tracking host: {fault}", "Ask the provider which authority it uses, and add issue with that authority's domain.", "RFC 8659 section 3");
    public static readonly CheckDefinition Tls = s_rows.Warning("TRACK-TLS", CheckNeeds.Https, "The tracking host has a valid certificate", "https://{host} has no certificate that is valid for it: {detail}.", "Ask the provider to set up TLS for the host; browsers warn of links through it.", "RFC 9110 section 4.3.4; practice of browsers");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
