using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDns.Dns;

/// <summary>RDATA of zone files: the types MailDns reads into their data, all others kept as written.</summary>
internal sealed class ZoneDataParser(string file)
{
    private const string StringRule = "RFC 1035 section 5.1, character-string";
    private const string NameRule = "RFC 1035 section 5.1, domain-name";

    private readonly string _file = file;

    /// <summary>The data of the words from <paramref name="start"/> on.</summary>
    public RecordData Read(DnsRecordType type, ZoneToken typeToken, List<ZoneToken> entry, int start, DomainName? origin)
    {
        if (start < entry.Count && !entry[start].IsQuoted && entry[start].Text == "\\#")
        {
            return ReadGeneric(type, entry, start);
        }

        if (type.ToString()[0] is >= '0' and <= '9' && typeToken.Text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase))
        {
            throw Error(typeToken, typeToken.Text + " needs its data as \\# length hexadecimal", "RFC 3597 section 5");
        }

        switch (type)
        {
            case DnsRecordType.A:
                Expect(entry, start, 1, typeToken);
                return new AddressData(ReadAddress(entry[start], AddressFamily.InterNetwork));
            case DnsRecordType.Aaaa:
                Expect(entry, start, 1, typeToken);
                return new AddressData(ReadAddress(entry[start], AddressFamily.InterNetworkV6));
            case DnsRecordType.Ns or DnsRecordType.Cname or DnsRecordType.Ptr or DnsRecordType.Dname:
                Expect(entry, start, 1, typeToken);
                return new NameData(ReadName(entry[start], origin));
            case DnsRecordType.Mx:
                Expect(entry, start, 2, typeToken);
                return new MxData((ushort)ReadNumber(entry[start], ushort.MaxValue), ReadName(entry[start + 1], origin));
            case DnsRecordType.Txt or DnsRecordType.Spf:
                return ReadTxt(entry, start, typeToken);
            case DnsRecordType.Soa:
                return ReadSoa(entry, start, typeToken, origin);
            case DnsRecordType.Srv:
                return ReadSrv(entry, start, typeToken, origin);
            case DnsRecordType.Caa:
                return ReadCaa(entry, start, typeToken);
            case DnsRecordType.Tlsa:
                return ReadTlsa(entry, start, typeToken);
            default:
                return new OpaqueData(Rewrite(entry, start));
        }
    }

    /// <summary>A name; relative ones get the origin (RFC 1035 section 5.1).</summary>
    public DomainName ReadName(ZoneToken token, DomainName? origin)
    {
        if (token.IsQuoted)
        {
            throw Error(token, "a name is not quoted", NameRule);
        }

        string text = token.Text;
        if (text == ".")
        {
            return DomainName.Root;
        }

        bool isAbsolute = EndsInDot(text);
        if (!isAbsolute && origin is null)
        {
            throw Error(token, "the name " + PrintableText.Quote(text) + " is relative, and nothing says to what: add $ORIGIN or an SOA record with absolute names", NameRule);
        }

        if (text == "@")
        {
            return origin!;
        }

        string octets = Unescape(token, isName: true);
        string full = isAbsolute || origin!.IsRoot ? octets : octets + "." + origin.Text;
        return DomainName.TryParseDns(full, out DomainName? name)
            ? name!
            : throw Error(token, PrintableText.Quote(text) + " is no name: a label is empty or over 63 octets, or the name over 253", "RFC 1035 section 2.3.4");
    }

    private static bool EndsInDot(string text)
    {
        if (text[text.Length - 1] != '.')
        {
            return false;
        }

        int backslashes = 0;
        for (int i = text.Length - 2; i >= 0 && text[i] == '\\'; i--)
        {
            backslashes++;
        }

        return backslashes % 2 == 0;
    }

    private TxtData ReadTxt(List<ZoneToken> entry, int start, ZoneToken typeToken)
    {
        if (start >= entry.Count)
        {
            throw Error(typeToken, "TXT needs at least one character-string", "RFC 1035 section 3.3.14");
        }

        var strings = new string[entry.Count - start];
        long length = 0;
        for (int i = 0; i < strings.Length; i++)
        {
            strings[i] = Unescape(entry[start + i], isName: false);
            if (strings[i].Length > CharacterStrings.MaxOctets)
            {
                throw Error(entry[start + i], "the character-string has " + strings[i].Length + " octets; the limit is 255: split it into several strings of this record", "RFC 1035 section 3.3");
            }

            length += strings[i].Length + 1;
        }

        return length <= ushort.MaxValue ? new TxtData(strings) : throw Error(typeToken, "the record's data is longer than 65535 octets", "RFC 1035 section 3.2.1");
    }

    private SoaData ReadSoa(List<ZoneToken> entry, int start, ZoneToken typeToken, DomainName? origin)
    {
        Expect(entry, start, 7, typeToken);
        DomainName primary = ReadName(entry[start], origin);
        string responsible = ReadMailbox(entry[start + 1], origin);
        uint serial = ReadNumber(entry[start + 2], uint.MaxValue);
        for (int i = 3; i < 6; i++)
        {
            ReadTime(entry[start + i]);
        }

        return new SoaData(primary, responsible, serial, ReadTime(entry[start + 6]));
    }

    // RNAME stays in presentation form: its first label may hold a dot (RFC 1035 section 8).
    private string ReadMailbox(ZoneToken token, DomainName? origin)
    {
        if (token.IsQuoted)
        {
            throw Error(token, "a name is not quoted", NameRule);
        }

        if (token.Text == "@")
        {
            return (origin ?? DomainName.Root).Text + ".";
        }

        // Checked for its escapes; the value itself is not needed.
        _ = Unescape(token, isName: false);
        return EndsInDot(token.Text) || origin is null ? token.Text : token.Text + "." + origin.Text + ".";
    }

    private OpaqueData ReadSrv(List<ZoneToken> entry, int start, ZoneToken typeToken, DomainName? origin)
    {
        Expect(entry, start, 4, typeToken);
        uint priority = ReadNumber(entry[start], ushort.MaxValue);
        uint weight = ReadNumber(entry[start + 1], ushort.MaxValue);
        uint port = ReadNumber(entry[start + 2], ushort.MaxValue);
        return new OpaqueData(string.Join(" ", priority, weight, port, ReadName(entry[start + 3], origin).Text + "."));
    }

    private CaaData ReadCaa(List<ZoneToken> entry, int start, ZoneToken typeToken)
    {
        Expect(entry, start, 3, typeToken);
        byte flags = (byte)ReadNumber(entry[start], byte.MaxValue);
        string tag = Unescape(entry[start + 1], isName: false);
        bool fits = tag.Length is > 0 and <= 255;
        foreach (char c in tag)
        {
            fits &= c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9');
        }

        return fits
            ? new CaaData(flags, tag, Unescape(entry[start + 2], isName: false))
            : throw Error(entry[start + 1], PrintableText.Quote(tag) + " is no property tag", "RFC 8659 section 4.1");
    }

    private TlsaData ReadTlsa(List<ZoneToken> entry, int start, ZoneToken typeToken)
    {
        ExpectAtLeast(entry, start, 4, typeToken);
        byte usage = (byte)ReadNumber(entry[start], byte.MaxValue);
        byte selector = (byte)ReadNumber(entry[start + 1], byte.MaxValue);
        byte matching = (byte)ReadNumber(entry[start + 2], byte.MaxValue);
        return new TlsaData(usage, selector, matching, Hex.Format(ReadHex(entry, start + 3)));
    }

    private RecordData ReadGeneric(DnsRecordType type, List<ZoneToken> entry, int start)
    {
        const string Rule = "RFC 3597 section 5";
        ExpectAtLeast(entry, start, 2, entry[start]);
        uint length = ReadNumber(entry[start + 1], ushort.MaxValue);
        byte[] octets = ReadHex(entry, start + 2);
        if (octets.Length != length)
        {
            throw Error(entry[start + 1], "the data has " + octets.Length + " octets, not " + length, Rule);
        }

        return WireData.TryRead(type, octets, out RecordData? data)
            ? data!
            : throw Error(entry[start], "the data is none of type " + DnsRecordTypes.Mnemonic(type), Rule);
    }

    private byte[] ReadHex(List<ZoneToken> entry, int start)
    {
        var digits = new StringBuilder();
        for (int i = start; i < entry.Count; i++)
        {
            digits.Append(entry[i].Text);
        }

        return Hex.TryParse(digits.ToString(), out byte[]? octets)
            ? octets!
            : throw Error(entry[start], "the data is no even number of hexadecimal digits", "RFC 3597 section 5");
    }

    private IPAddress ReadAddress(ZoneToken token, AddressFamily family)
    {
        // IPAddress alone would take "1", "0x7f.1" and a scope.
        bool isPlausible = family == AddressFamily.InterNetwork
            ? IsDottedQuad(token.Text)
            : token.Text.IndexOf(':') >= 0 && token.Text.IndexOf('%') < 0 && token.Text.IndexOf('[') < 0;
        return isPlausible && !token.IsQuoted && IPAddress.TryParse(token.Text, out IPAddress? address) && address.AddressFamily == family
            ? address
            : throw Error(
                token,
                PrintableText.Quote(token.Text) + " is no " + (family == AddressFamily.InterNetwork ? "IPv4" : "IPv6") + " address",
                family == AddressFamily.InterNetwork ? "RFC 1035 section 3.4.1" : "RFC 3596 section 2.4");
    }

    private static bool IsDottedQuad(string text)
    {
        string[] parts = text.Split('.');
        foreach (string part in parts)
        {
            if (part.Length is 0 or > 3 || (part.Length > 1 && part[0] == '0') || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _))
            {
                return false;
            }
        }

        return parts.Length == 4;
    }

    private uint ReadNumber(ZoneToken token, uint max) =>
        !token.IsQuoted && uint.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= max
            ? number
            : throw Error(token, PrintableText.Quote(token.Text) + " is no number from 0 to " + max, "RFC 1035 section 5.1");

    private uint ReadTime(ZoneToken token) =>
        !token.IsQuoted && ZoneTime.TryParse(token.Text, out uint seconds)
            ? seconds
            : throw Error(token, PrintableText.Quote(token.Text) + " is no time", "RFC 1035 section 3.3.13");

    private void Expect(List<ZoneToken> entry, int start, int count, ZoneToken typeToken)
    {
        ExpectAtLeast(entry, start, count, typeToken);
        if (entry.Count - start > count)
        {
            throw Error(entry[start + count], "more data than the type " + typeToken.Text.ToUpperInvariant() + " has", "RFC 1035 section 5.1");
        }
    }

    private void ExpectAtLeast(List<ZoneToken> entry, int start, int count, ZoneToken typeToken)
    {
        if (entry.Count - start < count)
        {
            throw Error(typeToken, PrintableText.Escape(typeToken.Text) + " needs " + count + " values, not " + Math.Max(0, entry.Count - start), "RFC 1035 section 5.1");
        }
    }

    /// <summary>The octets of a word: \X is X, \DDD the octet of that number; a character that is no octet is its UTF-8 octets.</summary>
    private string Unescape(ZoneToken token, bool isName)
    {
        string text = token.Text;
        var octets = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '\\')
            {
                char octet = ReadEscape(token, ref i);
                if (isName && octet == '.')
                {
                    throw Error(token, "a dot inside a label (" + PrintableText.Quote(text) + ") is not supported", NameRule);
                }

                octets.Append(octet);
            }
            else if (c > 0x7F && isName)
            {
                throw Error(token, "the name " + PrintableText.Quote(text) + " is not ASCII: write its A-label (xn--)", "RFC 5890 section 2.3.2.1");
            }
            else if (c <= 0xFF)
            {
                octets.Append(c);
            }
            else
            {
                i += AppendUtf8(octets, text, i) - 1;
            }
        }

        return octets.ToString();
    }

    private static int AppendUtf8(StringBuilder octets, string text, int index)
    {
        int count = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
        foreach (byte octet in Encoding.UTF8.GetBytes(text.Substring(index, count)))
        {
            octets.Append((char)octet);
        }

        return count;
    }

    private char ReadEscape(ZoneToken token, ref int i)
    {
        string text = token.Text;
        if (i + 1 >= text.Length)
        {
            throw Error(token, "a backslash with nothing to quote", "RFC 1035 section 5.1");
        }

        char next = text[i + 1];
        if (next is < '0' or > '9')
        {
            if (next > 0x7F)
            {
                throw Error(token, "a backslash before a character that is not ASCII", "RFC 1035 section 5.1");
            }

            i++;
            return next;
        }

        int value = 0;
        for (int k = 1; k <= 3; k++)
        {
            char digit = i + k < text.Length ? text[i + k] : '\0';
            value = digit is >= '0' and <= '9' ? (value * 10) + (digit - '0') : 1000;
        }

        if (value > 255)
        {
            throw Error(token, "an escape \\DDD is three digits up to 255", "RFC 1035 section 5.1");
        }

        i += 3;
        return (char)value;
    }

    private static string Rewrite(List<ZoneToken> entry, int start)
    {
        var text = new StringBuilder();
        for (int i = start; i < entry.Count; i++)
        {
            if (i > start)
            {
                text.Append(' ');
            }

            _ = entry[i].IsQuoted ? text.Append('"').Append(entry[i].Text).Append('"') : text.Append(entry[i].Text);
        }

        return text.ToString();
    }

    private ZoneFileException Error(ZoneToken token, string problem, string rule) => new(_file, token.Line, token.Column, problem, rule);
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
