using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDns.Dns;

/// <summary>
/// The words of one entry of a zone file, read one after the other; what is not as RFC 1035 section 5.1 has it is a
/// <see cref="ZoneFileException"/> with its place.
/// </summary>
/// <param name="file">For messages.</param>
/// <param name="entry">The entry's words.</param>
/// <param name="origin">What relative names are relative to; null where nothing tells it.</param>
internal sealed class ZoneWords(string file, List<ZoneToken> entry, DomainName? origin)
{
    private const string EntryRule = "RFC 1035 section 5.1";
    private const string StringRule = "RFC 1035 section 5.1, character-string";
    private const string NameRule = "RFC 1035 section 5.1, domain-name";

    private readonly string _file = file;
    private readonly List<ZoneToken> _entry = entry;
    private readonly DomainName? _origin = origin;
    private int _typeAt;

    public int Position { get; set; }

    public bool IsAtEnd => Position >= _entry.Count;

    /// <summary>The next word; none may be left.</summary>
    public ZoneToken Next => _entry[Position];

    /// <summary>The data of a record, all of the words after its type.</summary>
    public RecordData ReadData(DnsRecordType type)
    {
        _typeAt = Position - 1;
        if (!IsAtEnd && !Next.IsQuoted && Next.Text == "\\#") return ReadOctets(type);

        if (RecordTypes.Find(type) is not { } definition)
        {
            return _entry[_typeAt].Text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase)
                ? throw Fault(_entry[_typeAt], PrintableText.Escape(_entry[_typeAt].Text) + " needs its data as \\# length hexadecimal", "RFC 3597 section 5")
                : new UnknownData(Rest());
        }

        RecordData data = definition.Parse(this);
        return IsAtEnd ? data : throw Fault(Next, "more data than the type " + DnsRecordTypes.Mnemonic(type) + " has", EntryRule);
    }

    /// <summary>Requires so many words, no more and no fewer.</summary>
    public ZoneWords Expect(int count)
    {
        ExpectAtLeast(count);
        return _entry.Count - Position == count ? this : throw Fault(_entry[Position + count], "more data than the type " + TypeText() + " has", EntryRule);
    }

    public ZoneWords ExpectAtLeast(int count) => _entry.Count - Position >= count
        ? this
        : throw Fault(_entry[_typeAt], TypeText() + " needs " + count + " values, not " + (_entry.Count - Position), EntryRule);

    public byte UInt8() => (byte)Number(byte.MaxValue);

    public ushort UInt16() => (ushort)Number(ushort.MaxValue);

    public uint UInt32() => Number(uint.MaxValue);

    /// <summary>Seconds, or numbers with units as BIND writes them.</summary>
    public uint Time()
    {
        ZoneToken token = Take();
        return !token.IsQuoted && ZoneTime.TryParse(token.Text, out uint seconds)
            ? seconds
            : throw Fault(token, PrintableText.Quote(token.Text) + " is not a time", "RFC 1035 section 3.3.13");
    }

    /// <summary>A name; relative ones get the origin.</summary>
    public DomainName Name()
    {
        ZoneToken token = Take();
        if (token.IsQuoted) throw Fault(token, "a name is not quoted", NameRule);

        string text = token.Text;
        if (text == ".") return DomainName.Root;

        bool isAbsolute = IsAbsolute(text);
        if (!isAbsolute && _origin is null)
        {
            throw new ZoneFileException(
                _file,
                token.Line,
                token.Column,
                "the name " + PrintableText.Quote(text) + " is relative, and the zone is not known. Add $ORIGIN, name the file after its zone (contoso.com.zone), or use ConvertFrom-DnsZone -ZoneName",
                NameRule) { EndsReading = true };
        }

        if (text == "@") return _origin!;

        string octets = Unescape(token, isName: true);
        string full = isAbsolute || _origin!.IsRoot ? octets : octets + "." + _origin.Text;
        return DomainName.TryParseDns(full, out DomainName? name)
            ? name!
            : throw Fault(token, PrintableText.Quote(text) + " is not a valid name: a label is empty or over 63 octets, or the name over 253", "RFC 1035 section 2.3.4");
    }

    /// <summary>An address of a family.</summary>
    public IPAddress Address(AddressFamily family)
    {
        ZoneToken token = Take();

        // IPAddress alone would take "1", "0x7f.1" and a scope.
        bool isPlausible = family == AddressFamily.InterNetwork
            ? IsDottedQuad(token.Text)
            : token.Text.IndexOf(':') >= 0 && token.Text.IndexOf('%') < 0 && token.Text.IndexOf('[') < 0;
        return isPlausible && !token.IsQuoted && IPAddress.TryParse(token.Text, out IPAddress? address) && address.AddressFamily == family
            ? address
            : throw Fault(
                token,
                PrintableText.Quote(token.Text) + " is not an " + (family == AddressFamily.InterNetwork ? "IPv4" : "IPv6") + " address",
                family == AddressFamily.InterNetwork ? "RFC 1035 section 3.4.1" : "RFC 3596 section 2.4");
    }

    /// <summary>One word as a text, quoted or not.</summary>
    public string Text() => Unescape(Take(), isName: false);

    /// <summary>All words that are left, each a character-string.</summary>
    public string[] Strings()
    {
        if (IsAtEnd)
            throw Fault(_entry[_typeAt], TypeText() + " needs at least one character-string", "RFC 1035 section 3.3.14");

        var strings = new string[_entry.Count - Position];
        long length = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            ZoneToken token = Next;
            strings[i] = Text();
            if (strings[i].Length > CharacterStrings.MaxOctets)
            {
                throw Fault(token, "the character-string has " + strings[i].Length + " octets; the limit is 255: split it into several strings of this record", "RFC 1035 section 3.3");
            }

            length += strings[i].Length + 1;
        }

        return length <= ushort.MaxValue ? strings : throw Fault(_entry[_typeAt], "the record's data is longer than 65535 octets", "RFC 1035 section 3.2.1");
    }

    /// <summary>All words that are left, as hexadecimal digits.</summary>
    public byte[] Hex()
    {
        ZoneToken first = IsAtEnd ? _entry[_entry.Count - 1] : Next;
        var digits = new StringBuilder();
        while (!IsAtEnd)
            digits.Append(Take().Text);

        return Dns.Hex.TryParse(digits.ToString(), out byte[]? octets)
            ? octets!
            : throw Fault(first, "the data is not an even number of hexadecimal digits", "RFC 3597 section 5");
    }

    /// <summary>What is wrong with the word that was read last.</summary>
    public ZoneFileException Fault(string problem, string rule) => Fault(_entry[Math.Max(0, Position - 1)], problem, rule);

    public ZoneFileException Fault(ZoneToken token, string problem, string rule) => new(_file, token.Line, token.Column, problem, rule);

    /// <summary>True for a name that ends in a dot which is not escaped.</summary>
    public static bool IsAbsolute(string text)
    {
        if (text.Length == 0 || text[text.Length - 1] != '.') return false;

        int backslashes = 0;
        for (int i = text.Length - 2; i >= 0 && text[i] == '\\'; i--)
            backslashes++;

        return backslashes % 2 == 0;
    }

    private static bool IsDottedQuad(string text)
    {
        string[] parts = text.Split('.');
        foreach (string part in parts)
        {
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
                return false;
        }

        return parts.Length == 4;
    }

    private ZoneToken Take() => _entry[Position++];

    private string TypeText() => PrintableText.Escape(_entry[_typeAt].Text.ToUpperInvariant());

    private uint Number(uint max)
    {
        ZoneToken token = Take();
        return !token.IsQuoted && uint.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= max
            ? number
            : throw Fault(token, PrintableText.Quote(token.Text) + " is not a number from 0 to " + max, EntryRule);
    }

    // RFC 3597 section 5.
    private RecordData ReadOctets(DnsRecordType type)
    {
        const string Rule = "RFC 3597 section 5";
        ZoneToken mark = Take();
        if (IsAtEnd) throw Fault(mark, "\\# needs the data's length", Rule);

        ZoneToken lengthWord = Next;
        uint length = Number(ushort.MaxValue);
        byte[] octets = Hex();
        if (octets.Length != length)
            throw Fault(lengthWord, "the data has " + octets.Length + " octets, not " + length, Rule);

        var reader = new WireReader(octets);
        return (octets.Length > 0 || RecordTypes.Find(type) is null) && RecordTypes.Read(type, ref reader) is { } data
            ? data
            : throw Fault(mark, "the data cannot be that of a record of type " + DnsRecordTypes.Mnemonic(type), Rule);
    }

    /// <summary>The words that are left, as written.</summary>
    public string Rest()
    {
        var text = new StringBuilder();
        while (!IsAtEnd)
        {
            ZoneToken token = Take();
            text.Append(text.Length > 0 ? " " : string.Empty);
            _ = token.IsQuoted ? text.Append('"').Append(token.Text).Append('"') : text.Append(token.Text);
        }

        return text.ToString();
    }

    /// <summary>
    /// The octets of a word: \X is X, \DDD the octet of that number; a character that is not an octet is its UTF-8 octets. A dot that is
    /// escaped in a name is part of its label.
    /// </summary>
    private string Unescape(ZoneToken token, bool isName)
    {
        string text = token.Text;
        var octets = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isEscaped = text[i] == '\\';
            if (isEscaped)
            {
                if (++i >= text.Length) throw Fault(token, "a backslash with nothing after it", StringRule);

                if (text[i] is >= '0' and <= '9')
                {
                    char octet = ReadNumber(token, ref i);
                    octets.Append(isName && octet == '.' ? DomainName.DotInLabel : octet);
                    continue;
                }
            }

            char c = text[i];
            if (c > 0xFF)
                i += AppendUtf8(octets, text, i) - 1;
            else
                octets.Append(isName && isEscaped && c == '.' ? DomainName.DotInLabel : c);
        }

        return octets.ToString();
    }

    private static int AppendUtf8(StringBuilder octets, string text, int index)
    {
        int count = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        foreach (byte octet in Encoding.UTF8.GetBytes(text.Substring(index, count)))
            octets.Append((char)octet);

        return count;
    }

    /// <summary>Three digits, of which the index is at the first.</summary>
    private char ReadNumber(ZoneToken token, ref int i)
    {
        string text = token.Text;
        int value = 0;
        for (int k = 0; k < 3; k++)
        {
            char digit = i + k < text.Length ? text[i + k] : '\0';
            value = digit is >= '0' and <= '9' ? (value * 10) + (digit - '0') : 1000;
        }

        if (value > 255) throw Fault(token, "an escape \\DDD is three digits up to 255", StringRule);

        i += 2;
        return (char)value;
    }
}

/// <summary>A word of a zone file with its place.</summary>
internal readonly struct ZoneToken(string text, bool isQuoted, bool isIndented, int line, int column)
{
    /// <summary>As written, escapes kept, quotes taken off.</summary>
    public string Text { get; } = text;

    public bool IsQuoted { get; } = isQuoted;

    /// <summary>True for the first word of a line that begins with white space: the owner is the one before.</summary>
    public bool IsIndented { get; } = isIndented;

    public int Line { get; } = line;

    public int Column { get; } = column;
}
