using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class TrackingStatusReaderTests
{
    private const string Target = "trk.aksend.net";

    private static readonly CheckDefinition[] s_area = TrackingChecks.All.Concat(AliasRules.Definitions).ToArray();

    public static TheoryData<string, Action<TableResolverBox>, string> Cases => new()
    {
        { "right", table => table.Zone.Cname("trk.example.com", Target).Address(Target, "192.0.2.1"), "" },
        { "right by IPv6 only", table => table.Zone.Cname("trk.example.com", Target).Address(Target, "2001:db8::1"), "" },
        { "the platform's own aliases are its own", table => table.Zone.Cname("trk.example.com", Target).Cname(Target, "lb.aksend.net").Address("lb.aksend.net", "192.0.2.1"), "" },
        { "missing", table => table.Zone.Txt("example.com", "x"), "TRACK-MISSING=Warning" },
        { "name without alias", table => table.Zone.Txt("trk.example.com", "x"), "TRACK-MISSING=Warning" },
        { "wrong target", table => table.Zone.Cname("trk.example.com", "trk.example.net").Address("trk.example.net", "192.0.2.1"), "TRACK-TARGET=Fail" },
        { "dangling", table => table.Zone.Cname("trk.example.com", Target), "DNS-CNAME-DANGLING=Fail" },
        { "target without address", table => table.Zone.Cname("trk.example.com", Target).Txt(Target, "x"), "DNS-CNAME-DANGLING=Fail" },
        { "addresses instead", table => table.Zone.Address("trk.example.com", "192.0.2.9").Address(Target, "192.0.2.1"), "TRACK-NOT-CNAME=Warning" },
        { "flattened", table => table.Zone.Address("trk.example.com", "192.0.2.1").Address(Target, "192.0.2.1", "192.0.2.2"), "DNS-CNAME-FLATTENED=Warning" },
        { "addresses, target unknown", table => table.Zone.Address("trk.example.com", "192.0.2.9").FailName(Target), "DNS-CNAME-FLATTENED=Unknown TRACK-NOT-CNAME=Warning" },
        { "chain of the domain's own", table => table.Zone.Cname("trk.example.com", "cdn.example.com").Cname("cdn.example.com", Target).Address(Target, "192.0.2.1"), "DNS-CNAME-CHAIN=Warning" },
        { "circle", table => table.Zone.Cname("trk.example.com", "a.example.com").Cname("a.example.com", "trk.example.com"), "DNS-CNAME-LOOP=Fail TRACK-TARGET=Fail" },
        { "host fails", table => table.Zone.FailName("trk.example.com"), "DNS-CNAME-APEX=Unknown DNS-CNAME-CHAIN=Unknown DNS-CNAME-COEXIST=Unknown DNS-CNAME-DANGLING=Unknown DNS-CNAME-FLATTENED=Unknown DNS-CNAME-LOOP=Unknown TRACK-CAA=Unknown TRACK-MISSING=Unknown TRACK-NOT-CNAME=Unknown TRACK-TARGET=Unknown" },
        { "target fails", table => table.Zone.Cname("trk.example.com", Target).FailName(Target), "DNS-CNAME-DANGLING=Unknown DNS-CNAME-LOOP=Unknown TRACK-CAA=Unknown" },
        { "other target fails", table => table.Zone.Cname("trk.example.com", "trk.example.net").FailName("trk.example.net"), "DNS-CNAME-DANGLING=Unknown DNS-CNAME-LOOP=Unknown TRACK-CAA=Unknown TRACK-TARGET=Unknown" },
        { "addresses of the target fail", table => table.Zone.Cname("trk.example.com", Target).Txt(Target, "x").Fail(Target, DnsRecordType.A, DnsResponseStatus.ServerFailure), "DNS-CNAME-DANGLING=Unknown TRACK-CAA=Unknown" },
        { "no alias, addresses fail", table => table.Zone.Txt("trk.example.com", "x").Fail("trk.example.com", DnsRecordType.A, DnsResponseStatus.Timeout), "DNS-CNAME-FLATTENED=Unknown TRACK-CAA=Unknown TRACK-MISSING=Unknown TRACK-NOT-CNAME=Unknown" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_state_of_the_host_has_its_finding(string name, Action<TableResolverBox> fill, string expected)
    {
        Assert.NotEmpty(name);
        var box = new TableResolverBox();
        fill(box);
        TrackingStatus status = await ReadAsync(box.Zone, "trk.example.com", Target);
        StatusAssert.Findings(status.Results, s_area, expected);
        Assert.Equal(expected == "TRACK-MISSING=Warning" ? false : StatusAssert.Valid(expected), status.IsValid);
    }

    [Fact]
    public async Task The_status_shows_the_chain()
    {
        TableResolver zone = new TableResolver().Cname("trk.example.com", Target).Cname(Target, "lb.aksend.net").Address("lb.aksend.net", "192.0.2.1");
        TrackingStatus status = await ReadAsync(zone, "trk.example.com", Target);
        Assert.Equal(("example.com", "trk", "trk.example.com", Target, "lb.aksend.net", Target), (status.Domain, status.HostName, status.Fqdn, status.Record, status.Target, status.ExpectedTarget));
        Assert.Equal(new[] { Target, "lb.aksend.net" }, status.Chain);
        Assert.Equal(new[] { "192.0.2.1" }, status.Addresses);
    }

    [Fact]
    public async Task A_missing_or_wrong_alias_comes_with_the_record_to_publish()
    {
        TrackingStatus missing = await ReadAsync(new TableResolver().Txt("example.com", "x"), "trk.example.com", Target);
        CnameRecord record = Assert.IsType<CnameRecord>(StatusAssert.Single(missing.Results, "TRACK-MISSING").Record.Single());
        Assert.Equal(("trk", "example.com", Target), (record.Name, record.ZoneName, record.HostNameAlias));

        CheckResult wrong = StatusAssert.Single((await ReadAsync(new TableResolver().Cname("trk.example.com", "x.example.net").Address("x.example.net", "192.0.2.1"), "trk.example.com", Target)).Results, "TRACK-TARGET");
        Assert.Equal((Target, "x.example.net"), (wrong.Expected, wrong.Actual));
        Assert.Equal("The tracking host trk.example.com points to x.example.net, not to trk.aksend.net.", wrong.Message);
    }

    [Fact]
    public async Task A_host_outside_the_domain_is_told()
    {
        TrackingStatus status = await ReadAsync(new TableResolver().Cname("trk.example.net", Target).Address(Target, "192.0.2.1"), "trk.example.net", Target);
        StatusAssert.Findings(status.Results, s_area, "TRACK-UNALIGNED=Info");
        Assert.Equal("trk.example.net", status.HostName);
    }

    [Fact]
    public async Task Without_a_target_nothing_is_compared()
    {
        TrackingStatus status = await ReadAsync(new TableResolver().Cname("trk.example.com", Target).Address(Target, "192.0.2.1"), "trk.example.com", target: null);
        StatusAssert.Findings(status.Results, s_area, "");
        Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(status.Results, "TRACK-TARGET").Status);
        Assert.Null(status.ExpectedTarget);
    }

    // A zone that is read whole, or a broken server, shows what an honest server hides behind the alias.
    [Fact]
    public async Task Other_data_beside_the_alias_is_told()
    {
        TableResolver zone = new TableResolver().Cname("trk.example.com", Target).Address(Target, "192.0.2.1");
        var resolver = new BesideResolver(zone, DomainName.FromDns("trk.example.com"), DnsRecordType.Txt, DnsRecordType.Soa);
        TrackingStatus status = await Seen.In(TrackingStatusReader.ReadAsync(DomainName.Parse("example.com"), DomainName.Parse("trk.example.com"), ExpectedName.Of(DomainName.Parse(Target)), resolver, https: null, CancellationToken.None));
        StatusAssert.Findings(status.Results, s_area, "DNS-CNAME-APEX=Fail DNS-CNAME-COEXIST=Fail");
        Assert.Equal("SOA, TXT", StatusAssert.Single(status.Results, "DNS-CNAME-COEXIST").Actual);
    }

    [Fact]
    public async Task Eleven_aliases_are_too_many()
    {
        var zone = new TableResolver().Cname("trk.example.com", "n0.example.net");
        for (int i = 0; i < 20; i++)
            zone.Cname("n" + i + ".example.net", "n" + (i + 1) + ".example.net");

        TrackingStatus status = await ReadAsync(zone, "trk.example.com", target: null);
        Assert.Contains("More than 10 aliases", StatusAssert.Single(status.Results, "DNS-CNAME-LOOP").Message, StringComparison.Ordinal);
        Assert.InRange(zone.Questions.Count, 1, 20);
    }

    [Fact]
    public async Task Hostile_targets_are_escaped()
    {
        TableResolver zone = new TableResolver().Cname("trk.example.com", "a\u001b[2J.example.net");
        TrackingStatus status = await ReadAsync(zone, "trk.example.com", Target);
        Assert.Equal("a\\027[2j.example.net", status.Record);
        Assert.All(status.Results, result => Assert.DoesNotContain('\u001b', result.Message + result.Actual));
    }

    [Theory]
    [InlineData("trk", "trk.example.com")]
    [InlineData("TRK.Example.com", "trk.example.com")]
    [InlineData("trk.example.com.", "trk.example.com")]
    [InlineData("a.b", "a.b.example.com")]
    [InlineData("trk.example.net.", "trk.example.net")]
    [InlineData("@", "example.com")]
    public void Hosts_are_given_relative_or_in_full(string text, string expected) =>
        Assert.Equal(expected, HostNames.Resolve(text, DomainName.Parse("example.com")).Text);

    [Theory]
    [InlineData("@", "a CNAME cannot be at the domain itself")]
    [InlineData("example.com", "a CNAME cannot be at the domain itself")]
    [InlineData("trk.example.net.", "it is not below \"example.com\"")]
    [InlineData("", "it is empty")]
    [InlineData("a b", "is not allowed")]
    [InlineData("-a", "begins or ends with a hyphen")]
    public void A_record_is_made_below_the_domain_only(string host, string reason)
    {
        DomainName domain = DomainName.Parse("example.com");
        foreach (Func<CnameRecord> build in new Func<CnameRecord>[]
        {
            () => TrackingRecordBuilder.Build(domain, domain, host, Target, TimeSpan.FromHours(1)),
            () => BounceRecordBuilder.Build(domain, domain, host, Target, TimeSpan.FromHours(1)),
        })
        {
            Assert.Contains(reason, Assert.Throws<DomainNameException>(build).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_record_is_relative_to_its_zone()
    {
        DomainName domain = DomainName.Parse("news.example.com");
        CnameRecord record = BounceRecordBuilder.Build(domain, DomainName.Parse("example.com"), "bounce", "akmta.net", TimeSpan.FromMinutes(5));
        Assert.Equal(("bounce.news", "example.com", "akmta.net", RecordPurpose.Bounce, 300u), (record.Name, record.ZoneName, record.Cname, record.Purpose, record.Ttl));
        Assert.Throws<DomainNameException>(() => BounceRecordBuilder.Build(domain, domain, "bounce", "localhost", TimeSpan.FromMinutes(5)));
    }

    private static Task<TrackingStatus> ReadAsync(TableResolver zone, string host, string? target) =>
        Seen.In(TrackingStatusReader.ReadAsync(
            DomainName.Parse("example.com"),
            DomainName.Parse(host),
            target is null ? null : ExpectedName.Of(DomainName.Parse(target)),
            zone,
            https: null,
            CancellationToken.None));

    /// <summary>Lets a row of a public table fill an internal resolver.</summary>
    public sealed class TableResolverBox
    {
        internal TableResolver Zone { get; } = new();
    }

    private sealed class BesideResolver : IDnsResolver
    {
        private readonly IDnsResolver _inner;
        private readonly DomainName _name;
        private readonly HashSet<DnsRecordType> _types;

        public BesideResolver(IDnsResolver inner, DomainName name, params DnsRecordType[] types)
        {
            _inner = inner;
            _name = name;
            _types = new HashSet<DnsRecordType>(types);
        }

        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            question.Name.Equals(_name) && _types.Contains(question.Type)
                ? Task.FromResult(DnsResponse.Answer(question, new[] { new DnsRecord(_name, question.Type, 60, new TxtData("x")) }))
                : _inner.QueryAsync(question, cancellationToken);
    }
}
