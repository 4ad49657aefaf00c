namespace MailDns.SenderId;

/// <summary>The checks of Sender ID (RFC 4406, Historic): the one place that declares them.</summary>
internal static class SenderIdChecks
{
    public static readonly CheckDefinition Historic = new(
        "SENDERID-HISTORIC",
        CheckArea.SenderId,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "No Sender ID record",
        finding: "A Sender ID record (spf2.0/...) exists; no receiver uses it.",
        recommendation: "Remove it, unless a platform still asks for it.",
        reference: "RFC 4406 (Historic); RFC 6686 sections 5 and 6");

    public static readonly CheckDefinition Syntax = new(
        "SENDERID-SYNTAX",
        CheckArea.SenderId,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "The Sender ID record follows the grammar",
        finding: "The Sender ID record has a bad version or scope, or a bad term.",
        recommendation: "Remove it, or write \"spf2.0/pra ?all\".",
        reference: "RFC 4406 section 3.1");

    public static readonly CheckDefinition TxtBloat = new(
        "SENDERID-TXT-BLOAT",
        CheckArea.SenderId,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "No Sender ID record enlarges the TXT answer",
        finding: "The Sender ID record enlarges the TXT answer by {n} octets.",
        recommendation: "Remove it.",
        reference: "RFC 7208 section 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Historic,
        Syntax,
        TxtBloat,
    };
}
