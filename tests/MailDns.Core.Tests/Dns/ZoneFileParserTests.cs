using System;
using System.Linq;
using System.Net;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class ZoneFileParserTests
{
    private static readonly DomainName s_origin = DomainName.FromDns("example.com");

    private static ZoneFile Parse(string text, bool withOrigin = true) => ZoneFileParser.Parse(text, "zone.txt", withOrigin ? s_origin : null);

    [Fact]
    public void Reading_ends_when_it_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => ZoneFileParser.Parse("a TXT x", "zone.txt", null, path: null, stop.Token));
        Assert.Single(ZoneFileParser.Parse("a TXT x", "zone.txt", new ZoneOrigin(s_origin, "test", IsStated: true), path: null, CancellationToken.None).Records);
    }

    private static DnsRecord One(string text) => Assert.Single(Parse(text).Records);

    private static string TextOf(string line) => ((TxtData)One(line).Data).Text;

    [Theory]
    [InlineData("a 300 IN TXT x", "a.example.com", 300u)]
    [InlineData("a IN 300 TXT x", "a.example.com", 300u)]
    [InlineData("a 300 TXT x", "a.example.com", 300u)]
    [InlineData("a IN TXT x", "a.example.com", 3600u)]
    [InlineData("a TXT x", "a.example.com", 3600u)]
    [InlineData("A.Example.COM. in txt x", "a.example.com", 3600u)]
    [InlineData("@ 1h30m TXT x", "example.com", 5400u)]
    [InlineData("a 1W2D3H4M5S TXT x", "a.example.com", 788645u)]
    [InlineData("a CLASS1 60 TYPE16 \\# 2 0178", "a.example.com", 60u)]
    [InlineData("a 0 TXT x", "a.example.com", 0u)]
    [InlineData("a 2147483647 TXT x", "a.example.com", 2147483647u)]
    [InlineData("*.w TXT x", "*.w.example.com", 3600u)]
    [InlineData("_dmarc TXT x", "_dmarc.example.com", 3600u)]
    [InlineData("60 60 TXT x", "60.example.com", 60u)]
    [InlineData("in IN TXT x", "in.example.com", 3600u)]
    [InlineData("txt TXT x", "txt.example.com", 3600u)]
    [InlineData("a\\043b TXT x", "a+b.example.com", 3600u)]
    [InlineData("a\\@b TXT x", "a@b.example.com", 3600u)]
    [InlineData("host\t[AGE:3690123]\t1200\tTXT\tx", "host.example.com", 1200u)]
    public void Owner_class_and_time_to_live(string line, string owner, uint ttl)
    {
        DnsRecord record = One(line);
        Assert.Equal(owner, record.Owner.Text);
        Assert.Equal(ttl, record.Ttl);
        Assert.Equal(DnsRecordType.Txt, record.Type);
        Assert.Equal("x", ((TxtData)record.Data).Text);
    }

    [Fact]
    public void Origin_and_default_time_to_live_change_from_line_to_line()
    {
        ZoneFile zone = Parse("""
            $TTL 1d
            a TXT 1
            $ORIGIN sub
            a TXT 2
            $ORIGIN example.net.
            $TTL 5
            a TXT 3
            @ 7 TXT 4
              TXT 5
            """);
        Assert.Equal(
            ["a.example.com 86400 1", "a.sub.example.com 86400 2", "a.example.net 5 3", "example.net 7 4", "example.net 5 5"],
            zone.Records.Select(record => $"{record.Owner} {record.Ttl} {((TxtData)record.Data).Text}"));
    }

    [Theory]
    [InlineData("$ORIGIN example.net.\n@ 9 IN SOA ns hostmaster 1 2 3 4 5", "example.net")]
    [InlineData("$ORIGIN net.\nexample IN SOA ns hostmaster 1 2 3 4 5", "example.net")]
    [InlineData("$ORIGIN example.net.\n@ TXT x\n$ORIGIN example.org.\n@ TXT x", "example.net")]
    [InlineData("@ TXT x", "example.com")]
    [InlineData("", "example.com")]
    public void The_apex_is_the_soa_owner_else_the_origin_else_what_was_given(string text, string apex) =>
        Assert.Equal(apex, Parse(text).Apex.Text);

    [Fact]
    public void Without_a_default_time_to_live_the_last_one_holds_and_first_the_soa_minimum()
    {
        ZoneFile zone = Parse("@ SOA ns hostmaster 1 2 3 4 77\na TXT x\nb 9 TXT x\nc TXT x\n");
        Assert.Equal([77u, 77u, 9u, 77u], zone.Records.Select(record => record.Ttl));
    }

    [Theory]
    [InlineData("a TXT x", "x")]
    [InlineData("a TXT \"x y\"", "x y")]
    [InlineData("a TXT \"v=spf1\" \" -all\"", "v=spf1 -all")]
    [InlineData("a TXT \"a\"\"b\"", "ab")]
    [InlineData("a TXT x\"y\"", "xy")]
    [InlineData("a TXT (\n \"x\" ; comment \"\n \"y\" )", "xy")]
    [InlineData("a TXT ( ( x ) y )", "xy")]
    [InlineData("a TXT \"a;b\"", "a;b")]
    [InlineData("a TXT a\\;b", "a;b")]
    [InlineData("a TXT \"a\\\"b\\\\c\"", "a\"b\\c")]
    [InlineData("a TXT \"\\200\\000\\255\"", "\u00C8\0\u00FF")]
    [InlineData("a TXT \"\\1234\"", "{4")]
    [InlineData("a TXT \"\u00C3\u00A4\"", "\u00C3\u00A4")]
    [InlineData("a TXT \"\u20AC\"", "\u00E2\u0082\u00AC")]
    [InlineData("\u00EF\u00BB\u00BFa TXT x", "x")]
    [InlineData("a TXT \"\U0001F600\"", "\u00F0\u009F\u0098\u0080")]
    [InlineData("a TXT \"\"", "")]
    [InlineData("a TXT \"(x)\"", "(x)")]
    [InlineData("\uFEFFa TXT x", "x")]
    [InlineData("a TXT x\r\n\r\n", "x")]
    [InlineData("; only\n\n  ; comments\na TXT x ; end", "x")]
    [InlineData("a TXT @", "@")]
    [InlineData("a TXT \\#a", "#a")]
    [InlineData("a SPF \"v=spf1 -all\"", "v=spf1 -all")]
    public void Texts(string text, string expected) => Assert.Equal(expected, TextOf(text));

    [Fact]
    public void Strings_are_kept_apart()
    {
        var data = (TxtData)One("a TXT \"v=DKIM1; p=\" \"MIG\" \"\"").Data;
        Assert.Equal(["v=DKIM1; p=", "MIG", ""], data.Strings);
    }

    [Theory]
    [InlineData("a A 192.0.2.1", "192.0.2.1")]
    [InlineData("a AAAA 2001:db8::1", "2001:db8::1")]
    [InlineData("a AAAA ::ffff:192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("a A \\# 4 C0000201", "192.0.2.1")]
    [InlineData("a TYPE28 \\# 16 20010db8 00000000 0000000000000001", "2001:db8::1")]
    public void Addresses(string line, string expected) =>
        Assert.Equal(IPAddress.Parse(expected), ((AddressData)One(line).Data).Address);

    [Theory]
    [InlineData("a NS ns1", "ns1.example.com")]
    [InlineData("a CNAME b.example.net.", "b.example.net")]
    [InlineData("a PTR @", "example.com")]
    [InlineData("a DNAME .", "")]
    [InlineData("a CNAME \\# 9 0161 0565786d706c 00", "a.exmpl")]
    [InlineData("a CNAME \\# 4 0161 c00c", null)]
    [InlineData("a CNAME \\# 4 0161 0000", null)]
    [InlineData("a CNAME \\# 2 0161", null)]
    [InlineData("a CNAME \\# 5 0161 0162 00", "a.b")]
    public void Names(string line, string? expected)
    {
        if (expected is null)
            _ = Fault(line);
        else
            Assert.Equal(expected, ((NameData)One(line).Data).Target.Text);
    }

    [Fact]
    public void Mx_caa_tlsa_srv_and_soa()
    {
        var mx = (MxData)One("@ MX 10 mx").Data;
        Assert.Equal((10, "mx.example.com"), (mx.Preference, mx.Exchange.Text));
        Assert.True(((MxData)One("@ MX 0 .").Data).Exchange.IsRoot);

        var caa = (CaaData)One("@ CAA 128 issue \"ca.example.net; account=1\"").Data;
        Assert.Equal((128, "issue", "ca.example.net; account=1"), (caa.Flags, caa.Tag, caa.Value));

        var tlsa = (TlsaData)One("_25._tcp.mx TLSA 3 1 1 ( AABB\n ccdd )").Data;
        Assert.Equal((3, 1, 1, "aabbccdd"), (tlsa.Usage, tlsa.Selector, tlsa.MatchingType, tlsa.AssociationData));

        Assert.Equal("0 5 587 mail.example.com.", One("_submission._tcp SRV 0 5 587 mail").Data.ToPresentation());

        var soa = (SoaData)One("@ SOA ns1 first\\.last.example.com. ( 2024010101 2h 15m 4w 1h )").Data;
        Assert.Equal(("ns1.example.com", "first\\.last.example.com.", 2024010101u, 3600u), (soa.Primary.Text, soa.Mailbox.ToPresentation(), soa.Serial, soa.Minimum));
    }

    [Theory]
    [InlineData("a HTTPS 1 . alpn=\"h2,h3\"", 65, "1 . alpn= \"h2,h3\"")]
    [InlineData("a NAPTR 100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:a@example.com!\" .", 35, "100 10 \"u\" \"E2U+sip\" \"!^.*$!sip:a@example.com!\" .")]
    [InlineData("a TYPE65 \\# 3 000100", 65, "\\# 3 000100")]
    [InlineData("a TYPE4711 \\# 0", 4711, "\\# 0")]
    [InlineData("@ 0 WINS L1 C900 ( 192.0.2.7 )", 65281, "L1 C900 192.0.2.7")]
    [InlineData("a RRSIG A 5 3 86400 20300101000000 20200101000000 1 example.com. AAAA", 46, "A 5 3 86400 20300101000000 20200101000000 1 example.com. AAAA")]
    public void Types_that_are_not_read_are_kept_as_written(string line, int type, string expected)
    {
        DnsRecord record = One(line);
        Assert.Equal(type, (int)record.Type);
        Assert.Equal(expected, ((UnknownData)record.Data).Presentation);
    }

    [Fact]
    public void A_windows_export_is_read()
    {
        ZoneFile zone = Parse("""
            ;
            ;  Database file example.com.dns for example.com zone.
            ;      Zone version:  42
            ;

            @                       IN  SOA dc1.example.com. hostmaster.example.com. (
                                    		42           ; serial number
                                    		900          ; refresh
                                    		600          ; retry
                                    		86400        ; expire
                                    		3600       ) ; default TTL

            ;
            ;  Zone NS records
            ;

            @                       NS	dc1.example.com.

            ;
            ;  Zone records
            ;

            @                       [AGE:3690000]	600	A	192.0.2.10
                                    MX	10	mail.example.com.
            @                       TXT	( "v=spf1 ip4:192.0.2.0/24 -all" )
            ak._domainkey           TXT	( "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3"
                                    	"DQEBAQUAA4GNADCBiQKBgQ" )

            ;
            ;  Delegated sub-zone:  sub.example.com.
            ;
            sub                     NS	ns.sub.example.com.
            ns.sub                  A	192.0.2.11
            ;  End delegation

            trk                     CNAME	trk.aksend.net.
            """);
        Assert.Equal("example.com", zone.Apex.Text);
        Assert.Equal(9, zone.Records.Count);
        Assert.Equal("v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQ", ((TxtData)zone.Records[5].Data).Text);
        Assert.Equal("example.com", zone.Records[3].Owner.Text);
    }

    [Fact]
    public void A_transfer_by_dig_is_read_and_its_second_soa_is_no_second_record()
    {
        ZoneFile zone = Parse("""

            ; <<>> DiG 9.18.19-1~deb12u1-Debian <<>> AXFR example.com @127.0.0.1
            ;; global options: +cmd
            example.com.		3600	IN	SOA	ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
            example.com.		3600	IN	TXT	"v=spf1 -all"
            trk.example.com.	300	IN	CNAME	trk.aksend.net.
            example.com.		3600	IN	SOA	ns1.example.com. hostmaster.example.com. 1 7200 3600 1209600 300
            ;; Query time: 0 msec
            """, withOrigin: false);
        Assert.Equal("example.com", zone.Apex.Text);
        Assert.Equal(3, zone.Records.Count);
    }

    [Theory]
    [InlineData("$INCLUDE other.txt", 1, 1, "$INCLUDE is not supported", "RFC 1035 section 5.1")]
    [InlineData("$ORIGIN", 1, 1, "takes one value", "RFC 1035 section 5.1")]
    [InlineData("$TTL 1x", 1, 6, "\"1x\" is not a time to live", "RFC 2308 section 4")]
    [InlineData("$TTL 1h30", 1, 6, "is not a time to live", "RFC 2308 section 4")]
    [InlineData("$TTL 4294967295", 1, 6, "is not a time to live", "RFC 2308 section 4")]
    [InlineData("$TTL 1 2", 1, 8, "takes one value", "RFC 1035 section 5.1")]
    [InlineData(" TXT x", 1, 2, "no owner", "RFC 1035 section 5.1")]
    [InlineData("\"a\" TXT x", 1, 1, "not quoted", "RFC 1035 section 5.1")]
    [InlineData("a", 1, 1, "no type", "RFC 1035 section 5.1")]
    [InlineData("a IN", 1, 3, "no type", "RFC 1035 section 5.1")]
    [InlineData("a CH TXT x", 1, 3, "class is not IN", "RFC 1035 section 5.1")]
    [InlineData("a TXY x", 1, 3, "\"TXY\" is not a known record type", "RFC 3597 section 5")]
    [InlineData("a TYPE0 \\# 0", 1, 3, "is not a known record type", "RFC 3597 section 5")]
    [InlineData("a TYPE65536 \\# 0", 1, 3, "is not a known record type", "RFC 3597 section 5")]
    [InlineData("a IN IN TXT x", 1, 6, "is not a known record type", "RFC 3597 section 5")]
    [InlineData("a 1 2 TXT x", 1, 5, "is not a known record type", "RFC 3597 section 5")]
    [InlineData("a TXT", 1, 3, "at least one", "RFC 1035 section 3.3.14")]
    [InlineData("a TXT \"x", 1, 7, "quotation mark is missing", "RFC 1035 section 5.1")]
    [InlineData("a TXT ( x", 1, 7, "parenthesis is missing", "RFC 1035 section 5.1")]
    [InlineData("a TXT x )", 1, 9, "without an opening one", "RFC 1035 section 5.1")]
    [InlineData("a TXT \\25", 1, 7, "\\DDD", "RFC 1035 section 5.1, character-string")]
    [InlineData("a TXT \\256", 1, 7, "\\DDD", "RFC 1035 section 5.1, character-string")]
    [InlineData("a TXT x\\", 1, 8, "nothing after it", "RFC 1035 section 5.1")]
    [InlineData("a A 192.0.2", 1, 5, "is not an IPv4 address", "RFC 1035 section 3.4.1")]
    [InlineData("a A 1", 1, 5, "is not an IPv4 address", "RFC 1035 section 3.4.1")]
    [InlineData("a A 192.0.2.1 192.0.2.2", 1, 15, "more data", "RFC 1035 section 5.1")]
    [InlineData("a A ::1", 1, 5, "is not an IPv4 address", "RFC 1035 section 3.4.1")]
    [InlineData("a AAAA 192.0.2.1", 1, 8, "is not an IPv6 address", "RFC 3596 section 2.4")]
    [InlineData("a AAAA fe80::1%1", 1, 8, "is not an IPv6 address", "RFC 3596 section 2.4")]
    [InlineData("a A", 1, 3, "needs 1 values", "RFC 1035 section 5.1")]
    [InlineData("a MX mx", 1, 3, "needs 2 values", "RFC 1035 section 5.1")]
    [InlineData("a MX 65536 mx", 1, 6, "not a number from 0 to 65535", "RFC 1035 section 5.1")]
    [InlineData("a MX -1 mx", 1, 6, "not a number", "RFC 1035 section 5.1")]
    [InlineData("a CNAME \"b\"", 1, 9, "not quoted", "RFC 1035 section 5.1, domain-name")]
    [InlineData("a CNAME b..c", 1, 9, "is not a valid name", "RFC 1035 section 2.3.4")]
    [InlineData("a CNAME .b", 1, 9, "is not a valid name", "RFC 1035 section 2.3.4")]
    [InlineData("@ CAA 256 issue x", 1, 7, "not a number from 0 to 255", "RFC 1035 section 5.1")]
    [InlineData("@ CAA 0 is-sue x", 1, 9, "not a property tag", "RFC 8659 section 4.1")]
    [InlineData("@ TLSA 3 1 1 abc", 1, 14, "hexadecimal", "RFC 3597 section 5")]
    [InlineData("@ TLSA 3 1 1", 1, 3, "needs 4 values", "RFC 1035 section 5.1")]
    [InlineData("@ SOA a b 1 2 3 4", 1, 3, "needs 7 values", "RFC 1035 section 5.1")]
    [InlineData("@ SOA a b 1 2 3 x 5", 1, 17, "not a time", "RFC 1035 section 3.3.13")]
    [InlineData("@ SOA a b 1 2 3 4 5\nb SOA a b 1 2 3 4 5", 2, 3, "second SOA", "RFC 1035 section 5.2")]
    [InlineData("a TYPE65 1 .", 1, 3, "\\# length", "RFC 3597 section 5")]
    [InlineData("a TYPE65 \\# 2 00", 1, 13, "1 octets, not 2", "RFC 3597 section 5")]
    [InlineData("a A \\# 3 000000", 1, 5, "cannot be that of a record of type A", "RFC 3597 section 5")]
    [InlineData("a TXT \\# 2 0578", 1, 7, "cannot be that of a record of type TXT", "RFC 3597 section 5")]
    public void A_fault_is_told_with_its_place_and_rule(string text, int line, int column, string problem, string rule)
    {
        ZoneFileException exception = Fault(text);
        Assert.Equal((line, column), (exception.Line, exception.Column));
        Assert.Contains(problem, exception.Problem, StringComparison.Ordinal);
        Assert.Equal(rule, exception.Rule);
        Assert.Equal("zone.txt", exception.File);
        Assert.StartsWith($"zone.txt({line},{column}): ", exception.Message, StringComparison.Ordinal);
    }

    // What ends the file is thrown; what is one entry's is told, and the rest is read.
    private static ZoneFileException Fault(string text)
    {
        ZoneFile zone;
        try
        {
            zone = Parse(text + "\nafter 5 TXT read");
        }
        catch (ZoneFileException exception)
        {
            return exception;
        }

        Assert.Equal("after.example.com", zone.Records[^1].Owner.Text);
        return Assert.Single(zone.Skipped).Fault;
    }

    // A parenthesis or a quotation mark that is missing takes no other entry with it, and no name is said to be absent for it.
    [Theory]
    [InlineData("b TXT \"x", 1)]
    [InlineData("b TXT \"x\n  y\"", 2)]
    [InlineData("b TXT ( \"x\" \"y\"", 1)]
    [InlineData("b TXT (\n \"x\n )", 2)]
    [InlineData("b TXT ((((((((((((((((( x", 1)]
    [InlineData("b TXT x )", 1)]
    [InlineData("b TXT x\\", 1)]
    [InlineData("\"b TXT x", 1)]
    [InlineData("$TTL", 1)]
    [InlineData("$TTL 1x", 1)]
    [InlineData("$DATE today", 1)]
    public void What_is_not_closed_ends_with_its_line(string text, int least)
    {
        ZoneFile zone = Parse("@ SOA a b 1 2 3 4 5\na TXT first\n" + text + "\nc TXT last");

        Assert.True(zone.IsComplete);
        Assert.InRange(zone.Skipped.Count, least, least + 1);
        Assert.Equal(["first", "last"], zone.Records.Select(record => record.Data).OfType<TxtData>().Select(data => data.Text));
        Assert.All(zone.Skipped, entry => Assert.True(entry.Owner is null || entry.Owner.Text is "b.example.com"));
    }

    [Fact]
    public void A_text_that_is_no_zone_file_is_not_read_to_its_end() =>
        Assert.Contains("not a zone file", Assert.Throws<ZoneFileException>(() => Parse(string.Concat(Enumerable.Repeat("some words of a log\n", ZoneFileParser.MaxSkipped + 1)))).Problem, StringComparison.Ordinal);

    [Fact]
    public void Relative_names_need_an_origin()
    {
        ZoneFileException exception = Assert.Throws<ZoneFileException>(() => Parse("a TXT x", withOrigin: false));
        Assert.Contains("$ORIGIN", exception.Problem, StringComparison.Ordinal);
        exception = Assert.Throws<ZoneFileException>(() => Parse("a.example.com. TXT x", withOrigin: false));
        Assert.Contains("no SOA record", exception.Problem, StringComparison.Ordinal);
        Assert.Equal("example.com", Parse("$ORIGIN example.com.\na TXT x", withOrigin: false).Apex.Text);
    }

    [Fact]
    public void Lengths_are_bounded()
    {
        Assert.Equal(255, TextOf("a TXT \"" + new string('x', 255) + "\"").Length);
        ZoneFileException exception = Fault("a TXT \"" + new string('x', 256) + "\"");
        Assert.Contains("256 octets", exception.Problem, StringComparison.Ordinal);

        string full = string.Concat(Enumerable.Repeat(" \"" + new string('x', 255) + "\"", 255));
        Assert.Equal(255 * 255, TextOf("a TXT" + full).Length);
        Assert.Contains("65535", Fault("a TXT" + full + full[..258]).Problem, StringComparison.Ordinal);

        Assert.Equal("MailDns limit", Fault("a TXT " + new string('x', ZoneFileLexer.MaxEntryLength + 1)).Rule);
        Assert.Equal("MailDns limit", Fault("a TXT " + string.Concat(Enumerable.Repeat("x ", ZoneFileLexer.MaxEntryLength))).Rule);
        Assert.Equal("MailDns limit", Fault("a TXT " + new string('(', ZoneFileLexer.MaxNesting + 1)).Rule);
        Assert.Contains("is not a valid name", Fault(new string('a', 64) + " TXT x").Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_text_is_escaped_in_the_message()
    {
        ZoneFileException exception = Fault("a \u001b[31mTXT x");
        Assert.DoesNotContain('\u001b', exception.Message);
    }

    [Fact]
    public void Whatever_the_text_only_the_parsers_own_exception_comes()
    {
        const string Alphabet = "a.@*\\\"();# \t\n\r0123456789$ORIGINTTLXMXSOACNAMEAAA:\u00e4\0\u001b\ud800-_[]=";
        string[] seeds =
        [
            "$ORIGIN example.com.\n@ 3600 IN SOA ns1 hostmaster ( 1 2h 3 4 5 )\n",
            "a 300 IN TXT \"v=spf1 -all\" \"\\200\\\"\"\n",
            "a TYPE65 \\# 3 000100\n_25._tcp TLSA 3 1 1 aabb\n",
            "@ CAA 0 issue \"x\"\n@ MX 10 mx\n  A 192.0.2.1\n",
        ];
        var random = new Random(20240607);
        for (int i = 0; i < 30_000; i++)
        {
            char[] text = seeds[i % seeds.Length].ToCharArray();
            int changes = random.Next(1, 8);
            for (int k = 0; k < changes; k++)
                text[random.Next(text.Length)] = Alphabet[random.Next(Alphabet.Length)];
            string changed = new(text);
            if (i % 3 == 0)
                changed = changed[..random.Next(changed.Length)];
            try
            {
                ZoneFile zone = Parse(changed);
                var resolver = new ZoneFileResolver([zone]);
                foreach (DnsRecord record in zone.Records)
                    _ = resolver.QueryAsync(new DnsQuestion(record.Owner, record.Type), default).Status;
            }
            catch (ZoneFileException exception)
            {
                Assert.True(exception.Line >= 1 && exception.Column >= 1);
            }
        }
    }

    [Theory]
    [InlineData("0", 0u)]
    [InlineData("60", 60u)]
    [InlineData("1s", 1u)]
    [InlineData("2M", 120u)]
    [InlineData("1h30m", 5400u)]
    [InlineData("4294967295", 4294967295u)]
    public void Times(string text, uint expected)
    {
        Assert.True(ZoneTime.TryParse(text, out uint seconds));
        Assert.Equal(expected, seconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("h")]
    [InlineData("1h30")]
    [InlineData("1hh")]
    [InlineData("-1")]
    [InlineData("1.5h")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999")]
    [InlineData("999999999w")]
    public void No_times(string text) => Assert.False(ZoneTime.TryParse(text, out _));
}
