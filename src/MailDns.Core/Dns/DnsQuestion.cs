namespace MailDns.Dns;

/// <summary>A name and a type of class IN to ask DNS for.</summary>
internal readonly struct DnsQuestion(DomainName name, DnsRecordType type, bool withSignatures = false) : IEquatable<DnsQuestion>
{
    public DomainName Name { get; } = name;
    public DnsRecordType Type { get; } = type;

    /// <summary>
    /// True to have the records with their signatures (DO, RFC 3225) and as they are, whether or not they validate (CD, RFC 4035 section 3.2.2): what
    /// a resolver that validates keeps back shows why.
    /// </summary>
    public bool WithSignatures { get; } = withSignatures;

    /// <summary>The same of another name.</summary>
    public DnsQuestion At(DomainName name) => new(name, Type, WithSignatures);

    public bool Equals(DnsQuestion other) => Type == other.Type && WithSignatures == other.WithSignatures && Name.Equals(other.Name);

    public override bool Equals(object? obj) => obj is DnsQuestion other && Equals(other);

    public override int GetHashCode() => unchecked((Name.GetHashCode() * 397) ^ (int)Type ^ (WithSignatures ? 1 << 16 : 0));

    /// <summary>E.g. "_dmarc.example.com TXT".</summary>
    public override string ToString() => Name + " " + DnsRecordTypes.Mnemonic(Type);
}

/// <summary>The DNS types that MailDns asks for or publishes, with their IANA numbers. Others are kept as their number.</summary>
internal enum DnsRecordType
{
    A = 1,
    Ns = 2,
    Cname = 5,
    Soa = 6,
    Ptr = 12,
    Mx = 15,
    Txt = 16,
    Aaaa = 28,
    Srv = 33,
    Dname = 39,
    Ds = 43,
    Rrsig = 46,
    Dnskey = 48,
    Nsec3Param = 51,
    Tlsa = 52,
    Spf = 99,
    Caa = 257,
}

/// <summary>The names of DNS types as people write them, "TXT" or "TYPE65" (RFC 3597 section 5).</summary>
internal static class DnsRecordTypes
{
    // Those that MailDns does not read or ask for, by the IANA register, and two of Windows DNS.
    private static readonly Dictionary<string, int> s_numbers = new(StringComparer.OrdinalIgnoreCase)
    {
        ["MD"] = 3, ["MF"] = 4, ["MB"] = 7, ["MG"] = 8, ["MR"] = 9, ["NULL"] = 10, ["WKS"] = 11, ["HINFO"] = 13,
        ["MINFO"] = 14, ["RP"] = 17, ["AFSDB"] = 18, ["X25"] = 19, ["ISDN"] = 20, ["RT"] = 21, ["NSAP"] = 22, ["NSAP-PTR"] = 23,
        ["SIG"] = 24, ["KEY"] = 25, ["PX"] = 26, ["GPOS"] = 27, ["LOC"] = 29, ["NXT"] = 30, ["EID"] = 31, ["NIMLOC"] = 32,
        ["ATMA"] = 34, ["NAPTR"] = 35, ["KX"] = 36, ["CERT"] = 37, ["A6"] = 38, ["SINK"] = 40, ["APL"] = 42, ["SSHFP"] = 44,
        ["IPSECKEY"] = 45, ["NSEC"] = 47, ["DHCID"] = 49, ["NSEC3"] = 50, ["SMIMEA"] = 53, ["HIP"] = 55,
        ["NINFO"] = 56, ["RKEY"] = 57, ["TALINK"] = 58, ["CDS"] = 59, ["CDNSKEY"] = 60, ["OPENPGPKEY"] = 61, ["CSYNC"] = 62,
        ["ZONEMD"] = 63, ["SVCB"] = 64, ["HTTPS"] = 65, ["DSYNC"] = 66, ["HHIT"] = 67, ["BRID"] = 68, ["NID"] = 104, ["L32"] = 105,
        ["L64"] = 106, ["LP"] = 107, ["EUI48"] = 108, ["EUI64"] = 109, ["NXNAME"] = 128, ["TKEY"] = 249, ["TSIG"] = 250, ["URI"] = 256,
        ["AVC"] = 258, ["DOA"] = 259, ["AMTRELAY"] = 260, ["RESINFO"] = 261, ["WALLET"] = 262, ["CLA"] = 263, ["IPN"] = 264,
        ["TA"] = 32768, ["DLV"] = 32769, ["WINS"] = 65281, ["WINSR"] = 65282, ["WINS-R"] = 65282,
    };

    // Looking an enumeration's name up is slow, and every question of a check is shown or sorted by it.
    private static readonly Dictionary<int, string> s_mnemonics = new();

    static DnsRecordTypes()
    {
        foreach (DnsRecordType type in Enum.GetValues(typeof(DnsRecordType)))
        {
            string mnemonic = type.ToString().ToUpperInvariant();
            s_mnemonics[(int)type] = mnemonic;
            s_numbers[mnemonic] = (int)type;
        }
    }

    /// <summary>The type's mnemonic, upper case; TYPEnnn for one that MailDns does not read or ask for.</summary>
    public static string Mnemonic(DnsRecordType type) =>
        s_mnemonics.TryGetValue((int)type, out string? mnemonic)
            ? mnemonic
            : "TYPE" + ((int)type).ToString(CultureInfo.InvariantCulture);

    /// <summary>The type's mnemonic for people, of a type that MailDns does not read too.</summary>
    public static string NameOf(DnsRecordType type) => s_mnemonics.ContainsKey((int)type) || !s_numbers.ContainsValue((int)type)
        ? Mnemonic(type)
        : s_numbers.First(pair => pair.Value == (int)type).Key;

    /// <summary>The type of a mnemonic or of TYPEnnn. TYPE0 is reserved and not a type (RFC 6895 section 3.1).</summary>
    public static bool TryParse(string text, out DnsRecordType type)
    {
        ushort number = 0;
        bool isKnown = s_numbers.TryGetValue(text, out int known);
        bool isNumber = !isKnown && text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text.Substring(4), NumberStyles.None, CultureInfo.InvariantCulture, out number);
        type = (DnsRecordType)(isKnown ? known : number);
        return isKnown || (isNumber && number > 0);
    }
}
