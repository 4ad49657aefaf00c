using System;
using System.Collections.Generic;
using System.Globalization;
using System.Net;
using System.Text;

namespace MailDns.TestSupport;

/// <summary>
/// Records for a <see cref="LoopbackDnsServer"/>, by methods or as zone text. With SOA records the server holds exactly
/// those zones and refuses the rest; without any it holds the root, so that every name not given does not exist.
/// </summary>
public sealed class TestZone
{
    public const uint DefaultTimeToLive = 3600;

    private readonly List<TestRecord> _records = [];

    public IReadOnlyList<TestRecord> Records => _records;

    public static TestZone Parse(params string[] lines) => new TestZone().Lines(lines);

    public TestZone Lines(params string[] lines)
    {
        _records.AddRange(ZoneText.Parse(string.Join('\n', lines)));
        return this;
    }

    /// <summary>SOA and NS of a zone.</summary>
    public TestZone Zone(string apex)
    {
        string dot = apex is "." ? "." : apex.TrimEnd('.') + ".";
        string sub = apex is "." ? string.Empty : dot;
        return Lines(
            $"{dot} {DefaultTimeToLive} IN SOA ns1.{sub} hostmaster.{sub} 1 7200 3600 1209600 300",
            $"{dot} {DefaultTimeToLive} IN NS ns1.{sub}",
            $"ns1.{sub} {DefaultTimeToLive} IN A 192.0.2.53");
    }

    public TestZone Add(TestRecord record)
    {
        _records.Add(record);
        return this;
    }

    public TestZone Add(string name, DnsType type, byte[] data, uint timeToLive = DefaultTimeToLive) =>
        Add(new TestRecord(WireName.Parse(name), (int)type, timeToLive, data));

    public TestZone A(string name, params string[] addresses) => Addresses(name, DnsType.A, addresses);

    public TestZone Aaaa(string name, params string[] addresses) => Addresses(name, DnsType.AAAA, addresses);

    public TestZone Ns(string name, string host) => Add(name, DnsType.NS, WireName.Parse(host));

    public TestZone Cname(string name, string target) => Add(name, DnsType.CNAME, WireName.Parse(target));

    public TestZone Ptr(string name, string host) => Add(name, DnsType.PTR, WireName.Parse(host));

    public TestZone Mx(string name, int preference, string host) =>
        Add(name, DnsType.MX, [(byte)(preference >> 8), (byte)preference, .. WireName.Parse(host)]);

    /// <summary>One TXT record; the text (Latin-1: one character is one octet) is cut into strings of 255 octets.</summary>
    public TestZone Txt(string name, string text)
    {
        byte[] octets = Latin1(text);
        var strings = new List<byte[]>();
        for (int i = 0; i < octets.Length; i += 255)
            strings.Add(octets[i..Math.Min(i + 255, octets.Length)]);
        if (strings.Count is 0)
            strings.Add([]);
        return TxtStrings(name, [.. strings]);
    }

    /// <summary>One TXT record of these character-strings.</summary>
    public TestZone TxtStrings(string name, params string[] strings) => TxtStrings(name, Array.ConvertAll(strings, Latin1));

    /// <summary>One TXT record of these character-strings, as octets.</summary>
    public TestZone TxtStrings(string name, params byte[][] strings)
    {
        var data = new List<byte>();
        foreach (byte[] octets in strings)
        {
            data.Add(checked((byte)octets.Length));
            data.AddRange(octets);
        }

        return Add(name, DnsType.TXT, [.. data]);
    }

    /// <summary>The zone as text that a Debian name server loads.</summary>
    public string ToZoneText()
    {
        var text = new StringBuilder();
        foreach (TestRecord record in _records)
            text.Append(CultureInfo.InvariantCulture, $"{record}\n");
        return text.ToString();
    }

    public ZoneData ToData() => new(_records);

    private static byte[] Latin1(string text)
    {
        foreach (char c in text)
        {
            if (c > 0xFF)
                throw new FormatException($"'{text}' contains a character above U+00FF.");
        }

        return Encoding.Latin1.GetBytes(text);
    }

    private TestZone Addresses(string name, DnsType type, string[] addresses)
    {
        foreach (string address in addresses)
            Add(name, type, IPAddress.Parse(address).GetAddressBytes());
        return this;
    }
}
