namespace MailDns.Sending;

/// <summary>The checks of a zone's name servers and of servers that are compared: the one place that declares them.</summary>
internal static class ServerChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dns);

    public static readonly CheckDefinition Disagree = s_rows.Warning("DNS-AUTH-DISAGREE", CheckNeeds.Dns, "All servers give the same answers", "The servers give different answers: {fault}", "Wait for the zone transfer, or repair the server that lags: which answer a receiver gets is chance.", "RFC 1034 section 4.3.5; RFC 1996");
    public static readonly CheckDefinition Lame = s_rows.Warning("DNS-NS-LAME", CheckNeeds.Dns, "Every name server answers for the zone", "A name server does not serve the zone: {fault}", "Load the zone on that server, or remove its NS record from the zone and from the delegation.", "RFC 1034 section 4.2.2; RFC 9499 section 7");
    public static readonly CheckDefinition Silent = s_rows.Warning("DNS-NS-SILENT", CheckNeeds.Dns, "Every name server can be reached", "A name server does not answer: {fault}", "Bring the server back, open UDP and TCP port 53, or remove its NS record. A firewall on the way from here has the same effect.", "RFC 2182 section 3; RFC 1912 section 2.8");
    public static readonly CheckDefinition Serial = s_rows.Warning("DNS-SOA-SERIAL", CheckNeeds.Dns, "Every name server has the same version of the zone", "{server} has serial {serial} of {zone}; the newest is {newest}: it lags.", "Wait for the zone transfer; then check NOTIFY and the transfer on the servers that lag.", "RFC 1034 section 4.3.5; RFC 1982; RFC 1996");
    public static readonly CheckDefinition Delegation = s_rows.Warning("DNS-NS-DELEGATION", CheckNeeds.Dns, "The parent zone names the same name servers as the zone", "The parent zone and the zone itself name different name servers: {fault}", "Make the two the same: change the name servers at the registrar, or the NS records in the zone. Resolvers ask either set.", "RFC 1034 section 4.2.2; RFC 1912 section 2.8");

    public static readonly CheckDefinition Split = s_rows.Warning("DNS-SPLIT-ZONE", CheckNeeds.Dns, "Servers inside and outside have the same records of the domain", "{inside} has another version of {zone} than {outside}: {differences}. Receivers see what {outside} has.", "Publish what receivers are to see on the outside name servers; Record has what they lack. Then give the inside zone the same records.", "RFC 1034 section 4.2.1; RFC 8499 section 6, split DNS");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
