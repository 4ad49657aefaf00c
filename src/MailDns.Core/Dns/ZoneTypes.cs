using System;
using System.Collections.Generic;

namespace MailDns.Dns;

/// <summary>Mnemonics of the types that a zone file may hold besides those MailDns reads (IANA, and two of Windows DNS).</summary>
internal static class ZoneTypes
{
    private static readonly Dictionary<string, int> s_others = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MD"] = 3, ["MF"] = 4, ["MB"] = 7, ["MG"] = 8, ["MR"] = 9, ["NULL"] = 10, ["WKS"] = 11, ["HINFO"] = 13,
        ["MINFO"] = 14, ["RP"] = 17, ["AFSDB"] = 18, ["X25"] = 19, ["ISDN"] = 20, ["RT"] = 21, ["NSAP"] = 22, ["SIG"] = 24,
        ["KEY"] = 25, ["PX"] = 26, ["GPOS"] = 27, ["LOC"] = 29, ["NXT"] = 30, ["EID"] = 31, ["NIMLOC"] = 32, ["ATMA"] = 34,
        ["NAPTR"] = 35, ["KX"] = 36, ["CERT"] = 37, ["A6"] = 38, ["SINK"] = 40, ["APL"] = 42, ["SSHFP"] = 44,
        ["IPSECKEY"] = 45, ["NSEC"] = 47, ["DHCID"] = 49, ["NSEC3"] = 50, ["NSEC3PARAM"] = 51, ["SMIMEA"] = 53, ["HIP"] = 55,
        ["CDS"] = 59, ["CDNSKEY"] = 60, ["OPENPGPKEY"] = 61, ["CSYNC"] = 62, ["ZONEMD"] = 63, ["SVCB"] = 64, ["HTTPS"] = 65,
        ["NID"] = 104, ["L32"] = 105, ["L64"] = 106, ["LP"] = 107, ["EUI48"] = 108, ["EUI64"] = 109, ["TKEY"] = 249,
        ["TSIG"] = 250, ["URI"] = 256, ["AVC"] = 258, ["DOA"] = 259, ["AMTRELAY"] = 260, ["RESINFO"] = 261, ["TA"] = 32768,
        ["DLV"] = 32769, ["WINS"] = 65281, ["WINSR"] = 65282, ["WINS-R"] = 65282,
    };

    public static bool TryParse(string text, out DnsRecordType type)
    {
        if (DnsRecordTypes.TryParse(text, out type) && Enum.IsDefined(typeof(DnsRecordType), type))
        {
            return true;
        }

        if (s_others.TryGetValue(text, out int number))
        {
            type = (DnsRecordType)number;
            return true;
        }

        // TYPE0 is reserved and no type (RFC 6895 section 3.1).
        return DnsRecordTypes.TryParse(text, out type) && type != default;
    }
}
