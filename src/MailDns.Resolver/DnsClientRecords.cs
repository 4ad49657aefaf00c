using System.Text;
using DnsClient.Protocol;
using MailDns.Dns;
using WireCaa = DnsClient.Protocol.CaaRecord;
using WireMx = DnsClient.Protocol.MxRecord;
using WireNs = DnsClient.Protocol.NsRecord;
using WirePtr = DnsClient.Protocol.PtrRecord;
using WireSrv = DnsClient.Protocol.SrvRecord;
using WireTlsa = DnsClient.Protocol.TlsaRecord;
using WireTxt = DnsClient.Protocol.TxtRecord;

namespace MailDns.Resolver;

/// <summary>DnsClient's records as MailDns' own.</summary>
internal static class DnsClientRecords
{
    /// <summary>The records that can be read; false when one of those that matter cannot.</summary>
    public static bool TryConvert(IEnumerable<DnsResourceRecord> source, DnsRecordType asked, out List<DnsRecord> records)
    {
        records = new List<DnsRecord>();
        foreach (DnsResourceRecord record in source)
        {
            var type = (DnsRecordType)(int)record.RecordType;

            // Of an answer section only aliases and the asked type are read; signatures and the like are nobody's.
            if (type != asked && type != DnsRecordType.Cname) continue;

            if ((int)record.RecordClass != 1
                || !DomainName.TryParseDns(OriginalName(record.DomainName.Original), out DomainName? owner)
                || Convert(record) is not { } data)
            {
                return false;
            }

            // RFC 2181 section 8: a time to live with the highest bit set is zero.
            records.Add(new DnsRecord(owner!, type, (uint)System.Math.Max(0, record.InitialTimeToLive), data));
        }

        return true;
    }

    /// <summary>A name that DnsClient decoded as UTF-8, as octets again.</summary>
    public static string OriginalName(string decoded)
    {
        foreach (char c in decoded)
        {
            if (c > 0x7F)
            {
                var octets = new StringBuilder();
                foreach (byte octet in Encoding.UTF8.GetBytes(decoded))
                    octets.Append((char)octet);

                return octets.ToString();
            }
        }

        return decoded;
    }

    private static RecordData? Convert(DnsResourceRecord record)
    {
        switch (record)
        {
            case WireTxt txt:
                return new TxtData(ReadStrings(txt));
            case AddressRecord address:
                return new AddressData(address.Address);
            case CNameRecord alias:
                return ReadName(alias.CanonicalName) is { } target ? new NameData(target) : null;
            case WireNs server:
                return ReadName(server.NSDName) is { } host ? new NameData(host) : null;
            case WirePtr pointer:
                return ReadName(pointer.PtrDomainName) is { } name ? new NameData(name) : null;
            case WireMx mx:
                return ReadName(mx.Exchange) is { } exchange ? new MxData(mx.Preference, exchange) : null;
            case SoaRecord soa:
                return ReadName(soa.MName) is { } primary ? new SoaData(primary, ReadName(soa.RName) ?? DomainName.Root, soa.Serial, soa.Refresh, soa.Retry, soa.Expire, soa.Minimum) : null;
            case WireCaa caa:
                return new CaaData(caa.Flags, caa.Tag, TextOctets.Unescape(caa.Value));
            case WireTlsa tlsa:
                return new TlsaData((byte)tlsa.CertificateUsage, (byte)tlsa.Selector, (byte)tlsa.MatchingType, Hex.Format(tlsa.CertificateAssociationData.ToArray()));
            case UnknownRecord unknown:
                var reader = new WireReader(unknown.Data.ToArray());
                return RecordTypes.Read((DnsRecordType)(int)record.RecordType, ref reader);
            case WireSrv srv:
                return ReadName(srv.Target) is { } service ? new SrvData(srv.Priority, srv.Weight, srv.Port, service) : null;
            default:
                return new UnknownData(record.ToString());
        }
    }

    private static string[] ReadStrings(WireTxt txt)
    {
        // RDATA without a single string breaks RFC 1035 section 3.3.14; it says as much as an empty one.
        if (txt.Text.Count == 0) return new[] { string.Empty };

        var strings = new string[txt.Text.Count];
        using IEnumerator<string> escaped = txt.EscapedText.GetEnumerator();
        using IEnumerator<string> decoded = txt.Text.GetEnumerator();
        for (int i = 0; escaped.MoveNext() && decoded.MoveNext(); i++)
            strings[i] = TextOctets.Recover(escaped.Current, decoded.Current);

        return strings;
    }

    /// <summary>A name as the library has it; null where DNS cannot carry it.</summary>
    internal static DomainName? ReadName(DnsClient.DnsString name) =>
        DomainName.TryParseDns(TextOctets.Unescape(name.Value), out DomainName? parsed) ? parsed : null;
}
