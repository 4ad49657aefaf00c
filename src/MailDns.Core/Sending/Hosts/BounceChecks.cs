namespace MailDns.Sending;

/// <summary>The checks of the Return-Path host: the one place that declares them.</summary>
internal static class BounceChecks
{
    public static readonly CheckDefinition Missing = new(
        "BOUNCE-MISSING",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host exists",
        finding: "There is no record at the bounce host {h}.",
        recommendation: "Create the records that the provider asks for at the bounce host.",
        reference: "RFC 9989 section 4.4.2; the provider's profile");

    public static readonly CheckDefinition Target = new(
        "BOUNCE-TARGET",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host leads to the provider",
        finding: "The bounce host leads to {got}, not to {want}.",
        recommendation: "Publish what the provider asks for at the bounce host.",
        reference: "The provider's profile");

    public static readonly CheckDefinition NoSpf = new(
        "BOUNCE-NO-SPF",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host has one SPF record",
        finding: "The bounce host has no SPF record, so the result for MAIL FROM is none.",
        recommendation: "Where the host is an alias, the provider has to publish SPF at its target; else publish it at the host.",
        reference: "RFC 7208 sections 2.4 and 4.5");

    public static readonly CheckDefinition NoMx = new(
        "BOUNCE-NO-MX",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host receives mail",
        finding: "The bounce host has neither MX nor address: bounces are lost, and receivers may refuse the sender.",
        recommendation: "Where the host is an alias, the provider has to publish MX at its target; else publish it at the host.",
        reference: "RFC 5321 sections 2.3.5 and 5.1");

    public static readonly CheckDefinition Unaligned = new(
        "BOUNCE-UNALIGNED",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Bounce host can align with the From domain",
        finding: "The bounce host {h} has another Organizational Domain than the From domain.",
        recommendation: "Use a host below the From domain.",
        reference: "RFC 9989 section 4.10.2");

    public static readonly CheckDefinition CnameApex = new(
        "BOUNCE-CNAME-APEX",
        CheckArea.Bounce,
        CheckSeverity.Error,
        CheckNeeds.Text,
        title: "Bounce alias stands below the From domain",
        finding: "The bounce host is the From domain itself, where no CNAME can stand.",
        recommendation: "Use a host below the domain, e.g. bounce.",
        reference: "RFC 1034 section 3.6.2");

    public static readonly CheckDefinition DelegatesSpf = new(
        "BOUNCE-DELEGATES-SPF",
        CheckArea.Bounce,
        CheckSeverity.Information,
        CheckNeeds.Dns,
        title: "SPF of the bounce host is the domain's own",
        finding: "SPF of the bounce host is whatever {t} publishes.",
        recommendation: "Nothing to do where the provider is trusted with it; the macro %{d} stays the host's own name.",
        reference: "RFC 7208 section 4.4");

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
