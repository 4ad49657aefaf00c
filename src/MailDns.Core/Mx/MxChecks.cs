namespace MailDns.Mx;

/// <summary>The checks of mail exchangers (RFC 5321 section 5.1, RFC 7505): the one place that declares them.</summary>
internal static class MxChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Mx);

    public static readonly CheckDefinition Missing = s_rows.Warning("MX-MISSING", CheckNeeds.Dns, "The domain has an MX record", "{domain} has no MX record{rest}", "Publish MX records, so that replies and bounces arrive; for a domain that receives no mail publish a null MX (New-NullMxRecord).", "RFC 5321 section 5.1; RFC 7505 section 1");
    public static readonly CheckDefinition NullSending = s_rows.Error("MX-NULL-SENDING", CheckNeeds.Dns, "A domain that sends mail has no null MX", "{domain} has a null MX, but {why}.", "Publish MX records: receivers may refuse mail from a domain with a null MX, and bounces and replies are lost.", "RFC 7505 section 4.2");
    public static readonly CheckDefinition NullSyntax = s_rows.Error("MX-NULL-SYNTAX", CheckNeeds.Dns, "A null MX is the only MX and has preference 0", "The null MX is not the only MX record, or its preference is not 0: {fault}", "Keep either the null MX alone, as \"0 .\", or the exchangers.", "RFC 7505 section 3");
    public static readonly CheckDefinition Cname = s_rows.Error("MX-CNAME", CheckNeeds.Dns, "No exchanger is an alias", "MX exchangers are aliases (CNAME): {hosts}.", "Use the name that the alias points to.", "RFC 2181 section 10.3; RFC 5321 section 5.1");
    public static readonly CheckDefinition Address = s_rows.Error("MX-IP", CheckNeeds.Dns, "Exchangers are host names", "MX records of {domain} name addresses instead of hosts: {hosts}.", "Give the host a name with an address record, and use that name in the MX record.", "RFC 1035 section 3.3.9; RFC 5321 section 5.1");
    public static readonly CheckDefinition Unresolved = s_rows.Error("MX-UNRESOLVED", CheckNeeds.Dns, "Every exchanger has an address that the Internet can reach", "MX exchangers without an address that the Internet can reach: {hosts}.", "Publish a public address for the host, or remove it from the MX records: what is sent to it is lost.", "RFC 5321 section 5.1; RFC 6890");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that look at exchangers.</summary>
    public static IReadOnlyList<CheckDefinition> OfExchangers { get; } = new[] { Cname, Address, Unresolved };
}
