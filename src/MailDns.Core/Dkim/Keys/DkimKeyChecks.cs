namespace MailDns.Dkim.Keys;

/// <summary>
/// The checks that need a private key. Apart from those of the published record, which are complete without them.
/// </summary>
internal static class DkimKeyChecks
{
    public static readonly CheckDefinition Mismatch = new(
        "DKIM-KEY-MISMATCH",
        CheckArea.Dkim,
        CheckSeverity.Error,
        CheckNeeds.PrivateKey,
        title: "The private key belongs to the published key",
        finding: "The private key does not belong to what is published at {name}: {why}.",
        recommendation: "Publish the record of this key, or sign with the key whose public half is published.",
        reference: "RFC 6376 section 6.1.3");

    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Mismatch };
}
