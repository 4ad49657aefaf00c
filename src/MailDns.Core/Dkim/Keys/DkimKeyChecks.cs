namespace MailDns.Dkim.Keys;

/// <summary>
/// The checks that need a private key. Apart from those of the published record, which are complete without them.
/// </summary>
internal static class DkimKeyChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dkim);

    public static readonly CheckDefinition Mismatch = s_rows.Error("DKIM-KEY-MISMATCH", CheckNeeds.PrivateKey, "The private key belongs to the published key", "The private key does not belong to the published key: {fault}", "Publish the record of this key, or sign with the key whose public half is published.", "RFC 6376 section 6.1.3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
