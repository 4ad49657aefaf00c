using System.Collections.Generic;

namespace MailDns.Dkim;

/// <summary>The checks of DomainKeys and ADSP leftovers (RFC 4870, 5617, Historic): the one place that declares them.</summary>
internal static class DomainKeysChecks
{
    public static readonly CheckDefinition Policy = new(
        "DOMAINKEYS-POLICY",
        CheckArea.DomainKeys,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "_domainkey TXT policy ({txt}) is ignored today",
        finding: "_domainkey TXT policy ({txt}) is ignored today.",
        recommendation: "Remove.",
        reference: "RFC 4870 3.6 (Historic, obsoleted by 4871->6376)");

    public static readonly CheckDefinition PolicySyntax = new(
        "DOMAINKEYS-POLICY-SYNTAX",
        CheckArea.DomainKeys,
        CheckSeverity.Information,
        CheckNeeds.Text,
        title: "o={v} is not a DomainKeys policy value",
        finding: "o={v} is not a DomainKeys policy value.",
        recommendation: "Remove.",
        reference: "RFC 4870 3.6 (o = \"-\" or \"~\")");

    public static readonly CheckDefinition AdspHistoric = new(
        "ADSP-HISTORIC",
        CheckArea.DomainKeys,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "_adsp._domainkey record found",
        finding: "_adsp._domainkey record found.",
        recommendation: "Remove; use DMARC.",
        reference: "RFC 5617 (Historic 2013)");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Policy,
        PolicySyntax,
        AdspHistoric,
    };
}
