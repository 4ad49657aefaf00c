using System.Text.RegularExpressions;

namespace MailDns.Dns;

/// <summary>
/// Reads master files (RFC 1035 section 5, $TTL of RFC 2308 section 4, unknown types of RFC 3597 section 5, $GENERATE of BIND), as BIND
/// reads them, and as Windows DNS, dig and the exports of the large DNS services write them. $INCLUDE is refused: the core reads texts, not
/// files. An entry that is not understood is left out and told; what it would have said is not known.
/// </summary>
internal sealed class ZoneFileParser
{
    /// <summary>Most records of one file.</summary>
    public const int MaxRecords = 2_000_000;

    /// <summary>Most entries that the $GENERATE directives of a file make.</summary>
    public const int MaxGenerated = 262_144;

    /// <summary>Most entries that are left out; a text of other words has them line by line.</summary>
    public const int MaxSkipped = 100_000;

    private const string EntryRule = "RFC 1035 section 5.1";
    private const uint FallbackTtl = 3600;

    // RFC 2181 section 8.
    private const uint MaxTtl = int.MaxValue;

    // Without one of these nothing is known of the names that follow, or of those that are left out.
    private static readonly string[] s_naming = { "$ORIGIN", "$INCLUDE", "$GENERATE" };

    private readonly string _file;
    private readonly string _text;
    private readonly List<DnsRecord> _records = new();
    private readonly List<SkippedZoneEntry> _skipped = new();
    private readonly List<string> _notes = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly ZoneOrigin? _given;
    private readonly string? _path;
    private DomainName? _origin;
    private DomainName? _firstOrigin;
    private DomainName? _apex;
    private DomainName? _owner;
    private bool _isOwnerLost;
    private long _generated;
    private uint? _defaultTtl;
    private uint? _lastTtl;
    private CancellationToken _stop;

    private ZoneFileParser(string text, string fileName, ZoneOrigin? origin, string? path)
    {
        _path = path;
        _file = fileName;
        _text = text;
        _given = origin is { IsStated: true } ? origin : ZoneNames.FindStated(text) ?? origin;
        _origin = _given?.Name;
    }

    /// <summary>Reads a whole file.</summary>
    /// <param name="text">The file's octets, a character each, as in all DNS text. Characters that are not octets stand for their UTF-8 octets.</param>
    /// <param name="fileName">For messages.</param>
    /// <param name="defaultOrigin">What relative names are relative to before $ORIGIN, and the apex where neither SOA nor $ORIGIN tells it.</param>
    /// <exception cref="ZoneFileException">The only exception, with line, column and rule.</exception>
    public static ZoneFile Parse(string text, string fileName, DomainName? defaultOrigin) =>
        Parse(text, fileName, defaultOrigin is null ? null : new ZoneOrigin(defaultOrigin, "as given", IsStated: true));

    /// <summary>Reads a whole file of which is known what zone it is probably of.</summary>
    /// <exception cref="ZoneFileException">The only exception, with line, column and rule.</exception>
    /// <param name="path">The whole path of the file; null for a text that came otherwise.</param>
    /// <param name="cancellationToken">Ends the reading of a large file.</param>
    public static ZoneFile Parse(string text, string fileName, ZoneOrigin? origin, string? path = null, CancellationToken cancellationToken = default) =>
        new ZoneFileParser(WithLineFeeds(text), fileName, origin, path) { _stop = cancellationToken }.Parse();

    // Where no line but the last has a line feed, the carriage returns end the lines.
    private static string WithLineFeeds(string text)
    {
        int end = text.IndexOf('\n');
        return end < 0 || end == text.Length - 1 ? text.Replace('\r', '\n') : text;
    }

    private ZoneFile Parse()
    {
        Read(new ZoneFileLexer(_file, _text), isGenerated: false);
        ZoneOrigin apex = FindApex();
        ReplaceAutomaticTtl();
        return new ZoneFile(_file, apex.Name, _records)
        {
            Path = _path,
            IsComplete = _apex is not null && _apex.Equals(apex.Name),
            ApexSource = apex.Source,
            Skipped = _skipped,
            Notes = _notes,
        };
    }

    private void Read(ZoneFileLexer lexer, bool isGenerated)
    {
        while (true)
        {
            _stop.ThrowIfCancellationRequested();
            List<ZoneToken>? entry;
            try
            {
                entry = lexer.ReadEntry();
            }
            catch (ZoneFileException fault)
            {
                SkipBroken(lexer.Entry, fault);
                lexer.Recover();
                continue;
            }

            if (entry is null) return;

            if (!isGenerated && entry[0].Text.Length > 0 && entry[0].Text[0] == '$' && !entry[0].IsQuoted && !entry[0].IsIndented)
            {
                try
                {
                    ReadDirective(entry);
                }
                catch (ZoneFileException fault) when (!fault.EndsReading && !s_naming.Contains(entry[0].Text.ToUpperInvariant()))
                {
                    Skip(new SkippedZoneEntry(fault, Owner: null, Types: null));
                }

                continue;
            }

            try
            {
                ReadRecord(entry);
            }
            catch (ZoneFileException fault) when (!fault.EndsReading)
            {
                Skip(entry, fault);
            }
        }
    }

    /// <summary>The zone, and who told it.</summary>
    private ZoneOrigin FindApex()
    {
        if (_apex is { IsRoot: true } && !(_given is { IsStated: true, Name.IsRoot: true }))
        {
            // Exports of Cloudflare from 2016 to 2018, and @ under $ORIGIN .: nobody who sends mail has the root.
            _notes.Add("The SOA record is that of the root, so only the names that are written are taken as known. Specify -ZoneName if the file is of another zone.");
            _apex = null;
        }

        if (_apex is not null) return new ZoneOrigin(_apex, "its SOA record", IsStated: true);

        ZoneOrigin? read = _firstOrigin is null ? null : new ZoneOrigin(_firstOrigin, "its $ORIGIN", IsStated: true);
        if (_given is not null && read is { Name.LabelCount: < 2 }) return _given;

        return read ?? _given
            ?? throw new ZoneFileException(_file, 1, 1, "the zone is not known: there is no SOA record, no $ORIGIN, and no file named after the zone (contoso.com.zone). Use ConvertFrom-DnsZone -ZoneName", EntryRule);
    }

    /// <summary>Cloudflare exports 1 for a time to live that it sets itself, which is 300 s; no other server would take it so.</summary>
    private void ReplaceAutomaticTtl()
    {
        const uint Automatic = 1;
        const uint Served = 300;
        if (!_records.Exists(record => record.Data is SoaData soa && soa.Primary.Text.EndsWith(".cloudflare.com", StringComparison.Ordinal)))
            return;

        int count = 0;
        for (int i = 0; i < _records.Count; i++)
        {
            DnsRecord record = _records[i];
            if (record.Ttl == Automatic)
            {
                _records[i] = new DnsRecord(record.Owner, record.Type, Served, record.Data);
                count++;
            }
        }

        if (count > 0)
            _notes.Add("Cloudflare writes a time to live of 1 for an automatic one; " + count + " records are taken to have 300 s, which is what it serves.");
    }

    private void Skip(List<ZoneToken> entry, ZoneFileException fault)
    {
        DomainName? owner = _isOwnerLost ? null : _owner;
        ZoneToken type = entry.Skip(entry[0].IsIndented ? 0 : 1).FirstOrDefault(token => !token.IsQuoted && DnsRecordTypes.TryParse(token.Text, out _));
        DnsRecordType[]? types = type.Text is not null && DnsRecordTypes.TryParse(type.Text, out DnsRecordType number) ? number == DnsRecordType.Cname ? null : [number]
            : entry.Exists(token => Is(token, "ALIAS") || Is(token, "ANAME")) ? [DnsRecordType.A, DnsRecordType.Aaaa]
            : fault.IsUnknownType ? []
            : null;
        Skip(new SkippedZoneEntry(fault, owner, types));
    }

    private void Skip(SkippedZoneEntry entry)
    {
        _skipped.Add(entry);
        if (_skipped.Count <= MaxSkipped) return;

        throw new ZoneFileException(_file, entry.Fault.Line, entry.Fault.Column, "more than " + MaxSkipped + " entries cannot be read, so this is probably not a zone file", "MailDns limit") { EndsReading = true };
    }

    // What could not be cut into words: its owner counts where that came before the fault.
    private void SkipBroken(List<ZoneToken> entry, ZoneFileException fault)
    {
        if (entry.Count > 0 && entry[0].Text.StartsWith("$", StringComparison.Ordinal)) throw fault;

        try
        {
            _isOwnerLost |= entry.Count == 0;
            if (entry.Count > 0) ReadOwner(entry, new ZoneWords(_file, entry, _origin));
        }
        catch (ZoneFileException unread) when (!unread.EndsReading)
        {
            // The entry is left out either way.
        }

        Skip(new SkippedZoneEntry(fault, _isOwnerLost ? null : _owner, Types: null));
    }

    private void ReadDirective(List<ZoneToken> entry)
    {
        ZoneToken directive = entry[0];
        if (Is(directive, "$INCLUDE"))
            throw Error(directive, "$INCLUDE is not supported; export the zone as one file, for example with named-compilezone", EntryRule);

        if (Is(directive, "$GENERATE"))
        {
            Generate(entry);
            return;
        }

        if (!Is(directive, "$ORIGIN") && !Is(directive, "$TTL"))
            throw Error(directive, "the directive " + PrintableText.Quote(directive.Text) + " is not known ($ORIGIN, $TTL, $GENERATE)", EntryRule);

        if (entry.Count != 2)
            throw Error(entry[entry.Count > 2 ? 2 : 0], directive.Text + " takes one value", EntryRule);

        if (Is(directive, "$ORIGIN"))
            ReadOrigin(entry);
        else
            _defaultTtl = TryReadTtl(entry[1], out uint ttl) ? ttl : throw Error(entry[1], PrintableText.Quote(entry[1].Text) + " is not a time to live", "RFC 2308 section 4");
    }

    private void ReadOrigin(List<ZoneToken> entry)
    {
        _origin = TryReadUndotted(entry[1], out DomainName? name) && (_firstOrigin is null || name!.Equals(_firstOrigin) || name.Equals(_given?.Name))
            ? TakeAbsolute("$ORIGIN " + entry[1].Text, name!)
            : new ZoneWords(_file, entry, _origin) { Position = 1 }.Name();
        _firstOrigin ??= _origin;
    }

    /// <summary>
    /// A name of several labels without its last dot that begins a file: of older exports of GoDaddy, Azure and PowerDNS as $ORIGIN, of
    /// Cloudflare as the owner of the SOA record. By RFC 1035 it is relative. It is taken as absolute where it is what the zone is known to
    /// be, and where all that speaks against it is a guess.
    /// </summary>
    private bool TryReadUndotted(ZoneToken token, out DomainName? name)
    {
        name = null;
        return !token.IsQuoted && token.Text.IndexOf('.') > 0 && !ZoneWords.IsAbsolute(token.Text) && token.Text.IndexOf('\\') < 0
            && DomainName.TryParseDns(token.Text, out name)
            && (_origin is null || name!.Equals(_origin) || name.Equals(_given?.Name) || (_firstOrigin is null && _given is { IsStated: false }));
    }

    private DomainName TakeAbsolute(string what, DomainName name)
    {
        _notes.Add(PrintableText.Escape(what) + " has no dot at its end and would be relative; it is taken as " + name + ".");
        return name;
    }

    private void ReadRecord(List<ZoneToken> entry)
    {
        var words = new ZoneWords(_file, entry, _origin);
        ReadOwner(entry, words);
        uint? ttl = ReadTtlAndClass(words, entry);
        if (words.IsAtEnd) throw Error(entry[entry.Count - 1], "the record has no type", EntryRule);

        ZoneToken typeToken = words.Next;
        words.Position++;
        if (typeToken.IsQuoted || !DnsRecordTypes.TryParse(typeToken.Text, out DnsRecordType type))
        {
            ZoneFileException fault = Error(typeToken, PrintableText.Quote(typeToken.Text) + " is not a known record type; a type without a name is written as TYPE and its number", "RFC 3597 section 5");
            fault.IsUnknownType = true;
            throw fault;
        }

        DomainName owner = _isOwnerLost ? throw Error(entry[0], "the owner is that of the line before, which could not be read", EntryRule) : _owner!;
        if (type == DnsRecordType.Soa && !entry[0].IsIndented && _apex is null && TryReadUndotted(entry[0], out DomainName? name) && !name!.Equals(owner))
        {
            owner = _owner = TakeAbsolute("The owner of the SOA record, " + entry[0].Text + ",", name);
            _origin ??= owner;
        }

        RecordData data = words.ReadData(type);
        _lastTtl = ttl ?? _defaultTtl ?? _lastTtl;
        if (data is SoaData soa) ReadApex(owner, typeToken, soa);

        Add(new DnsRecord(owner, type, _lastTtl ?? FallbackTtl, data) { Line = typeToken.Line }, typeToken);
    }

    private void ReadOwner(List<ZoneToken> entry, ZoneWords words)
    {
        ZoneToken first = entry[0];
        if (first.IsIndented)
        {
            _ = _owner ?? throw Error(first, "the first record has no owner", EntryRule);
            return;
        }

        _isOwnerLost = true;
        if (first.IsQuoted) throw Error(first, "an owner is not quoted", EntryRule);

        // Relative to nothing, an owner of the SOA record may still be the zone's whole name.
        if (_origin is null && entry.Exists(token => Is(token, "SOA")) && TryReadUndotted(first, out DomainName? name))
        {
            words.Position = 1;
            _owner = TakeAbsolute("The owner of the SOA record, " + first.Text + ",", name!);
            _origin = _owner;
        }
        else
        {
            _owner = words.Name();
        }

        _isOwnerLost = false;
    }

    /// <summary>TTL and class in either order, each at most once; also the age that Windows DNS exports.</summary>
    private static uint? ReadTtlAndClass(ZoneWords words, List<ZoneToken> entry)
    {
        uint? ttl = null;
        bool hasClass = false;
        for (; !words.IsAtEnd && !words.Next.IsQuoted; words.Position++)
        {
            ZoneToken token = words.Next;
            if (IsAge(token.Text)) continue;

            if (!hasClass && (Is(token, "IN") || Is(token, "CLASS1")))
                hasClass = true;
            else if (!hasClass && (Is(token, "CH") || Is(token, "HS") || Is(token, "CS") || token.Text.StartsWith("CLASS", StringComparison.OrdinalIgnoreCase)))
                throw words.Fault(token, "the class is not IN", EntryRule);
            else if (ttl is null && TryReadTtl(token, out uint seconds))
                ttl = seconds;
            else
                break;
        }

        return ttl;
    }

    private void ReadApex(DomainName owner, ZoneToken token, SoaData soa)
    {
        if (_apex is not null && !_apex.Equals(owner))
        {
            ZoneFileException fault = Error(token, "a second SOA record, for another name than " + _apex, "RFC 1035 section 5.2");
            fault.EndsReading = true;
            throw fault;
        }

        _apex = owner;

        // Where nothing has told a time to live the last field of the SOA is the default, as in files from before RFC 2308 and in those
        // of Windows DNS; a time to live that another record has of its own does not change it (BIND does the same).
        if (_lastTtl is null) _lastTtl = _defaultTtl = Math.Min(soa.Minimum, MaxTtl);
    }

    /// <summary>The same record twice is one: a zone transfer ends with the SOA that it began with (RFC 5936 section 2.2, RFC 2181 section 5).</summary>
    private void Add(DnsRecord record, ZoneToken token)
    {
        if (!_seen.Add(record.Owner.Text + "\n" + (int)record.Type + "\n" + record.Data.ToPresentation())) return;

        if (_records.Count >= MaxRecords)
        {
            ZoneFileException fault = Error(token, "more than " + MaxRecords + " records", "MailDns limit");
            fault.EndsReading = true;
            throw fault;
        }

        _records.Add(record);
    }

    /// <summary>$GENERATE start-stop[/step] owner [ttl] [class] type data, as BIND has it.</summary>
    private void Generate(List<ZoneToken> entry)
    {
        const string Rule = "BIND Administrator Reference Manual, $GENERATE";
        Match range = Regex.Match(entry.Count > 1 ? entry[1].Text : string.Empty, "^(?<start>[0-9]{1,9})-(?<stop>[0-9]{1,9})(/(?<step>[0-9]{1,9}))?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));
        if (!range.Success || entry.Count < 5)
            throw Error(entry[Math.Min(1, entry.Count - 1)], "$GENERATE needs a range (1-10 or 1-10/2), an owner, a type and data", Rule);

        int start = int.Parse(range.Groups["start"].Value, CultureInfo.InvariantCulture);
        int stop = int.Parse(range.Groups["stop"].Value, CultureInfo.InvariantCulture);
        int step = range.Groups["step"].Success ? int.Parse(range.Groups["step"].Value, CultureInfo.InvariantCulture) : 1;
        if (start > stop || step == 0) throw Error(entry[1], "the range " + entry[1].Text + " is empty", Rule);

        _generated += ((stop - start) / step) + 1;
        if (_generated > MaxGenerated)
            throw Error(entry[1], "$GENERATE would make more than " + MaxGenerated + " entries", "MailDns limit");

        // The data may be several words in one pair of quotes, which BIND reads once more.
        bool isWhole = entry[entry.Count - 1] is { IsQuoted: true };
        (DomainName? Owner, bool IsLost) before = (_owner, _isOwnerLost);
        for (int i = start; i <= stop; i += step)
        {
            string owner = ZoneGenerator.Fill(entry[2].Text, i) ?? throw Error(entry[2], "the modifier of $ in " + PrintableText.Quote(entry[2].Text) + " is not ${offset,width,base}", Rule);
            string rest = string.Join(" ", entry.Skip(3).Select((token, at) =>
                ZoneGenerator.Fill(token.Text, i) is { } text
                    ? token.IsQuoted && !(isWhole && at == entry.Count - 4) ? "\"" + text + "\"" : text
                    : throw Error(token, "the modifier of $ in " + PrintableText.Quote(token.Text) + " is not ${offset,width,base}", Rule)));
            Read(new ZoneFileLexer(_file, owner + " " + rest, entry[0].Line), isGenerated: true);
        }

        // A line that begins with white space goes on with the owner before the directive.
        (_owner, _isOwnerLost) = before;
    }

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

    /// <summary>The whole path of the file; null for a text that came otherwise.</summary>
    public string? Path { get; init; }

    /// <summary>The owner of the SOA record; without one, the first $ORIGIN or the origin that was given.</summary>
    public DomainName Apex { get; } = apex;

    public IReadOnlyList<DnsRecord> Records { get; } = records;

    /// <summary>True for a whole zone: what it does not hold does not exist. Of a part of one, only what is written is known.</summary>
    public bool IsComplete { get; init; } = true;

    /// <summary>What told the apex: "its SOA record", "the file's name".</summary>
    public string ApexSource { get; init; } = "as given";

    /// <summary>Entries that were not understood.</summary>
    public IReadOnlyList<SkippedZoneEntry> Skipped { get; init; } = Array.Empty<SkippedZoneEntry>();

    /// <summary>What was taken for something else than its letter.</summary>
    public IReadOnlyList<string> Notes { get; init; } = Array.Empty<string>();

    /// <summary>What to tell who gave the file: notes, then the entries that were left out, a few of each reason.</summary>
    public IEnumerable<string> Warnings
    {
        get
        {
            const int Most = 5;
            string file = PrintableText.Escape(FileName);
            foreach (string note in Notes)
                yield return file + ": " + note;

            foreach (SkippedZoneEntry entry in Skipped.Take(Most))
                yield return "Left out: " + entry.Fault.Message;

            if (Skipped.Count > Most)
                yield return "Left out: " + (Skipped.Count - Most) + " more entries of " + file + ".";
        }
    }
}

/// <summary>An entry of a zone file that was not understood. What it says is not known, which is not that nothing is there.</summary>
/// <param name="Fault">What is wrong, and where.</param>
/// <param name="Owner">Its owner, where that was understood.</param>
/// <param name="Types">What it would have told; null where that may be any type.</param>
internal sealed record SkippedZoneEntry(ZoneFileException Fault, DomainName? Owner, IReadOnlyList<DnsRecordType>? Types);

/// <summary>A zone's name, and who told it.</summary>
/// <param name="Name">The zone.</param>
/// <param name="Source">For people: "-ZoneName", "the file's name".</param>
/// <param name="IsStated">False for a guess, which the file's own words overrule.</param>
internal sealed record ZoneOrigin(DomainName Name, string Source, bool IsStated);

/// <summary>Fills in the templates of $GENERATE.</summary>
internal static class ZoneGenerator
{
    /// <summary>The template with its $ and ${offset,width,base} replaced; null where a modifier is wrong.</summary>
    public static string? Fill(string template, int number)
    {
        var text = new System.Text.StringBuilder(template.Length + 8);
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c == '\\' && i + 1 < template.Length)
            {
                i++;
                _ = template[i] == '$' ? text.Append('$') : text.Append('\\').Append(template[i]);
            }
            else if (c != '$')
            {
                text.Append(c);
            }
            else if (i + 1 < template.Length && template[i + 1] == '$')
            {
                i++;
                text.Append('$');
            }
            else if (i + 1 < template.Length && template[i + 1] == '{')
            {
                int end = template.IndexOf('}', i);
                if (end < 0 || Format(template.Substring(i + 2, end - i - 2), number) is not { } value) return null;

                text.Append(value);
                i = end;
            }
            else
            {
                text.Append(number.ToString(CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static string? Format(string modifier, int number)
    {
        string[] parts = modifier.Split(',');
        int width = 0;
        bool isRead = parts.Length <= 3
            && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int offset)
            && (parts.Length < 2 || int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out width))
            && (number += offset) >= 0 && width <= DomainName.MaxLength;
        return !isRead ? null : (parts.Length < 3 ? "d" : parts[2]) switch
        {
            "d" => number.ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'),
            "o" => Convert.ToString(number, 8).PadLeft(width, '0'),
            "x" => number.ToString("x", CultureInfo.InvariantCulture).PadLeft(width, '0'),
            "X" => number.ToString("X", CultureInfo.InvariantCulture).PadLeft(width, '0'),
            "n" => Nibbles(number, width, "x"),
            "N" => Nibbles(number, width, "X"),
            _ => null,
        };
    }

    // Hexadecimal digits from the last to the first with dots between them, as in ip6.arpa; the width counts the dots too.
    private static string Nibbles(int number, int width, string format)
    {
        string digits = number.ToString(format, CultureInfo.InvariantCulture).PadLeft((width + 1) / 2, '0');
        return string.Join(".", digits.Reverse());
    }
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

            if (number > uint.MaxValue || total > uint.MaxValue) return false;
        }

        // A number after units has no unit of its own: "1h30" says nothing certain.
        if (hasDigits == hasUnits || total + number > uint.MaxValue) return false;

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
