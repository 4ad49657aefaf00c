namespace MailDns.Mx;

/// <summary>The checks of mail exchangers (RFC 5321 section 5.1, RFC 7505): the one place that declares them.</summary>
internal static class MxChecks
{
    public static readonly CheckDefinition Missing = new(
        "MX-MISSING",
        CheckArea.Mx,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The domain says where its mail goes (MX)",
        finding: "{domain} has no MX record.",
        recommendation: "Publish MX, so that replies and bounces arrive; a domain that takes no mail says so with a null MX (New-NullMxRecord).",
        reference: "RFC 5321 section 5.1; RFC 7505 section 1");

    public static readonly CheckDefinition NullSending = new(
        "MX-NULL-SENDING",
        CheckArea.Mx,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No null MX on a domain that sends",
        finding: "{domain} sends mail but has a null MX.",
        recommendation: "Publish MX for it: receivers may refuse mail from a domain that takes none, and bounces and replies are lost.",
        reference: "RFC 7505 section 4.2");

    public static readonly CheckDefinition NullSyntax = new(
        "MX-NULL-SYNTAX",
        CheckArea.Mx,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "A null MX is alone and has preference 0",
        finding: "The null MX of {domain} is not alone, or its preference is not 0.",
        recommendation: "Keep either the null MX alone, as \"0 .\", or the exchanges.",
        reference: "RFC 7505 section 3");

    public static readonly CheckDefinition Cname = new(
        "MX-CNAME",
        CheckArea.Mx,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "No exchanger is an alias",
        finding: "The exchanger {host} is an alias.",
        recommendation: "Name the host that the alias leads to.",
        reference: "RFC 2181 section 10.3; RFC 5321 section 5.1");

    public static readonly CheckDefinition Address = new(
        "MX-IP",
        CheckArea.Mx,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Exchangers are host names",
        finding: "The exchanger {host} is an address, not a host name.",
        recommendation: "Give the host a name with an address record, and name it in the MX.",
        reference: "RFC 1035 section 3.3.9; RFC 5321 section 5.1");

    public static readonly CheckDefinition Unresolved = new(
        "MX-UNRESOLVED",
        CheckArea.Mx,
        CheckSeverity.Error,
        CheckNeeds.Dns,
        title: "Every exchanger has an address that the Internet can reach",
        finding: "The exchanger {host} has no A or AAAA record, or only private ones.",
        recommendation: "Publish a public address of the host, or remove it from the MX: what is sent to it is lost.",
        reference: "RFC 5321 section 5.1; RFC 6890");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Missing, NullSending, NullSyntax, Cname, Address, Unresolved };

    /// <summary>Those that look at exchangers.</summary>
    public static IReadOnlyList<CheckDefinition> OfExchangers { get; } = new[] { Cname, Address, Unresolved };
}
