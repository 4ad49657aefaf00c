namespace MailDns.Dns;

/// <summary>
/// Reads master files (RFC 1035 section 5, $TTL of RFC 2308 section 4, unknown types of RFC 3597 section 5), also as
/// Export-DnsServerZone and a zone transfer by dig write them. $INCLUDE is refused: the core reads texts, not files.
/// </summary>
internal sealed class ZoneFileParser
{
    /// <summary>Most records of one file.</summary>
    public const int MaxRecords = 2_000_000;

    private const string EntryRule = "RFC 1035 section 5.1";
    private const uint FallbackTtl = 3600;

    // RFC 2181 section 8.
    private const uint MaxTtl = int.MaxValue;

    private readonly string _file;
    private readonly ZoneFileLexer _lexer;
    private readonly ZoneDataParser _data;
    private readonly List<DnsRecord> _records = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private DomainName? _origin;
    private DomainName? _firstOrigin;
    private DomainName? _apex;
    private DomainName? _owner;
    private uint? _defaultTtl;
    private uint? _lastTtl;

    private ZoneFileParser(string text, string fileName, DomainName? defaultOrigin)
    {
        _file = fileName;
        _lexer = new ZoneFileLexer(fileName, text);
        _data = new ZoneDataParser(fileName);
        _origin = defaultOrigin;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">The file's octets, a character each, as in all DNS text. Characters that are none stand for their UTF-8 octets.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="defaultOrigin">What relative names are relative to before $ORIGIN, and the apex where neither SOA nor $ORIGIN tells it.</param>
    /// <exception cref="ZoneFileException">The only exception, with line, column and rule.</exception>
    public static ZoneFile Parse(string text, string fileName, DomainName? defaultOrigin) =>
        new ZoneFileParser(text, fileName, defaultOrigin).Parse(defaultOrigin);

    private ZoneFile Parse(DomainName? defaultOrigin)
    {
        while (_lexer.ReadEntry() is { } entry)
        {
            if (entry[0].Text.Length > 0 && entry[0].Text[0] == '$' && !entry[0].IsQuoted && !entry[0].IsIndented)
            {
                ReadDirective(entry);
            }
            else
            {
                ReadRecord(entry);
            }
        }

        DomainName apex = _apex ?? _firstOrigin ?? defaultOrigin
            ?? throw new ZoneFileException(_file, 1, 1, "the zone's name is not told: there is no SOA record and no $ORIGIN", EntryRule);
        return new ZoneFile(_file, apex, _records);
    }

    private void ReadDirective(List<ZoneToken> entry)
    {
        ZoneToken directive = entry[0];
        if (Is(directive, "$INCLUDE"))
        {
            throw Error(directive, "$INCLUDE is not followed; give the included file too, or export the zone as one file", EntryRule);
        }

        if (!Is(directive, "$ORIGIN") && !Is(directive, "$TTL"))
        {
            throw Error(directive, "the directive " + PrintableText.Quote(directive.Text) + " is not known ($ORIGIN, $TTL)", EntryRule);
        }

        if (entry.Count != 2)
        {
            throw Error(entry[entry.Count > 2 ? 2 : 0], directive.Text + " takes one value", EntryRule);
        }

        if (Is(directive, "$ORIGIN"))
        {
            _origin = _data.ReadName(entry[1], _origin);
            _firstOrigin ??= _origin;
        }
        else
        {
            _defaultTtl = TryReadTtl(entry[1], out uint ttl) ? ttl : throw Error(entry[1], PrintableText.Quote(entry[1].Text) + " is no time to live", "RFC 2308 section 4");
        }
    }

    private void ReadRecord(List<ZoneToken> entry)
    {
        int next = 0;
        DomainName owner = ReadOwner(entry, ref next);
        uint? ttl = ReadTtlAndClass(entry, ref next);
        if (next >= entry.Count)
        {
            throw Error(entry[entry.Count - 1], "the record has no type", EntryRule);
        }

        ZoneToken typeToken = entry[next++];
        if (typeToken.IsQuoted || !ZoneTypes.TryParse(typeToken.Text, out DnsRecordType type))
        {
            throw Error(typeToken, PrintableText.Quote(typeToken.Text) + " is no record type (write TYPE and its number for one that is not known here)", "RFC 3597 section 5");
        }

        RecordData data = _data.Read(type, typeToken, entry, next, _origin);
        if (ttl is not null)
        {
            _lastTtl = ttl;
        }

        if (data is SoaData soa)
        {
            ReadApex(owner, typeToken, soa, ttl);
        }

        Add(new DnsRecord(owner, type, ttl ?? _defaultTtl ?? _lastTtl ?? FallbackTtl, data), typeToken);
    }

    private DomainName ReadOwner(List<ZoneToken> entry, ref int next)
    {
        ZoneToken first = entry[0];
        if (first.IsIndented)
        {
            return _owner ?? throw Error(first, "the first record has no owner", EntryRule);
        }

        if (first.IsQuoted)
        {
            throw Error(first, "an owner is not quoted", EntryRule);
        }

        next = 1;
        _owner = _data.ReadName(first, _origin);
        return _owner;
    }

    /// <summary>TTL and class in either order, each at most once; also the age that Windows DNS exports.</summary>
    private uint? ReadTtlAndClass(List<ZoneToken> entry, ref int next)
    {
        uint? ttl = null;
        bool hasClass = false;
        for (; next < entry.Count && !entry[next].IsQuoted; next++)
        {
            ZoneToken token = entry[next];
            if (IsAge(token.Text))
            {
                continue;
            }

            if (!hasClass && (Is(token, "IN") || Is(token, "CLASS1")))
            {
                hasClass = true;
            }
            else if (!hasClass && (Is(token, "CH") || Is(token, "HS") || Is(token, "CS") || token.Text.StartsWith("CLASS", StringComparison.OrdinalIgnoreCase)))
            {
                throw Error(token, "the class is not IN", EntryRule);
            }
            else if (ttl is null && TryReadTtl(token, out uint seconds))
            {
                ttl = seconds;
            }
            else
            {
                break;
            }
        }

        return ttl;
    }

    private void ReadApex(DomainName owner, ZoneToken token, SoaData soa, uint? ttl)
    {
        if (_apex is not null && !_apex.Equals(owner))
        {
            throw Error(token, "a second SOA record, for another name than " + _apex, "RFC 1035 section 5.2");
        }

        _apex = owner;

        // Files from before RFC 2308 give the default as the last field of the SOA.
        if (ttl is null && _defaultTtl is null && _lastTtl is null)
        {
            _lastTtl = Math.Min(soa.Minimum, MaxTtl);
        }
    }

    /// <summary>The same record twice is one: a zone transfer ends with the SOA that it began with (RFC 5936 section 2.2, RFC 2181 section 5).</summary>
    private void Add(DnsRecord record, ZoneToken token)
    {
        if (!_seen.Add(record.Owner.Text + "\n" + (int)record.Type + "\n" + Key(record.Data)))
        {
            return;
        }

        if (_records.Count >= MaxRecords)
        {
            throw Error(token, "more than " + MaxRecords + " records", "MailDns limit");
        }

        _records.Add(record);
    }

    private static string Key(RecordData data) => data switch
    {
        TxtData txt => string.Join("\n", txt.Strings),
        CaaData caa => caa.Flags + "\n" + caa.Tag + "\n" + caa.Value,
        OpaqueData opaque => opaque.Presentation,
        _ => data.ToString() ?? string.Empty,
    };

    private static bool TryReadTtl(ZoneToken token, out uint ttl)
    {
        ttl = 0;
        return !token.IsQuoted && ZoneTime.TryParse(token.Text, out ttl) && ttl <= MaxTtl;
    }

    private static bool IsAge(string text) =>
        text.Length > 6 && text.StartsWith("[AGE:", StringComparison.OrdinalIgnoreCase) && text[text.Length - 1] == ']'
        && ulong.TryParse(text.Substring(5, text.Length - 6), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static bool Is(ZoneToken token, string text) =>
        !token.IsQuoted && string.Equals(token.Text, text, StringComparison.OrdinalIgnoreCase);

    private ZoneFileException Error(ZoneToken token, string problem, string rule) => new(_file, token.Line, token.Column, problem, rule);
}

/// <summary>A master file as read: the zone's apex and its records in order.</summary>
internal sealed class ZoneFile(string fileName, DomainName apex, IReadOnlyList<DnsRecord> records)
{
    public string FileName { get; } = fileName;

    /// <summary>The owner of the SOA record; without one, the first $ORIGIN or the origin that was given.</summary>
    public DomainName Apex { get; } = apex;

    public IReadOnlyList<DnsRecord> Records { get; } = records;
}

/// <summary>Times of zone files: seconds, or numbers with units as BIND writes them (1w2d3h4m5s, 1h30m).</summary>
internal static class ZoneTime
{
    public static bool TryParse(string text, out uint seconds)
    {
        seconds = 0;
        ulong total = 0;
        ulong number = 0;
        bool hasDigits = false;
        bool hasUnits = false;
        foreach (char c in text)
        {
            if (c is >= '0' and <= '9')
            {
                number = (number * 10) + (ulong)(c - '0');
                hasDigits = true;
            }
            else if (hasDigits && Factor(c) is var factor && factor > 0)
            {
                total += number * factor;
                number = 0;
                hasDigits = false;
                hasUnits = true;
            }
            else
            {
                return false;
            }

            if (number > uint.MaxValue || total > uint.MaxValue)
            {
                return false;
            }
        }

        // A number after units has no unit of its own: "1h30" says nothing certain.
        if (hasDigits == hasUnits || total + number > uint.MaxValue)
        {
            return false;
        }

        seconds = (uint)(total + number);
        return true;
    }

    private static ulong Factor(char unit) => unit switch
    {
        's' or 'S' => 1,
        'm' or 'M' => 60,
        'h' or 'H' => 3600,
        'd' or 'D' => 86400,
        'w' or 'W' => 604800,
        _ => 0,
    };
}

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
