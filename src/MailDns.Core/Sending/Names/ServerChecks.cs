namespace MailDns.Sending;

/// <summary>The checks of a zone's name servers and of servers that are compared: the one place that declares them.</summary>
internal static class ServerChecks
{
    public static readonly CheckDefinition Disagree = new(
        "DNS-AUTH-DISAGREE",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "All servers give the same answers",
        finding: "{name} {type}: {servers}: {answer}; {servers}: {answer}.",
        recommendation: "Wait for the zone transfer, or mend the server that lags: receivers get one answer or the other by chance.",
        reference: "RFC 1034 section 4.3.5; RFC 1996");

    public static readonly CheckDefinition Lame = new(
        "DNS-NS-LAME",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Every name server answers for the zone",
        finding: "{server} is named as a server of {zone}, but {why}.",
        recommendation: "Load the zone on that server, or take its NS record out of the zone and of the delegation.",
        reference: "RFC 1034 section 4.2.2; RFC 9499 section 7");

    public static readonly CheckDefinition Silent = new(
        "DNS-NS-SILENT",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Every name server can be reached",
        finding: "{server} is named as a server of {zone}, and gives no answer: {why}.",
        recommendation: "Bring the server back, open UDP and TCP port 53, or take its NS record out. A firewall on the way from here looks the same.",
        reference: "RFC 2182 section 3; RFC 1912 section 2.8");

    public static readonly CheckDefinition Serial = new(
        "DNS-SOA-SERIAL",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "Every name server has the same version of the zone",
        finding: "{server} has serial {serial} of {zone}; the newest is {serial}.",
        recommendation: "Wait for the zone transfer; then check NOTIFY and the transfer on the servers that lag.",
        reference: "RFC 1034 section 4.3.5; RFC 1982; RFC 1996");

    public static readonly CheckDefinition Delegation = new(
        "DNS-NS-DELEGATION",
        CheckArea.Dns,
        CheckSeverity.Warning,
        CheckNeeds.Dns,
        title: "The zone above names the same name servers as the zone",
        finding: "{parent} delegates {zone} to {servers}; the zone itself names {servers}.",
        recommendation: "Make the two the same: change the name servers at the registrar, or the NS records in the zone. Resolvers ask either set.",
        reference: "RFC 1034 section 4.2.2; RFC 1912 section 2.8");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All { get; } = new[] { Disagree, Lame, Silent, Serial, Delegation };
}
