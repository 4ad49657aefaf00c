using System.Collections.Generic;

namespace MailDns.Sending;

/// <summary>The checks of the Return-Path host: the one place that declares them.</summary>
internal static class BounceChecks
{
    public static readonly CheckDefinition Missing = new(
        "BOUNCE-MISSING",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No record at bounce host {h}",
        finding: "No record at bounce host {h}.",
        recommendation: "Create CNAME {h} -> {t}.",
        reference: "seed; RFC 9989 4.4.2");

    public static readonly CheckDefinition Target = new(
        "BOUNCE-TARGET",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce CNAME is {got}, expected {want}",
        finding: "Bounce CNAME is {got}, expected {want}.",
        recommendation: "Correct.",
        reference: "provider profile");

    public static readonly CheckDefinition NoSpf = new(
        "BOUNCE-NO-SPF",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host resolves to no SPF record: MAIL FROM check is none",
        finding: "Bounce host resolves to no SPF record: MAIL FROM check is none.",
        recommendation: "Vendor must publish SPF at {t}.",
        reference: "RFC 7208 2.4");

    public static readonly CheckDefinition NoMx = new(
        "BOUNCE-NO-MX",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host has no MX/A through its CNAME: DSNs are lost, sender may be refused",
        finding: "Bounce host has no MX/A through its CNAME: DSNs are lost, sender may be refused.",
        recommendation: "Ask vendor.",
        reference: "RFC 5321 5.1, 2.3.5");

    public static readonly CheckDefinition Unaligned = new(
        "BOUNCE-UNALIGNED",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Return-Path {h} has another Organizational Domain than From",
        finding: "Return-Path {h} has another Organizational Domain than From.",
        recommendation: "Use a subdomain of the From domain.",
        reference: "RFC 9989 4.10.2");

    public static readonly CheckDefinition CnameApex = new(
        "BOUNCE-CNAME-APEX",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Bounce host equals the From domain: CNAME impossible",
        finding: "Bounce host equals the From domain: CNAME impossible.",
        recommendation: "Use ac-bounces.{domain}.",
        reference: "RFC 1034 3.6.2");

    public static readonly CheckDefinition DelegatesSpf = new(
        "BOUNCE-DELEGATES-SPF",
        CheckArea.Bounce,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "SPF of {h} is whatever {t} publishes",
        finding: "SPF of {h} is whatever {t} publishes.",
        recommendation: "Accept knowingly.",
        reference: "RFC 7208 4.4; %{d} stays the alias");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[]
    {
        Missing,
        Target,
        NoSpf,
        NoMx,
        Unaligned,
        CnameApex,
        DelegatesSpf,
    };
}
