namespace MailDns.Dane;

/// <summary>
/// The checks of DANE for SMTP (RFC 7672): the one place that declares them. Whether a server's certificate matches its records
/// (RFC 7672 section 3.2) shows only to who connects to it, and is among the checks of the mail hosts themselves.
/// </summary>
internal static class DaneChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Dane);

    public static readonly CheckDefinition Insecure = s_rows.Error("DANE-INSECURE", CheckNeeds.Dns, "TLSA records are validated by DNSSEC", "{host} has TLSA records, but {resolver}: senders do not use them.", "Sign the zones of the MX and of the host, or remove the TLSA records.", "RFC 7672 section 2.2");
    public static readonly CheckDefinition Usage = s_rows.Warning("DANE-USAGE", CheckNeeds.Dns, "TLSA records have a usage that SMTP supports", "TLSA usage {usage} at {owner} is not used for SMTP; use {right}.", "Publish 3 1 1, or 2 1 1.", "RFC 7672 section 3.1.3");
    public static readonly CheckDefinition Syntax = s_rows.Error("DANE-SYNTAX", CheckNeeds.Dns, "TLSA records are usable", "TLSA at {name} is unusable: {why}.", "Publish the record that New-TlsaRecord makes from the server's certificate.", "RFC 6698 section 2.1; RFC 7671 section 4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;
}
