using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class ZoneFileResolverTests
{
    private const string Zone = """
        $ORIGIN example.com.
        $TTL 3600
        @        SOA   ns1 hostmaster 1 7200 3600 1209600 300
        @        NS    ns1
        @        TXT   "v=spf1 -all"
        @        TXT   "MS=ms1"
        ns1      A     192.0.2.53
        www      CNAME host
        host     A     192.0.2.1
        out      CNAME a.example.net.
        far      CNAME unknown.example.org.
        gone     CNAME nothing
        l1       CNAME l2
        l2       CNAME l1
        *.w      TXT   "wild"
        x.w      A     192.0.2.2
        b.e      A     192.0.2.3
        *.cw     CNAME host
        sub      NS    ns.sub
        sub      DS    1 8 2 aa
        ns.sub   A     192.0.2.4
        d        DNAME d.example.net.
        out.example.org. TXT "not ours"
        """;

    private const string Other = """
        $ORIGIN example.net.
        @        SOA   ns1 hostmaster 1 7200 3600 1209600 300
        a        TXT   "there"
        k.d      TXT   "renamed"
        """;

    private static ZoneFileResolver Load(params string[] zones) =>
        new(zones.Select((zone, i) => ZoneFileParser.Parse(zone, $"zone{i}", defaultOrigin: null)));

    private static Task<DnsResponse> AskAsync(ZoneFileResolver resolver, string name, DnsRecordType type) =>
        resolver.QueryAsync(new DnsQuestion(DomainName.FromDns(name), type), CancellationToken.None);

    [Theory]
    [InlineData("example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "example.com")]
    [InlineData("example.com", DnsRecordType.Mx, DnsResponseStatus.NoData, "example.com")]
    [InlineData("nothing.example.com", DnsRecordType.Txt, DnsResponseStatus.NxDomain, "nothing.example.com")]
    [InlineData("www.example.com", DnsRecordType.A, DnsResponseStatus.Success, "host.example.com")]
    [InlineData("www.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData, "host.example.com")]
    [InlineData("www.example.com", DnsRecordType.Cname, DnsResponseStatus.Success, "www.example.com")]
    [InlineData("host.example.com", DnsRecordType.Cname, DnsResponseStatus.NoData, "host.example.com")]
    [InlineData("gone.example.com", DnsRecordType.A, DnsResponseStatus.NxDomain, "nothing.example.com")]
    [InlineData("l1.example.com", DnsRecordType.A, DnsResponseStatus.AliasLoop, null)]
    // RFC 4592: the closest encloser alone, empty non-terminals exist, an existing name hides the wildcard.
    [InlineData("y.w.example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "y.w.example.com")]
    [InlineData("z.y.w.example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "z.y.w.example.com")]
    [InlineData("y.w.example.com", DnsRecordType.A, DnsResponseStatus.NoData, "y.w.example.com")]
    [InlineData("x.w.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData, "x.w.example.com")]
    [InlineData("z.x.w.example.com", DnsRecordType.Txt, DnsResponseStatus.NxDomain, "z.x.w.example.com")]
    [InlineData("*.w.example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "*.w.example.com")]
    [InlineData("w.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData, "w.example.com")]
    [InlineData("e.example.com", DnsRecordType.A, DnsResponseStatus.NoData, "e.example.com")]
    [InlineData("c.e.example.com", DnsRecordType.A, DnsResponseStatus.NxDomain, "c.e.example.com")]
    [InlineData("any.cw.example.com", DnsRecordType.A, DnsResponseStatus.Success, "host.example.com")]
    // Outside, at or below a delegation: nothing is known but NS and DS.
    [InlineData("example.org", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "example.org")]
    [InlineData("com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "com")]
    [InlineData("notexample.com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "notexample.com")]
    [InlineData("out.example.org", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "out.example.org")]
    [InlineData("far.example.com", DnsRecordType.A, DnsResponseStatus.OutOfZone, "unknown.example.org")]
    [InlineData("sub.example.com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "sub.example.com")]
    [InlineData("ns.sub.example.com", DnsRecordType.A, DnsResponseStatus.OutOfZone, "ns.sub.example.com")]
    [InlineData("a.b.sub.example.com", DnsRecordType.Txt, DnsResponseStatus.OutOfZone, "a.b.sub.example.com")]
    [InlineData("sub.example.com", DnsRecordType.Ns, DnsResponseStatus.Success, "sub.example.com")]
    [InlineData("sub.example.com", DnsRecordType.Ds, DnsResponseStatus.Success, "sub.example.com")]
    [InlineData("example.com", DnsRecordType.Ds, DnsResponseStatus.OutOfZone, "example.com")]
    // Through other files.
    [InlineData("out.example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "a.example.net")]
    [InlineData("k.d.example.com", DnsRecordType.Txt, DnsResponseStatus.Success, "k.d.example.net")]
    [InlineData("j.d.example.com", DnsRecordType.Txt, DnsResponseStatus.NxDomain, "j.d.example.net")]
    [InlineData("d.example.com", DnsRecordType.Txt, DnsResponseStatus.NoData, "d.example.com")]
    internal async Task Answers(string name, DnsRecordType type, DnsResponseStatus expected, string? canonicalName)
    {
        DnsResponse response = await AskAsync(Load(Zone, Other), name, type);
        Assert.Equal(expected, response.Status);
        Assert.Equal(name, response.Question.Name.Text);
        if (canonicalName is not null)
            Assert.Equal(canonicalName, response.CanonicalName.Text);
    }

    [Fact]
    public async Task A_wildcards_answer_has_the_asked_owner()
    {
        DnsResponse response = await AskAsync(Load(Zone), "y.w.example.com", DnsRecordType.Txt);
        Assert.Equal("y.w.example.com", Assert.Single(response.Records).Owner.Text);
        Assert.Equal(["wild"], response.Texts);
    }

    [Fact]
    public async Task A_child_zones_file_takes_over_from_the_delegation()
    {
        const string Child = """
            $ORIGIN sub.example.com.
            @ SOA ns hostmaster 1 2 3 4 5
            @ NS ns
            @ TXT "child"
            """;
        ZoneFileResolver resolver = Load(Zone, Child);
        Assert.Equal(["child"], (await AskAsync(resolver, "sub.example.com", DnsRecordType.Txt)).Texts);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(resolver, "a.sub.example.com", DnsRecordType.Txt)).Status);
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "sub.example.com", DnsRecordType.Ds)).Status);
        Assert.Equal(DnsResponseStatus.Success, (await AskAsync(resolver, "sub.example.com", DnsRecordType.Soa)).Status);
    }

    [Fact]
    public async Task Two_files_of_one_zone_are_one_zone()
    {
        ZoneFileResolver resolver = Load("$ORIGIN example.com.\na TXT 1", "$ORIGIN example.com.\na TXT 2\nb TXT 3");
        Assert.Equal(["1", "2"], (await AskAsync(resolver, "a.example.com", DnsRecordType.Txt)).Texts);
        Assert.Equal(["3"], (await AskAsync(resolver, "b.example.com", DnsRecordType.Txt)).Texts);
        resolver = Load("$ORIGIN example.com.\na TXT 1", "$ORIGIN example.com.\n@ SOA a b 1 2 3 4 5");
        Assert.Equal(["1"], (await AskAsync(resolver, "a.example.com", DnsRecordType.Txt)).Texts);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(resolver, "b.example.com", DnsRecordType.Txt)).Status);
    }

    [Theory]
    [InlineData("$ORIGIN example.com.\n@ TXT x\na.b TXT y")]
    [InlineData("$ORIGIN com.\nexample TXT x\na.b.example TXT y")]
    [InlineData("$ORIGIN .\nexample.com TXT x\na.b.example.com TXT y")]
    [InlineData("$ORIGIN .\n@ SOA a b 1 2 3 4 5\nexample.com TXT x\na.b.example.com TXT y")]
    public async Task A_part_of_a_zone_says_only_what_it_writes(string text)
    {
        ZoneFileResolver resolver = Load(text);
        Assert.Equal(["x"], (await AskAsync(resolver, "example.com", DnsRecordType.Txt)).Texts);
        foreach (string name in new[] { "b.example.com", "c.example.com", "_spf.example.com", "other.example.net", "com" })
            Assert.Equal(DnsResponseStatus.OutOfZone, (await AskAsync(resolver, name, DnsRecordType.Txt)).Status);
        Assert.Equal(DnsResponseStatus.OutOfZone, (await AskAsync(resolver, "example.com", DnsRecordType.Mx)).Status);
    }

    [Fact]
    public async Task What_was_not_understood_is_not_known_and_the_rest_is()
    {
        ZoneFileResolver resolver = Load("""
            $ORIGIN example.com.
            @ SOA a b 1 2 3 4 5
            @ MX mail
            @ TXT x
            w ALIAS lb.example.net.
            c CNAME "x"
            d NS a..b
            * A 1
            x.y TXT z
            """);
        Assert.Equal(["x"], (await AskAsync(resolver, "example.com", DnsRecordType.Txt)).Texts);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(resolver, "y.example.com", DnsRecordType.Txt)).Status);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(resolver, "q.y.example.com", DnsRecordType.Txt)).Status);
        foreach ((string name, DnsRecordType type) in new[]
        {
            ("example.com", DnsRecordType.Mx), ("w.example.com", DnsRecordType.A), ("w.example.com", DnsRecordType.Aaaa), ("c.example.com", DnsRecordType.Txt),
            ("x.d.example.com", DnsRecordType.Txt), ("q.example.com", DnsRecordType.A),
        })
            Assert.Equal(DnsResponseStatus.OutOfZone, (await AskAsync(resolver, name, type)).Status);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(resolver, "w.example.com", DnsRecordType.Txt)).Status);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(resolver, "q.example.com", DnsRecordType.Txt)).Status);
    }

    [Fact]
    public async Task Without_files_nothing_is_known()
    {
        DnsResponse response = await AskAsync(Load(), "example.com", DnsRecordType.Txt);
        Assert.Equal(DnsResponseStatus.OutOfZone, response.Status);
        Assert.True(response.IsFailure);
    }

    [Fact]
    public async Task The_root_zone_is_a_zone_too()
    {
        var resolver = new ZoneFileResolver([ZoneFileParser.Parse(". SOA a. b. 1 2 3 4 5\nexample.com. TXT x", "root", DomainName.Root)]);
        Assert.Equal(["x"], (await AskAsync(resolver, "example.com", DnsRecordType.Txt)).Texts);
        Assert.Equal(DnsResponseStatus.NxDomain, (await AskAsync(resolver, "example.org", DnsRecordType.Txt)).Status);
        Assert.Equal(DnsResponseStatus.NoData, (await AskAsync(resolver, "com", DnsRecordType.Txt)).Status);
    }

    [Fact]
    public async Task A_renamed_name_that_is_too_long_is_a_failure()
    {
        string label = new('a', 63);
        ZoneFileResolver resolver = Load($"$ORIGIN d.\n@ SOA a b 1 2 3 4 5\nx DNAME {label}.{label}.{label}.d.");
        DnsResponse response = await AskAsync(resolver, $"{label}.x.d", DnsRecordType.Txt);
        Assert.Equal(DnsResponseStatus.OtherError, response.Status);
    }

    [Fact]
    public async Task Cancellation_is_cancellation() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Load(Zone).QueryAsync(
            new DnsQuestion(DomainName.FromDns("example.com"), DnsRecordType.Txt),
            new CancellationToken(canceled: true)));
}
