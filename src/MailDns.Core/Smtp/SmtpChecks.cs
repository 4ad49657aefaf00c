namespace MailDns.Smtp;

/// <summary>The checks of the mail hosts themselves: the one place that declares them.</summary>
internal static class SmtpChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Smtp);

    public static readonly CheckDefinition Unreachable = s_rows.Warning("SMTP-UNREACHABLE", CheckNeeds.Smtp, "Every mail host answers", "{host} does not answer on port {port}: {why}.", "Start the SMTP service or open the port in the host's firewall; or remove the MX or the address record.", "RFC 5321 section 5.1");
    public static readonly CheckDefinition Reply = s_rows.Error("SMTP-REPLY", CheckNeeds.Smtp, "The mail host speaks SMTP", "{host} does not speak SMTP as it should: {why}.", "See what listens on the port; it has to greet with 220 and answer EHLO with 250.", "RFC 5321 sections 4.2 and 4.3");
    public static readonly CheckDefinition StartTls = s_rows.Warning("SMTP-STARTTLS", CheckNeeds.Smtp, "The mail host offers STARTTLS", "{host} does not offer STARTTLS: mail to it is sent in the clear.", "Install a certificate on the mail server and turn on TLS for its port 25.", "RFC 3207 section 4; RFC 7435");
    public static readonly CheckDefinition Stripped = s_rows.Warning("SMTP-STARTTLS-STRIPPED", CheckNeeds.Smtp, "Nothing on the way removes STARTTLS", "Something between this machine and {host} changes the SMTP conversation: {why}.", "Turn off SMTP inspection in the firewalls on the way, at this end or at the host's.", "RFC 3207 section 6; RFC 8461 section 1");
    public static readonly CheckDefinition Refused = s_rows.Error("SMTP-STARTTLS-REFUSED", CheckNeeds.Smtp, "STARTTLS is accepted where it is offered", "{host} offers STARTTLS and refuses it: {reply}.", "See the mail server's log: mostly its certificate or private key cannot be read.", "RFC 3207 section 4");
    public static readonly CheckDefinition Handshake = s_rows.Error("SMTP-TLS-HANDSHAKE", CheckNeeds.Smtp, "TLS is established after STARTTLS", "{host} accepts STARTTLS, but TLS fails: {why}.", "See the mail server's log for its certificate, key and TLS versions; a firewall on the way may break TLS as well.", "RFC 3207 section 4.1");
    public static readonly CheckDefinition Version = s_rows.Error("SMTP-TLS-VERSION", CheckNeeds.Smtp, "The mail host knows TLS 1.2 or newer", "{host} knows nothing newer than {protocol}, which large senders refuse.", "Turn on TLS 1.2 and TLS 1.3 on the mail server.", "RFC 8996 sections 4 and 5; RFC 8461 section 4.1");
    public static readonly CheckDefinition Dates = s_rows.Warning("SMTP-CERT-EXPIRED", CheckNeeds.Smtp, "The certificate is within its dates", "The certificate of {host} {why}.", "Renew the certificate, and restart the mail server where it does not take the new one by itself.", "RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Expiring = s_rows.Warning("SMTP-CERT-EXPIRING", CheckNeeds.Smtp, "The certificate does not expire soon", "The certificate of {host} expires on {date}, in {days}.", "Renew it now; see why it was not renewed automatically.", "RFC 5280 section 4.1.2.5");
    public static readonly CheckDefinition Name = s_rows.Warning("SMTP-CERT-NAME", CheckNeeds.Smtp, "The certificate names the mail host", "The certificate of {host} does not name it: it is for {names}.", "Request a certificate with the host's name as a DNS name of its Subject Alternative Name.", "RFC 9525 section 6; RFC 8461 section 4.1");
    public static readonly CheckDefinition Chain = s_rows.Warning("SMTP-CERT-CHAIN", CheckNeeds.Smtp, "The certificate is from an authority that this machine trusts", "The certificate of {host} is not trusted here: {why}.", "Use a certificate of a public authority and send the intermediate certificates with it (fullchain.pem).", "RFC 5280 section 6; RFC 8461 section 4.1");
    public static readonly CheckDefinition MtaSts = s_rows.Error("SMTP-MTASTS", CheckNeeds.Smtp, "The mail host satisfies the MTA-STS policy", "{host} does not satisfy the MTA-STS policy of {domain}: {why}; {effect}", "Put the mail host right, or change the policy and then the id of its record.", "RFC 8461 sections 4.1 and 4.2");
    public static readonly CheckDefinition Dane = s_rows.Error("SMTP-DANE-MISMATCH", CheckNeeds.Smtp, "The certificate matches a TLSA record", "{host} has TLSA records, but {why}: senders that use DANE do not deliver to it.", "Publish the TLSA record of the certificate that the server uses, or give the server the certificate that its records name.", "RFC 7672 sections 2.2 and 3.1; RFC 7671 section 5");
    public static readonly CheckDefinition Stale = s_rows.Information("SMTP-DANE-STALE", CheckNeeds.Smtp, "Every TLSA record matches the certificate", "{n} of the TLSA records at {owner} do not match what {host} shows: {records}.", "Keep the record of a certificate that the server will use next; remove that of one it no longer uses.", "RFC 7671 section 8.1");
    public static readonly CheckDefinition Helo = s_rows.Information("SMTP-HELO", CheckNeeds.Smtp, "The mail host says a name that leads to it", "{host} says {name} of itself in answer to EHLO, and that name {why}.", "Set the mail server's own name to one that resolves to its address.", "RFC 5321 sections 2.3.5 and 4.1.1.1");
    public static readonly CheckDefinition Ptr = s_rows.Information("SMTP-PTR", CheckNeeds.Smtp, "The mail host's address has a PTR name that resolves back to it", "The address of {host} has no PTR name that resolves back to it: {why}.", "Needed where the host also sends: ask whoever assigned the address for a PTR record with the host's name.", "RFC 1912 section 2.1; RFC 8601 section 3");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that look at a certificate.</summary>
    public static IReadOnlyList<CheckDefinition> OfCertificate { get; } = new[] { Dates, Expiring, Name, Chain };
}
