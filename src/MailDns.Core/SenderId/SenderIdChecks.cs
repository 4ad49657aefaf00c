namespace MailDns.SenderId;

/// <summary>The checks of Sender ID (RFC 4406, Historic): the one place that declares them.</summary>
internal static class SenderIdChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.SenderId);

    public static readonly CheckDefinition Historic = s_rows.Warning("SENDERID-HISTORIC", CheckNeeds.Dns, "No Sender ID record", "The Sender ID record {record} is not used by any receiver.", "Remove it, unless a platform still asks for it.", "RFC 4406 (Historic); RFC 6686 sections 5 and 6");
    public static readonly CheckDefinition Syntax = s_rows.Warning("SENDERID-SYNTAX", CheckNeeds.Text, "The Sender ID record is valid", "The Sender ID record is not valid: {fault}", "Remove it, or write \"spf2.0/pra ?all\".", "RFC 4406 section 3.1");
    public static readonly CheckDefinition TxtBloat = s_rows.Information("SENDERID-TXT-BLOAT", CheckNeeds.Dns, "No Sender ID record enlarges the TXT answer", "The Sender ID record enlarges the TXT answer of the domain by {n} octets.", "Remove it.", "RFC 7208 section 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
