using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MailDns.TestSupport;

/// <summary>
/// Zone lines to records and back: the part of RFC 1035 section 5 that tests write
/// ($ORIGIN, $TTL, comments, quotes, escapes, parentheses, RFC 3597). The origin starts at the root,
/// so names without a trailing dot are absolute until $ORIGIN says otherwise.
/// </summary>
public static class ZoneText
{
    private const uint DefaultTimeToLive = 3600;

    public static IEnumerable<TestRecord> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        byte[] origin = WireName.Root;
        byte[]? owner = null;
        uint timeToLive = DefaultTimeToLive;
        foreach (List<Token> line in Lines(text))
        {
            if (line[0].Is("$ORIGIN"))
            {
                origin = WireName.Parse(line[1].Text, origin);
                continue;
            }

            if (line[0].Is("$TTL"))
            {
                timeToLive = uint.Parse(line[1].Text, CultureInfo.InvariantCulture);
                continue;
            }

            int i = 0;
            if (!line[0].Indented)
                owner = WireName.Parse(line[i++].Text, origin);
            if (owner is null)
                throw new FormatException("The first record has no owner.");

            uint recordTimeToLive = timeToLive;
            while (i < line.Count && !line[i].Quoted)
            {
                if (uint.TryParse(line[i].Text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds))
                    recordTimeToLive = seconds;
                else if (!line[i].Is("IN"))
                    break;
                i++;
            }

            if (i >= line.Count)
                throw new FormatException($"'{WireName.ToText(owner)}' has no type.");
            int type = ParseType(line[i++].Text);
            yield return new TestRecord(owner, type, recordTimeToLive, ParseData(type, line.GetRange(i, line.Count - i), origin));
        }
    }

    public static int ParseType(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith("TYPE", StringComparison.OrdinalIgnoreCase) && ushort.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out ushort number))
            return number;
        if (!char.IsAsciiDigit(text[0]) && Enum.TryParse(text, ignoreCase: true, out DnsType type))
            return (int)type;
        throw new FormatException($"'{text}' is not a record type.");
    }

    public static string TypeName(int type) => Enum.IsDefined((DnsType)type) ? ((DnsType)type).ToString() : "TYPE" + type.ToString(CultureInfo.InvariantCulture);

    /// <summary>One line of master file text that any server reads.</summary>
    public static string Format(TestRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{WireName.ToText(record.Owner)} {record.TimeToLive} IN {TypeName(record.Type)} {FormatData(record)}");
    }

    private static string FormatData(TestRecord record)
    {
        byte[] data = record.Data;
        switch ((DnsType)record.Type)
        {
            case DnsType.A when data.Length is 4:
            case DnsType.AAAA when data.Length is 16:
                return new IPAddress(data).ToString();
            case DnsType.NS or DnsType.CNAME or DnsType.PTR:
                return WireName.ToText(data);
            case DnsType.MX:
                return $"{(data[0] << 8) | data[1]} {WireName.ToText(data.AsSpan(2))}";
            case DnsType.TXT:
                return FormatStrings(data);
            default:
                return $"\\# {data.Length} {Convert.ToHexString(data)}";
        }
    }

    private static string FormatStrings(byte[] data)
    {
        var text = new StringBuilder();
        for (int i = 0; i < data.Length; i += data[i] + 1)
        {
            text.Append(i > 0 ? " \"" : "\"");
            foreach (byte octet in data.AsSpan(i + 1, data[i]))
            {
                if (octet is (byte)'"' or (byte)'\\')
                    text.Append('\\').Append((char)octet);
                else if (octet is >= 32 and < 127)
                    text.Append((char)octet);
                else
                    text.Append('\\').Append(octet.ToString("D3", CultureInfo.InvariantCulture));
            }

            text.Append('"');
        }

        return text.ToString();
    }

    private static byte[] ParseData(int type, List<Token> tokens, byte[] origin)
    {
        if (tokens.Count > 0 && tokens[0].Is("\\#"))
            return Convert.FromHexString(Join(tokens, 2));

        byte[] Name(int index) => WireName.Parse(tokens[index].Text, origin);
        byte Octet(int index) => byte.Parse(tokens[index].Text, CultureInfo.InvariantCulture);
        byte[] Short(int index)
        {
            ushort value = ushort.Parse(tokens[index].Text, CultureInfo.InvariantCulture);
            return [(byte)(value >> 8), (byte)value];
        }

        switch ((DnsType)type)
        {
            case DnsType.A:
                return Address(tokens[0].Text, AddressFamily.InterNetwork);
            case DnsType.AAAA:
                return Address(tokens[0].Text, AddressFamily.InterNetworkV6);
            case DnsType.NS or DnsType.CNAME or DnsType.PTR:
                return Name(0);
            case DnsType.MX:
                return [.. Short(0), .. Name(1)];
            case DnsType.TXT or DnsType.SPF:
                var strings = new List<byte>();
                foreach (Token token in tokens)
                {
                    byte[] octets = token.Octets();
                    if (octets.Length > 255)
                        throw new FormatException("A character-string is longer than 255 octets.");
                    strings.Add((byte)octets.Length);
                    strings.AddRange(octets);
                }

                return [.. strings];
            case DnsType.SOA:
                var soa = new List<byte>([.. Name(0), .. Name(1)]);
                for (int i = 2; i < 7; i++)
                {
                    uint value = uint.Parse(tokens[i].Text, CultureInfo.InvariantCulture);
                    soa.AddRange([(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value]);
                }

                return [.. soa];
            case DnsType.SRV:
                return [.. Short(0), .. Short(1), .. Short(2), .. Name(3)];
            case DnsType.TLSA:
                return [Octet(0), Octet(1), Octet(2), .. Convert.FromHexString(Join(tokens, 3))];
            case DnsType.CAA:
                byte[] tag = tokens[1].Octets();
                return [Octet(0), (byte)tag.Length, .. tag, .. tokens[2].Octets()];
            default:
                throw new FormatException($"{TypeName(type)} needs RFC 3597 data (\\# length hex).");
        }
    }

    private static byte[] Address(string text, AddressFamily family)
    {
        var address = IPAddress.Parse(text);
        return address.AddressFamily == family ? address.GetAddressBytes() : throw new FormatException($"'{text}' is of the other family.");
    }

    private static string Join(List<Token> tokens, int from)
    {
        var text = new StringBuilder();
        for (int i = from; i < tokens.Count; i++)
            text.Append(tokens[i].Text);
        return text.ToString();
    }

    private static IEnumerable<List<Token>> Lines(string text)
    {
        var line = new List<Token>();
        int depth = 0;
        int i = 0;
        bool atStart = true;
        bool indented = false;
        while (i < text.Length)
        {
            char c = text[i];
            if (c is '\n')
            {
                if (depth is 0)
                {
                    if (line.Count > 0)
                        yield return line;
                    line = [];
                    atStart = true;
                    indented = false;
                }

                i++;
            }
            else if (c is ' ' or '\t' or '\r')
            {
                indented |= atStart && c is not '\r';
                i++;
            }
            else if (c is ';')
            {
                while (i < text.Length && text[i] is not '\n')
                    i++;
            }
            else if (c is '(' or ')')
            {
                depth += c is '(' ? 1 : -1;
                i++;
            }
            else
            {
                line.Add(ReadToken(text, ref i, indented));
                atStart = false;
            }
        }

        if (line.Count > 0)
            yield return line;
    }

    private static Token ReadToken(string text, ref int i, bool indented)
    {
        bool quoted = text[i] is '"';
        int start = quoted ? ++i : i;
        while (i < text.Length)
        {
            char c = text[i];
            if (c is '\\')
                i++;
            else if (quoted ? c is '"' : c is ' ' or '\t' or '\r' or '\n' or ';' or '(' or ')' or '"')
                break;
            i++;
        }

        int end = Math.Min(i, text.Length);
        if (quoted)
        {
            if (i >= text.Length)
                throw new FormatException("A quoted string is not closed.");
            i++;
        }

        return new Token(text[start..end], quoted, indented);
    }

    private readonly record struct Token(string Text, bool Quoted, bool Indented)
    {
        public bool Is(string text) => !Quoted && string.Equals(Text, text, StringComparison.OrdinalIgnoreCase);

        public byte[] Octets()
        {
            var octets = new List<byte>(Text.Length);
            for (int i = 0; i < Text.Length; i++)
            {
                if (Text[i] is '\\')
                    octets.Add(WireName.ReadEscape(Text, ref i));
                else
                    octets.Add(Text[i] <= 0xFF ? (byte)Text[i] : throw new FormatException($"'{Text}' contains a character above U+00FF."));
            }

            return [.. octets];
        }
    }
}
