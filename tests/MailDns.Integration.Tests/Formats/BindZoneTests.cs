using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Dns;
using Xunit;

namespace MailDns.Integration.Tests.Formats;

/// <summary>Zone files of many styles are read as named-compilezone reads them: owners, times to live, types and data.</summary>
public sealed class BindZoneTests
{
    private static readonly DomainName s_zone = DomainName.FromDns("contoso.com");

    // How programs begin a file: BIND, Windows DNS (no $TTL), NSD and Knot (absolute), exports with all times to live, dumps under another origin.
    private static readonly string[] s_heads =
    [
        "$TTL 1h\n@ IN SOA ns1 hostmaster ( 1 2h 15m 4w 1h ) ; zone\n@ NS ns1\nns1 A 192.0.2.53\n",
        ";\n;  Database file contoso.com.dns for contoso.com zone.\n;\n@\tIN  SOA ns1.contoso.com. first\\.last.contoso.com. (\n\t42 ; serial\n\t900\n\t600\n\t86400\n\t3600 ) ; default TTL\n@\tNS\tns1.contoso.com.\nns1\t60\tA\t192.0.2.53\n",
        "contoso.com. 86400 IN SOA ns1.contoso.com. hostmaster.contoso.com. 1 7200 3600 1209600 300\ncontoso.com. 86400 IN NS ns1.contoso.com.\nns1.contoso.com. 86400 IN A 192.0.2.53\n",
        "$ORIGIN .\n$TTL 300\ncontoso.com IN SOA ns1.contoso.com. h.contoso.com. (\n  1 2 3 4\n 5 )\n   NS ns1.contoso.com.\n$ORIGIN contoso.com.\nns1 A 192.0.2.53\n",
        "$ORIGIN com.\n$TTL 86400 ; a day\ncontoso SOA ns1.contoso h.contoso 1 1w 1d 1w1d1h1m1s 77\n NS ns1.contoso\n$ORIGIN contoso.com.\nns1 IN 5m A 192.0.2.53\n",
    ];

    private static readonly string[] s_lines =
    [
        "w{0} 300 IN A 192.0.2.1", "w{0} IN 300 A 192.0.2.2", "w{0} A 192.0.2.3", "w{0} 1h A 192.0.2.4", "\tA\t192.0.2.5", "W{0}.Contoso.COM. AAAA 2001:DB8::1",
        "t{0} TXT \"v=spf1 mx -all\"", "t{0} TXT ( \"a\"\n \"b\" ; c\n )", "t{0} TXT a\\;b \"c;d\" e\\\"f", "t{0} TXT \"\\200\\000\\\\\" \"\"", "t{0} TXT \u00C3\u00A4", "t{0} TXT \\\u00E4", "t{0} TXT \"tab\there\"",
        "c{0} CNAME target", "c{0} IN CNAME target.example.net.", "c{0} CNAME @", "m{0} MX 10 mx", "m{0} MX 0 .", "m{0} 2d IN MX 65535 MX.example.net.",
        "_s{0}._tcp SRV 0 5 587 mail", "_s{0}._tcp SRV 65535 0 0 .", "p{0} PTR host", "d{0} NS ns.d{0}", "a{0} CAA 128 issue \"ca.example.net; a=1\"", "a{0} CAA 0 iodef mailto:x@y.example",
        "_25._tcp.l{0} TLSA 3 1 1 ( AABB ccdd00112233445566778899\n 00112233445566778899aabbccddeeff00ff )", "g{0} TYPE16 \\# 4 03616263", "g{0} A \\# 4 C0000201", "g{0} TYPE65400 \\# 2 ABCD",
        "x\\.y{0} A 192.0.2.6", "x\\032{0} A 192.0.2.7", "m\u00C3\u00BC{0} A 192.0.2.8", "*.s{0} TXT wild", "@ TXT \"apex{0}\"", "n{0} DNAME other.example.",
        "$GENERATE 1-4 h{0}-$ A 192.0.2.$", "$GENERATE 0-6/3 ${{10,3,d}}.i{0} 60 CNAME z${{0,2,x}}", "$GENERATE 1-2 k{0} TXT \"a $ \\$\"", "$TTL 1800", "$TTL 2h30m", "$ORIGIN sub{0}.contoso.com.", "$ORIGIN contoso.com.", "", "; comment ( \" {0}",
    ];

    [BindTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_generated_file_says_the_same_to_BIND(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < 15; i++)
        {
            var text = new StringBuilder(s_heads[(seed + i) % s_heads.Length]);
            for (int n = 0; n < 40; n++)
                text.AppendFormat(System.Globalization.CultureInfo.InvariantCulture, s_lines[random.Next(s_lines.Length)], n).Append(random.Next(2) is 0 ? "\n" : "\r\n");
            AssertSame(text.ToString());
        }
    }

    [BindTheory]
    [InlineData("@ SOA a. b. 1 2 3 4 3600\n@ NS n.\nx 60 A 192.0.2.1\ny A 192.0.2.2\n")]
    [InlineData("@ 9 SOA a. b. 1 2 3 4 3600\n@ NS n.\nx 60 A 192.0.2.1\ny A 192.0.2.2\n")]
    [InlineData("$TTL 7\n@ SOA a. b. 1 2 3 4 3600\n@ NS n.\nx 60 A 192.0.2.1\ny A 192.0.2.2\n")]
    public void Times_to_live_are_the_same(string text) => AssertSame(text);

    private static void AssertSame(string text)
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(path, text, Encoding.Latin1);
        try
        {
            (int code, string output, string error) = BindTools.Run(
                "named-checkzone", string.Empty, "-D", "-i", "none", "-k", "ignore", "-n", "ignore", "-r", "ignore", "-m", "ignore", "-M", "ignore", "-S", "ignore", "-T", "ignore", "-W", "ignore", "-s", "full", "-o", "-", s_zone.Text, path);
            ZoneFile ours = ZoneFileParser.Parse(text, "generated", s_zone);
            if (code is not 0)
            {
                // What BIND refuses as a zone (an alias beside other data) is not for us to judge.
                Assert.Matches("CNAME and other data|multiple RRs of singleton|has no address|non-empty|loading from master file", error + output);
                return;
            }

            Assert.Empty(ours.Skipped);
            IReadOnlyList<DnsRecord> theirs = ZoneFileParser.Parse(output, "compiled", s_zone).Records;
            // Of a set with several times to live (RFC 2181 section 5.2) BIND keeps one, which depends on the order of the whole file.
            HashSet<(DomainName, DnsRecordType)> mixed = [.. ours.Records.GroupBy(record => (record.Owner, record.Type)).Where(set => set.Select(record => record.Ttl).Distinct().Count() > 1).Select(set => set.Key)];
            Assert.Equal(Show(theirs, mixed), Show(ours.Records.Where(record => record.Owner.IsSameOrBelow(s_zone)), mixed));
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Show(IEnumerable<DnsRecord> records, HashSet<(DomainName, DnsRecordType)> mixed) => string.Join(
        '\n',
        records.Select(record => record.Owner.ToPresentation() + " " + (mixed.Contains((record.Owner, record.Type)) ? 0 : record.Ttl) + " " + DnsRecordTypes.Mnemonic(record.Type) + " " + record.Data.ToPresentation())
            .Distinct().Order(StringComparer.Ordinal));
}
