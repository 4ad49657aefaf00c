using System.Net;

namespace MailDns.Dns;

/// <summary>RDATA from its octets, names uncompressed (RFC 3597 section 4). Types that MailDns does not read become opaque.</summary>
internal static class WireData
{
    public static bool TryRead(DnsRecordType type, byte[] octets, out RecordData? data)
    {
        data = Read(type, octets);
        return data is not null;
    }

    private static RecordData? Read(DnsRecordType type, byte[] octets)
    {
        int index = 0;
        switch (type)
        {
            case DnsRecordType.A:
                return octets.Length == 4 ? new AddressData(new IPAddress(octets)) : null;
            case DnsRecordType.Aaaa:
                return octets.Length == 16 ? new AddressData(new IPAddress(octets)) : null;
            case DnsRecordType.Ns or DnsRecordType.Cname or DnsRecordType.Ptr or DnsRecordType.Dname:
                return ReadName(octets, ref index) is { } target && index == octets.Length ? new NameData(target) : null;
            case DnsRecordType.Mx:
                index = 2;
                return octets.Length > 2 && ReadName(octets, ref index) is { } exchange && index == octets.Length
                    ? new MxData((ushort)((octets[0] << 8) | octets[1]), exchange)
                    : null;
            case DnsRecordType.Txt or DnsRecordType.Spf:
                return ReadStrings(octets) is { } strings ? new TxtData(strings) : null;
            case DnsRecordType.Soa:
                return ReadSoa(octets);
            case DnsRecordType.Tlsa:
                return octets.Length > 3 ? new TlsaData(octets[0], octets[1], octets[2], Hex.Format(octets).Substring(6)) : null;
            case DnsRecordType.Caa:
                return ReadCaa(octets);
            default:
                return new OpaqueData("\\# " + octets.Length + (octets.Length > 0 ? " " + Hex.Format(octets) : string.Empty));
        }
    }

    private static SoaData? ReadSoa(byte[] octets)
    {
        int index = 0;
        if (ReadName(octets, ref index) is not { } primary || ReadName(octets, ref index) is not { } mailbox || index + 20 != octets.Length)
        {
            return null;
        }

        return new SoaData(primary, mailbox.Text + ".", ReadUInt32(octets, index), ReadUInt32(octets, index + 16));
    }

    private static CaaData? ReadCaa(byte[] octets)
    {
        if (octets.Length < 3 || octets[1] == 0 || octets[1] + 2 > octets.Length)
        {
            return null;
        }

        int value = octets[1] + 2;
        return new CaaData(
            octets[0],
            CharacterStrings.FromOctets(octets, 2, octets[1]),
            CharacterStrings.FromOctets(octets, value, octets.Length - value));
    }

    private static List<string>? ReadStrings(byte[] octets)
    {
        var strings = new List<string>();
        for (int i = 0; i < octets.Length; i += octets[i] + 1)
        {
            if (i + octets[i] >= octets.Length)
            {
                return null;
            }

            strings.Add(CharacterStrings.FromOctets(octets, i + 1, octets[i]));
        }

        return strings.Count > 0 ? strings : null;
    }

    private static DomainName? ReadName(byte[] octets, ref int index)
    {
        var text = new System.Text.StringBuilder();
        while (index < octets.Length)
        {
            int length = octets[index++];
            if (length == 0)
            {
                return DomainName.TryParseDns(text.ToString(), out DomainName? name) ? name : null;
            }

            string label = length <= DomainName.MaxLabelLength && index + length <= octets.Length ? CharacterStrings.FromOctets(octets, index, length) : ".";
            if (label.IndexOf('.') >= 0)
            {
                return null;
            }

            text.Append(label).Append('.');
            index += length;
        }

        return null;
    }

    private static uint ReadUInt32(byte[] octets, int index) =>
        ((uint)octets[index] << 24) | ((uint)octets[index + 1] << 16) | ((uint)octets[index + 2] << 8) | octets[index + 3];
}
