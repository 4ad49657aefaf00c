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

/// <summary>
/// Gets the octets of a character-string back from the two texts that DnsClient makes of them, each of which alone has
/// lost something: the escaped text writes octets outside 0x20-0x7E as \DDD and a quote as \" but leaves backslashes as
/// they are, so that \200 may be one octet or four; the other text is decoded as UTF-8, so that octets that are none
/// become U+FFFD. Read side by side they tell every octet.
/// </summary>
internal static class TextOctets
{
    private const int GroupLength = 4;

    /// <summary>The octets as characters, one each.</summary>
    public static string Recover(string escaped, string decoded)
    {
        if (escaped.IndexOf('\\') < 0) return escaped;

        var octets = new StringBuilder(escaped.Length);
        int e = 0;
        int d = 0;
        while (e < escaped.Length && d < decoded.Length)
        {
            char c = decoded[d];
            if (c > 0x7F)
            {
                string run = HighRun(decoded, d);
                d += run.Length;
                AppendRun(octets, escaped, ref e, run, CountHighGroups(decoded, d));
                continue;
            }

            octets.Append(c);
            d++;
            e += c is < (char)0x20 or (char)0x7F ? GroupLength : c == '"' ? 2 : 1;
        }

        return octets.ToString();
    }

    /// <summary>Octets of a text of which only the escaped form is known: \DDD is an octet where it can only be one.</summary>
    public static string Unescape(string escaped)
    {
        if (escaped.IndexOf('\\') < 0) return escaped;

        var octets = new StringBuilder(escaped.Length);
        for (int i = 0; i < escaped.Length;)
        {
            int octet = ReadGroup(escaped, i);
            if (octet is >= 0 and <= 255 && octet is < 0x20 or > 0x7E)
            {
                octets.Append((char)octet);
                i += GroupLength;
            }
            else if (escaped[i] == '\\' && i + 1 < escaped.Length && escaped[i + 1] is '"' or '\\' or ';')
            {
                octets.Append(escaped[i + 1]);
                i += 2;
            }
            else
            {
                octets.Append(escaped[i++]);
            }
        }

        return octets.ToString();
    }

    private static string HighRun(string decoded, int start)
    {
        int end = start;
        while (end < decoded.Length && decoded[end] > 0x7F)
            end++;

        return decoded.Substring(start, end - start);
    }

    /// <summary>
    /// The decoder has joined or replaced octets, so the groups are counted: all in a row but those that are plain text
    /// after the run. Only where more such octets follow that plain text is the count too high, and the fewest octets
    /// that decode to the run are taken.
    /// </summary>
    private static void AppendRun(StringBuilder octets, string escaped, ref int index, string run, int plainGroups)
    {
        int most = CountHighGroups(escaped, index) - plainGroups;
        byte[] candidates = ReadGroups(escaped, index, most);
        int count = candidates.Length;
        if (Encoding.UTF8.GetString(candidates) != run)
        {
            count = candidates.Length == 0 ? 0 : 1;
            while (count < candidates.Length && Encoding.UTF8.GetString(candidates, 0, count) != run)
                count++;
        }

        for (int i = 0; i < count; i++)
            octets.Append((char)candidates[i]);

        index += count * GroupLength;
    }

    private static byte[] ReadGroups(string escaped, int index, int count)
    {
        var octets = new byte[count < 0 ? 0 : count];
        for (int i = 0; i < octets.Length; i++)
            octets[i] = (byte)ReadGroup(escaped, index + (i * GroupLength));

        return octets;
    }

    private static int CountHighGroups(string text, int index)
    {
        int count = 0;
        while (ReadGroup(text, index) is >= 0x80 and <= 0xFF)
        {
            count++;
            index += GroupLength;
        }

        return count;
    }

    /// <summary>The number of \DDD at an index, or -1.</summary>
    private static int ReadGroup(string text, int index) =>
        index + GroupLength <= text.Length && text[index] == '\\'
        && int.TryParse(text.Substring(index + 1, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : -1;
}
