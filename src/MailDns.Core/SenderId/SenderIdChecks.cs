using System.Collections.Generic;

namespace MailDns.SenderId;

/// <summary>The checks of Sender ID (RFC 4406, Historic): the one place that declares them.</summary>
internal static class SenderIdChecks
{
    public static readonly CheckDefinition Historic = new(
        "SENDERID-HISTORIC",
        CheckArea.SenderId,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "spf2.0/... record: no receiver uses it",
        finding: "spf2.0/... record: no receiver uses it.",
        recommendation: "Do not create; remove when found.",
        reference: "RFC 4406/4407 (Historic), RFC 6686 5-6");

    public static readonly CheckDefinition Syntax = new(
        "SENDERID-SYNTAX",
        CheckArea.SenderId,
        CheckSeverity.Warning,
        CheckNeeds.Text,
        title: "spf2.0 record lacks a scope or has a bad version",
        finding: "spf2.0 record lacks a scope or has a bad version.",
        recommendation: "Remove, or \"spf2.0/pra ?all\".",
        reference: "RFC 4406 3.1");

    public static readonly CheckDefinition TxtBloat = new(
        "SENDERID-TXT-BLOAT",
        CheckArea.SenderId,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "spf2.0 record enlarges the apex TXT answer",
        finding: "spf2.0 record enlarges the apex TXT answer.",
        recommendation: "Remove.",
        reference: "RFC 7208 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Historic,
        Syntax,
        TxtBloat,
    };
}
