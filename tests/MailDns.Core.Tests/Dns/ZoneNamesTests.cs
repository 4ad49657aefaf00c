using System;
using System.Linq;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

/// <summary>What zone a file is taken for, and by what.</summary>
public sealed class ZoneNamesTests
{
    private const string Zone = "@ 60 SOA ns h 1 2 3 4 5\n@ 60 TXT x";

    [Theory]
    [InlineData("db.example.com")]
    [InlineData("example.com.zone")]
    [InlineData("example.com.hosts")]
    [InlineData("example.com.zone.signed")]
    [InlineData("example.com.dns")]
    [InlineData("example.com.db")]
    [InlineData("pri.example.com")]
    [InlineData("named.example.com")]
    [InlineData("example.com.txt")]
    [InlineData("example.com_zone.txt")]
    [InlineData("example.com-zone.txt")]
    [InlineData("example.com.bak")]
    [InlineData("db.example.com.bak")]
    [InlineData("Example.COM.dns")]
    [InlineData("example.com (1).txt")]
    [InlineData("example.com")]
    [InlineData("master.example.com.zone.old")]
    [InlineData("example.com.2026-01-02.txt")]
    [InlineData("example.com.20260102.zone")]
    [InlineData("example.com_2026-01-02_1530.txt")]
    [InlineData("example.com.zone.20260102153000")]
    [InlineData("example.com-20260102.db")]
    public void A_name_of_a_file_tells_its_zone(string fileName) => Assert.Equal("example.com", ZoneNames.Guess(fileName, [])?.Name.Text);

    [Theory]
    [InlineData("zone.txt")]
    [InlineData("export.csv")]
    [InlineData("db")]
    [InlineData("zone")]
    [InlineData("a b.txt")]
    [InlineData("backup.2026.txt")]
    [InlineData("zone.v2.txt")]
    [InlineData("192.0.2.txt")]
    [InlineData("")]
    public void A_name_that_tells_none_is_not_made_into_one(string fileName)
    {
        Assert.Null(ZoneNames.Guess(fileName, []));
        ZoneOrigin? asked = ZoneNames.Guess(fileName, [DomainName.FromDns("contoso.com")]);
        Assert.Equal(("contoso.com", "the domain asked about"), (asked?.Name.Text, asked?.Source));
        Assert.Null(ZoneNames.Guess(fileName, [DomainName.FromDns("contoso.com"), DomainName.FromDns("contoso.net")]));
    }

    [Theory]
    [InlineData("db.example.com.zone", "db.example.com", "db.example.com")]
    [InlineData("db.example.com.zone", "example.com", "example.com")]
    [InlineData("db.example.com.zone", "www.db.example.com", "db.example.com")]
    [InlineData("example.com.zone", "example.net", "example.com")]
    public void Of_what_a_name_may_tell_the_domain_asked_about_decides(string fileName, string asked, string expected) =>
        Assert.Equal(expected, ZoneNames.Guess(fileName, [DomainName.FromDns(asked)])?.Name.Text);

    // Files of old Macintosh programs, and of those that write the line ends wrong.
    [Theory]
    [InlineData("\r")]
    [InlineData("\r\n")]
    [InlineData("\n")]
    public void Carriage_returns_alone_end_lines(string end)
    {
        string text = string.Concat(new[] { "$ORIGIN contoso.com. ; a zone", "@ 3600 SOA a b (1 2", " 3 4 5)", "@ NS a", "@ TXT x" }.Select(line => line + end));
        foreach (string one in new[] { text, text.TrimEnd('\r', '\n'), text + "\n" })
        {
            ZoneFile zone = ZoneFileParser.Parse(one, "t", defaultOrigin: null);
            Assert.Equal((3, "contoso.com", true, 0), (zone.Records.Count, zone.Apex.Text, zone.IsComplete, zone.Skipped.Count));
            Assert.Equal(5, zone.Records[2].Line);
        }
    }

    // Cloudflare writes 1 where it chooses the time to live, and serves 300 s.
    [Fact]
    public void An_automatic_time_to_live_is_not_a_second()
    {
        ZoneFile zone = ZoneFileParser.Parse("contoso.com\t3600\tIN\tSOA\tamos.ns.cloudflare.com. dns.cloudflare.com. 1 2 3 4 5\nw.contoso.com.\t1\tIN\tTXT\tx\nv.contoso.com.\t60\tIN\tTXT\tx\n", "contoso.com.txt", defaultOrigin: null);
        Assert.Equal([300u, 60u], zone.Records.Where(record => record.Type == DnsRecordType.Txt).Select(record => record.Ttl));
    }

    [Theory]
    [InlineData(";; Domain:     contoso.com.\n", "contoso.com")]
    [InlineData(";\n;  Database file contoso.com.dns for contoso.com zone.\n;      Zone version:  42\n;\n", "contoso.com")]
    [InlineData("; cPanel first:1\n; Zone file for contoso.com\n", "contoso.com")]
    [InlineData("; Domain: not a domain\n", "example.com")]
    [InlineData("", "example.com")]
    public void A_comment_at_the_start_goes_before_the_files_name(string comment, string expected)
    {
        ZoneFile zone = ZoneFileParser.Parse(comment + Zone, "f", new ZoneOrigin(DomainName.FromDns("example.com"), "the file's name", IsStated: false));
        Assert.Equal((expected, true), (zone.Apex.Text, zone.IsComplete));
        Assert.Equal("fabrikam.com", ZoneFileParser.Parse(comment + Zone, "f", DomainName.FromDns("fabrikam.com")).Apex.Text);
    }

    [Theory]
    // Cloudflare: the owner of the SOA without its dot, all others with it.
    [InlineData("contoso.com\t3600\tIN\tSOA\tamos.ns.cloudflare.com. dns.cloudflare.com. 1 2 3 4 5\ncontoso.com.\t300\tIN\tTXT\tx", "contoso.com", 1)]
    // GoDaddy and Azure: $ORIGIN without its dot.
    [InlineData("$ORIGIN contoso.com\n@ 3600 IN SOA ns h 1 2 3 4 5\n@ 300 TXT x", "contoso.com", 1)]
    [InlineData("$ORIGIN contoso.com\n@ 3600 IN SOA ns h 1 2 3 4 5\n@ 300 TXT x\n$ORIGIN contoso.com\nw 300 TXT y", "contoso.com", 2)]
    // As RFC 1035 has them.
    [InlineData("$ORIGIN com.\ncontoso 3600 IN SOA ns h 1 2 3 4 5\n@ 300 TXT x", "contoso.com", 0)]
    [InlineData("contoso.com. 3600 IN SOA ns h 1 2 3 4 5\n$ORIGIN contoso.com.\n@ 300 TXT x", "contoso.com", 0)]
    public void A_last_dot_that_is_missing_is_told(string text, string expected, int notes)
    {
        foreach (string? given in new[] { null, "contoso.com", "wrong.example" })
        {
            ZoneOrigin? origin = given is null ? null : new ZoneOrigin(DomainName.FromDns(given), "the file's name", IsStated: false);
            if (origin is null && text.StartsWith("contoso.com.", StringComparison.Ordinal))
                continue;
            ZoneFile zone = ZoneFileParser.Parse(text, "f", origin);
            Assert.Equal((expected, true), (zone.Apex.Text, zone.IsComplete));
            Assert.Equal(notes, zone.Notes.Count);
        }
    }

    [Fact]
    public void A_zone_that_the_user_names_is_not_overruled_by_a_dot_that_is_missing()
    {
        ZoneFile zone = ZoneFileParser.Parse("$ORIGIN sub.dept\n@ 300 TXT x", "f", DomainName.FromDns("contoso.com"));
        Assert.Equal("sub.dept.contoso.com", Assert.Single(zone.Records).Owner.Text);
        Assert.Empty(zone.Notes);
    }

    [Fact]
    public void Times_to_live_are_those_of_BIND()
    {
        static string Ttls(string text) => string.Join(' ', ZoneFileParser.Parse(text, "f", DomainName.FromDns("a.b")).Records.Select(record => record.Ttl));
        Assert.Equal("3600 60 3600", Ttls("@ SOA a. b. 1 2 3 4 3600\nx 60 A 192.0.2.1\ny A 192.0.2.2"));
        Assert.Equal("9 60 60", Ttls("@ 9 SOA a. b. 1 2 3 4 3600\nx 60 A 192.0.2.1\ny A 192.0.2.2"));
        Assert.Equal("7 60 7", Ttls("$TTL 7\n@ SOA a. b. 1 2 3 4 3600\nx 60 A 192.0.2.1\ny A 192.0.2.2"));
        Assert.Equal("3600 300 300 60", Ttls("@ 3600 SOA x.ns.cloudflare.com. b. 1 2 3 4 5\nx 1 A 192.0.2.1\ny 1 A 192.0.2.2\nz 60 A 192.0.2.3"));
        Assert.Equal("3600 1", Ttls("@ 3600 SOA x.ns.example. b. 1 2 3 4 5\nx 1 A 192.0.2.1"));
    }

    [Theory]
    [InlineData("$GENERATE 1-3 h$ A 192.0.2.$", "h1 A 192.0.2.1;h2 A 192.0.2.2;h3 A 192.0.2.3")]
    [InlineData("$GENERATE 1-5/2 ${0,3}.x 60 IN CNAME ${10,3,d}.y", "001.x CNAME 011.y.a.b.;003.x CNAME 013.y.a.b.;005.x CNAME 015.y.a.b.")]
    [InlineData("$GENERATE 15-16 ${0,0,x} TXT \"${-15,2,X} \\$ $$\"", "f TXT \"00\" \"$\" \"$\";10 TXT \"01\" \"$\" \"$\"")]
    [InlineData("$GENERATE 0-1 @ MX \"10 mx$\"", "@ MX 10 mx0.a.b.;@ MX 10 mx1.a.b.")]
    [InlineData("$GENERATE 1-1 ${0,4,n} PTR x", "1.0 PTR x.a.b.")]
    public void Generate_makes_what_BIND_makes(string line, string expected)
    {
        DomainName zone = DomainName.FromDns("a.b");
        ZoneFile file = ZoneFileParser.Parse(line, "f", zone);
        Assert.Equal(expected, string.Join(';', file.Records.Select(record => record.Owner.RelativeTo(zone) + " " + DnsRecordTypes.Mnemonic(record.Type) + " " + record.Data.ToPresentation())));
    }

    [Theory]
    [InlineData("$GENERATE 1-300000 h$ A 192.0.2.1")]
    [InlineData("$GENERATE 0-999999999 h A 192.0.2.1")]
    [InlineData("$GENERATE 5-1 h$ A 192.0.2.$")]
    [InlineData("$GENERATE 1-5/0 h$ A 192.0.2.$")]
    [InlineData("$GENERATE 1-5 h${x} A 192.0.2.$")]
    [InlineData("$GENERATE 1-5 h${-9} A 192.0.2.$")]
    [InlineData("$GENERATE 1-5 h$")]
    [InlineData("$GENERATE x h$ A 192.0.2.$")]
    public void A_wrong_generate_is_told(string line) =>
        Assert.Contains("$", Assert.Throws<ZoneFileException>(() => ZoneFileParser.Parse(line, "f", DomainName.FromDns("a.b"))).Message + "$", StringComparison.Ordinal);

    [Fact]
    public void Many_generates_are_bounded_together()
    {
        string many = string.Concat(Enumerable.Repeat("$GENERATE 1-60000 h A 192.0.2.1\n", 10));
        Assert.Throws<ZoneFileException>(() => ZoneFileParser.Parse(many, "f", DomainName.FromDns("a.b")));
    }

    [Fact]
    public void Generate_makes_no_directive() =>
        Assert.Single(ZoneFileParser.Parse("$GENERATE 1-1 \\$GENERATE TXT \"1-9 h A 192.0.2.1\"", "f", DomainName.FromDns("a.b")).Records);

    [Fact]
    public void A_zone_of_deep_names_costs_what_its_names_do()
    {
        // 20,000 names of 110 labels: their ancestors, two millions, are not kept.
        string tail = string.Join('.', Enumerable.Repeat("a", 100));
        string text = Zone + "\n" + string.Concat(Enumerable.Range(0, 20_000).Select(i => $"n{i}.{tail} 5 TXT x\n"));
        long before = GC.GetAllocatedBytesForCurrentThread();
        var resolver = new ZoneFileResolver([ZoneFileParser.Parse(text, "f", DomainName.FromDns("a.b"))]);
        Assert.Equal(DnsResponseStatus.NoData, Ask(tail + ".a.b"));
        Assert.Equal(DnsResponseStatus.NxDomain, Ask("q." + tail + ".a.b"));
        Assert.Equal(DnsResponseStatus.Success, Ask("n7." + tail + ".a.b"));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 120L << 20);

        DnsResponseStatus Ask(string name) => resolver.QueryAsync(new DnsQuestion(DomainName.FromDns(name), DnsRecordType.Txt), default).GetAwaiter().GetResult().Status;
    }
}
