using System.Collections.Specialized;
using System.Text;

namespace MailDns.Formats;

/// <summary>Parameters of Add-DnsServerResourceRecord for one record.</summary>
internal static class DnsServerParameters
{
    /// <summary>Most characters of -DescriptiveText.</summary>
    public const int MaxText = 254;

    private static readonly string[] s_usages = { "CAConstraint", "ServiceCertificateConstraint", "TrustAnchorAssertion", "DomainIssuedCertificate" };
    private static readonly string[] s_selectors = { "FullCertificate", "SubjectPublicKeyInfo" };
    private static readonly string[] s_matchings = { "ExactMatch", "Sha256Hash", "Sha512Hash" };

    /// <exception cref="RecordExportException">The cmdlet cannot add the record.</exception>
    public static OrderedDictionary Create(ResourceRecord record)
    {
        var set = new ExportSet(record.Zone, record.Owner, record.DnsType);
        RecordData data = record.ToDnsRecord().Data;
        set.Add(record.Ttl, data);
        ExportNames.Check(set);
        var table = new OrderedDictionary { { "ZoneName", record.ZoneName }, { "Name", record.Name }, { "TimeToLive", record.TimeToLive } };
        switch (data)
        {
            case TxtData txt:
                return With(table, "Txt", ("DescriptiveText", Text(set, txt)));
            case NameData name when set.Type == DnsRecordType.Ns:
                return With(table, "NS", ("NameServer", name.Target.Text));
            case NameData name:
                return With(table, "CName", ("HostNameAlias", name.Target.Text));
            case MxData mx:
                return With(table, "MX", ("MailExchange", RecordText.Bare(mx.Exchange)), ("Preference", mx.Preference));
            case AddressData address when set.Type == DnsRecordType.A:
                return With(table, "A", ("IPv4Address", address.Address));
            case AddressData address:
                return With(table, "AAAA", ("IPv6Address", address.Address));
            case TlsaData tlsa:
                return Tlsa(set, table, tlsa);
            case CaaData caa:
                // The cmdlet has no set for CAA: the unknown type of RFC 3597, data in hexadecimal.
                table.Add("Type", (ushort)DnsRecordType.Caa);
                table.Add("RecordData", Hexadecimal(caa));
                return table;
            default:
                throw RecordExportException.OfType(set, "Add-DnsServerResourceRecord", string.Empty);
        }
    }

    private static OrderedDictionary With(OrderedDictionary table, string type, params (string Name, object Value)[] parameters)
    {
        table.Add(type, value: true);
        foreach ((string name, object value) in parameters)
        {
            table.Add(name, value);
        }

        return table;
    }

    private static string Text(ExportSet set, TxtData txt)
    {
        if (txt.Text.Length > MaxText)
        {
            string remedy = set.Name.Contains("._domainkey")
                ? "Ask the platform for an alias (New-DkimRecord -CnameTarget), which needs no long text; or use "
                : "Use ";
            throw new RecordExportException(
                RecordExportFault.Length,
                set.Place + ": Add-DnsServerResourceRecord takes no text over " + MaxText + " characters, and this has " + txt.Text.Length + ". " + remedy
                + "ConvertTo-DnsRecordText -Format DnsCmd (each string an argument of its own), -Format NsUpdate where the zone allows dynamic updates, or -Format Zone for a zone kept in a file, then dnscmd /ZoneReload.");
        }

        return txt.Text.Length == 0
            ? throw new RecordExportException(RecordExportFault.Value, set.Place + ": Add-DnsServerResourceRecord takes no empty text.")
            : PlainText.Require(set, txt.Text, "Add-DnsServerResourceRecord", "\"");
    }

    private static OrderedDictionary Tlsa(ExportSet set, OrderedDictionary table, TlsaData tlsa)
    {
        if (tlsa.Usage >= s_usages.Length || tlsa.Selector >= s_selectors.Length || tlsa.MatchingType >= s_matchings.Length)
        {
            throw new RecordExportException(RecordExportFault.Value, set.Place + ": Add-DnsServerResourceRecord -TLSA has no names for " + tlsa.Usage + " " + tlsa.Selector + " " + tlsa.MatchingType + ".");
        }

        return With(
            table,
            "TLSA",
            ("CertificateUsage", s_usages[tlsa.Usage]),
            ("Selector", s_selectors[tlsa.Selector]),
            ("MatchingType", s_matchings[tlsa.MatchingType]),
            ("CertificateAssociationData", tlsa.AssociationData));
    }

    // RFC 8659 section 4.1: flags, length of the tag, tag, value.
    private static string Hexadecimal(CaaData caa)
    {
        var octets = new List<byte> { caa.Flags, (byte)caa.Tag.Length };
        octets.AddRange(Encoding.ASCII.GetBytes(caa.Tag));
        octets.AddRange(CharacterStrings.GetOctets(caa.Value));
        return Hex.Format(octets.ToArray());
    }
}
