namespace MailDns.Blocklists;

/// <summary>The checks of DNS-based block lists (RFC 5782): the one place that declares them.</summary>
internal static class BlocklistChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Blocklist);

    public static readonly CheckDefinition Listed = s_rows.Error("BLOCKLIST-LISTED", CheckNeeds.Dns, "The sender is on no block list", "{query} is on the list {list}: {meaning}.", "Find what was sent and stop it, then ask the list's operator to remove the entry (DelistUri). An entry that is removed before its cause is mended comes back.", "RFC 5782 section 2; the list's own documentation");
    public static readonly CheckDefinition Noted = s_rows.Warning("BLOCKLIST-NOTED", CheckNeeds.Dns, "The sender is on no list of networks or of suspects", "{query} is on the list {list}: {meaning}. Receivers use such entries to judge a message, and seldom refuse mail for them alone.", "Read what the list says of the entry (DelistUri). Of a network, only its owner can have it removed.", "RFC 5782 section 2; the list's own documentation");
    public static readonly CheckDefinition Refused = s_rows.Warning("BLOCKLIST-REFUSED", CheckNeeds.Dns, "The lists answer the resolver that was asked", "The list {list} does not answer {resolver}: {why}. That is not an entry, and tells nothing about the sender.", "Ask through a resolver of your own with -Server, not one that many share; or register with the list's operator.", "RFC 5782 section 5; the list's own documentation");
    public static readonly CheckDefinition Dead = s_rows.Warning("BLOCKLIST-DEAD", CheckNeeds.Dns, "The lists answer their test points", "The list {list} is not used: {why}.", "Run the check again through another resolver; if the list still does not answer its test points, leave it out.", "RFC 5782 section 5; RFC 6471 section 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that judge the sender; the others judge the list.</summary>
    public static IReadOnlyList<CheckDefinition> OfSender { get; } = new[] { Listed, Noted };
}
