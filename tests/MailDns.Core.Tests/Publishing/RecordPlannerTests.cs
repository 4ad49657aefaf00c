using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Publishing;
using Xunit;

namespace MailDns.Core.Tests.Publishing;

/// <summary>A wanted record against a zone: what is done, and what is never done.</summary>
public class RecordPlannerTests
{
    private const string Head = "$ORIGIN contoso.com.\n$TTL 300\n@ SOA ns h ( 1 1 1 1 1 )\n@ NS ns\nns A 192.0.2.53\n";

    // Name, wanted text, zone lines, options (N: NoMerge, P: Prune), action, the text afterwards.
    [Theory]
    [InlineData("@", "v=spf1 include:a.example -all", "", "", "Add", "v=spf1 include:a.example -all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"MS=1\"", "", "Add", "v=spf1 include:a.example -all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx ~all\"", "", "Replace", "v=spf1 mx include:a.example ~all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx ~all\"", "N", "Replace", "v=spf1 include:a.example -all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx include:A.example. ~all\"", "", "Keep", "v=spf1 mx include:A.example. ~all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx include:A.example ~all\"", "", "Keep", "v=spf1 mx include:A.example ~all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"V=SPF1 include:A.EXAMPLE -ALL\"", "", "Keep", "V=SPF1 include:A.EXAMPLE -ALL")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 include:\" \"a.example -all\"", "", "Keep", "v=spf1 include:a.example -all")]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 ip4:300.1.1.1 -all\"", "", "Conflict", null)]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 a -all\"", "", "Conflict", null)]
    [InlineData("@", "v=spf1 include:a.example -all", "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 a -all\"", "P", "Replace", "v=spf1 include:a.example -all")]
    [InlineData("@", "v=spf1 redirect=a.example", "@ TXT \"v=spf1 mx -all\"", "", "Conflict", null)]
    [InlineData("@", "v=spf1 -include:a.example -all", "@ TXT \"v=spf1 mx -all\"", "", "Conflict", null)]
    [InlineData("_dmarc", "v=DMARC1; p=none; rua=mailto:a@contoso.com", "_dmarc TXT \"v=DMARC1; p=reject; sp=none; rua=mailto:b@contoso.com\"", "", "Replace", "v=DMARC1; p=reject; rua=mailto:b@contoso.com,mailto:a@contoso.com; sp=none")]
    [InlineData("_dmarc", "v=DMARC1; p=reject", "_dmarc TXT \"v=DMARC1; p=none; rua=mailto:b@contoso.com\"", "", "Replace", "v=DMARC1; p=reject; rua=mailto:b@contoso.com")]
    [InlineData("_dmarc", "v=DMARC1; p=none; adkim=s; rua=mailto:b@contoso.com", "_dmarc TXT \"v=DMARC1; p=None; rua=mailto:b@contoso.com\"", "", "Replace", "v=DMARC1; p=none; rua=mailto:b@contoso.com; adkim=s")]
    [InlineData("_dmarc", "v=DMARC1; p=none; rua=mailto:b@contoso.com", "_dmarc TXT \"v=DMARC1;p=None;rua=mailto:b@contoso.com;\"", "", "Keep", "v=DMARC1;p=None;rua=mailto:b@contoso.com;")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey TXT \"p=AA AA\"", "", "Keep", "p=AA AA")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey TXT \"v=DKIM1; p=AAAA; t=y\"", "", "Replace", "v=DKIM1; k=rsa; p=AAAA")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey CNAME s.example.", "", "Conflict", null)]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey TXT \"v=DKIM2; k=rsa; p=AAAA\"", "", "Replace", "v=DKIM1; k=rsa; p=AAAA")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey TXT \"k=rsa; v=DKIM1; p=AAAA\"", "", "Replace", "v=DKIM1; k=rsa; p=AAAA")]
    [InlineData("_mta-sts", "v=STSv1; id=1", "_mta-sts TXT \"id=1; v=STSv1\"", "", "Replace", "v=STSv1; id=1")]
    [InlineData("_mta-sts", "v=STSv1; id=1", "_mta-sts TXT \"v = STSv1; id=1\"", "", "Replace", "v=STSv1; id=1")]
    [InlineData("_mta-sts", "v=STSv1; id=1", "_mta-sts TXT \"v=STSv1;id=1;\"", "", "Keep", "v=STSv1;id=1;")]
    [InlineData("_smtp._tls", "v=TLSRPTv1; rua=mailto:a@contoso.com", "_smtp._tls TXT \"rua=mailto:a@contoso.com; v=TLSRPTv1\"", "", "Replace", "v=TLSRPTv1; rua=mailto:a@contoso.com")]
    [InlineData("_dmarc", "v=DMARC1; p=reject", "_dmarc TXT \"v=dmarc1; p=reject\"", "", "Replace", "v=DMARC1; p=reject")]
    [InlineData("_dmarc", "v=DMARC1; p=reject", "_dmarc TXT \"p=reject; v=DMARC1\"", "", "Replace", "v=DMARC1; p=reject")]
    [InlineData("default._bimi", "v=BIMI1; l=https://a.example/l.svg; a=", "default._bimi TXT \"l=https://a.example/l.svg; v=BIMI1; a=\"", "", "Replace", "v=BIMI1; l=https://a.example/l.svg; a=")]
    [InlineData("default._bimi", "v=BIMI1; l=https://a.example/l.svg; a=", "default._bimi TXT \"v=BIMI1; a=; l=https://a.example/l.svg\"", "", "Keep", "v=BIMI1; a=; l=https://a.example/l.svg")]
    [InlineData("@", "MS=2", "@ TXT \"MS=1\"", "P", "Add", "MS=2")]
    [InlineData("@", "MS=1", "@ TXT \"MS=1\"", "", "Keep", "MS=1")]
    [InlineData("@", "ms=1", "@ TXT \"MS=1\"", "", "Add", "ms=1")]
    [InlineData("x", "v=spf1 -all", "* TXT \"v=spf1 mx -all\"", "", "Add", "v=spf1 -all")]
    [InlineData("x", "v=spf1 -all", "* TXT \"v=spf1 -all\"", "", "Add", "v=spf1 -all")]
    [InlineData("sub.child", "v=spf1 -all", "child NS ns.other.example.", "", "Unknown", null)]
    [InlineData("@", "v=spf1 -all", "@ TXT \"v=spf1 mx ~all\"", "", "Replace", "v=spf1 -all")]
    [InlineData("@", "v=spf1 -all", "@ TXT \"v=spf1 -ALL\"", "", "Keep", "v=spf1 -ALL")]
    [InlineData("@", "v=spf1 -all", "@ TXT \"v=spf1include:a.example -all\"", "", "Replace", "v=spf1 -all")]
    [InlineData("@", "v=spf1 ?all", "@ TXT \"v=spf1 mx -all\"", "", "Keep", "v=spf1 mx -all")]
    [InlineData("@", "v=spf1 include:b.example -all", "@ TXT \"v=spf1include:a.example-all\"\n@ TXT \"v=spf1mx -all\"", "", "Conflict", null)]
    [InlineData("@", "v=spf1 mx a -all", "@ TXT \"v=spf1 mx -all\"\n@ TXT \"v=spf1 a -all\"", "", "Replace", "v=spf1 mx a -all")]
    [InlineData("@", "v=spf1 mx -all", "@ TXT \"v=spf1 mx mx -all\"", "", "Replace", "v=spf1 mx -all")]
    [InlineData("shop", "v=spf1 include:a.example -all", "* TXT \"v=spf1 -all\"\nshop TXT \"v=spf1 mx -all\"", "", "Replace", "v=spf1 mx include:a.example -all")]
    [InlineData("shop", "v=spf1 include:a.example -all", "* TXT \"v=spf1 mx -all\"\nshop TXT \"v=spf1 mx -all\"", "", "Replace", "v=spf1 mx include:a.example -all")]
    [InlineData("shop", "v=spf1 include:a.example -all", "* TXT \"v=spf1 mx -all\"\nshop TXT \"v=spf1 mx -all\"\n*.shop TXT \"v=spf1 mx -all\"", "", "Replace", "v=spf1 mx include:a.example -all")]
    [InlineData("shop", "v=spf1 include:a.example -all", "* TXT \"v=spf1 mx -all\"\nx.shop A 192.0.2.1", "", "Add", "v=spf1 include:a.example -all")]
    [InlineData("s._domainkey", "v=DKIM1; p=", "* TXT \"v=spf1 -all\"", "", "Add", "v=DKIM1; p=")]
    [InlineData("x", "v=spf1 -all", "* CNAME a.example.", "", "Add", "v=spf1 -all")]
    [InlineData("a.x", "v=spf1 -all", "x DNAME other.example.", "", "Conflict", null)]
    [InlineData("x", "v=spf1 -all", "x DNAME other.example.", "", "Add", "v=spf1 -all")]
    [InlineData("_dmarc", "v=DMARC1; p=reject; rua=mailto:d@contoso.com", "_dmarc TXT \"v=DMARCl; p=none; rua=mailto:d@contoso.com\"", "", "Replace", "v=DMARC1; p=reject; rua=mailto:d@contoso.com")]
    [InlineData("_dmarc", "v=DMARC1; p=reject; sp=reject; np=reject", "_dmarc TXT \"v=DMARC1; p=none; sp=none; t=y\"", "", "Replace", "v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("_dmarc", "v=DMARC1; p=quarantine; t=y", "_dmarc TXT \"v=DMARC1; p=quarantine\"", "", "Keep", "v=DMARC1; p=quarantine")]
    [InlineData("_dmarc", "v=DMARC1; p=none", "_dmarc TXT \"v=DMARC1; p=reject\"\n_dmarc TXT \"v=DMARC1; p=none\"", "", "Conflict", null)]
    [InlineData("_dmarc", "v=DMARC1; p=none", "_dmarc TXT \"google-site-verification=x\"", "", "Add", "v=DMARC1; p=none")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAAAAAAAAAAAAAAAAAAAAAA", "s._domainkey TXT \"v=DKIM1; k=rsa; p=AAAAAAAAAAAA\"\ns._domainkey TXT \"BBBBBBBBBBBB\"", "", "Replace", "v=DKIM1; k=rsa; p=AAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("s._domainkey", "v=DKIM1; k=rsa; p=AAAA", "s._domainkey TXT \"v=DKIM1\\; k=rsa\\; p=AAAA\"", "", "Keep", null)]
    [InlineData("default._bimi", "v=BIMI1; l=https://a.example/l.svg", "default._bimi TXT \"v=BIMI; l=https://a.example/l.svg\"", "", "Replace", "v=BIMI1; l=https://a.example/l.svg")]
    [InlineData("_mta-sts", "v=STSv1; id=2", "_mta-sts TXT \"v=STS1; id=1\"", "", "Replace", "v=STSv1; id=2")]
    [InlineData("_smtp._tls", "v=TLSRPTv1; rua=mailto:a@contoso.com", "_smtp._tls TXT \"v=TLSRPT1; rua=mailto:a@contoso.com\"", "", "Replace", "v=TLSRPTv1; rua=mailto:a@contoso.com")]
    public async Task A_text(string name, string wanted, string lines, string options, string action, string? after)
    {
        RecordChange change = await PlanOneAsync(new TxtRecord("contoso.com", name, wanted, TimeSpan.FromHours(1), RecordPurpose.Other), lines, options);
        Assert.Equal(action, change.Action.ToString());
        if (after is not null)
            Assert.Equal(after, Assert.Single(change.After).ToString());
        Assert.DoesNotContain(change.Before, record => record.ToString()!.StartsWith("MS=", StringComparison.Ordinal) && change.IsChange);
    }

    [Theory]
    [InlineData("trk", "a.example", "", "Add")]
    [InlineData("trk", "A.example", "trk CNAME a.EXAMPLE.", "Keep")]
    [InlineData("trk", "a.example", "trk CNAME b.example.", "Replace")]
    [InlineData("trk", "a.example", "trk A 192.0.2.1", "Conflict")]
    [InlineData("trk", "a.example", "trk TXT \"MS=1\"", "Conflict")]
    [InlineData("trk", "a.example", "trk CAA 0 issue \"a.example\"", "Conflict")]
    [InlineData("trk", "a.example", "* A 192.0.2.1", "Add")]
    [InlineData("trk", "a.example", "* MX 10 mx.example.\n* TXT \"x\"", "Add")]
    [InlineData("trk", "a.example", "* A 192.0.2.1\ntrk A 192.0.2.1", "Conflict")]
    [InlineData("trk", "a.example", "* CNAME a.example.", "Add")]
    [InlineData("trk", "a.example", "* CNAME a.example.\ntrk CNAME a.example.", "Keep")]
    [InlineData("trk", "a.example", "* CNAME a.example.\ntrk CNAME b.example.", "Replace")]
    [InlineData("trk", "a.example", "x.trk A 192.0.2.1", "Add")]
    [InlineData("trk", "a.example", "* A 192.0.2.1\nx.trk A 192.0.2.1", "Add")]
    [InlineData("trk", "a.example", "trk HINFO PC LINUX", "Conflict")]
    [InlineData("trk", "a.example", "trk PTR a.example.", "Conflict")]
    [InlineData("trk", "a.example", "trk SRV 1 2 3 a.example.", "Conflict")]
    [InlineData("trk", "a.example", "trk TYPE65 \\# 3 000100", "Conflict")]
    [InlineData("trk", "a.example", "trk SSHFP 1 1 00", "Conflict")]
    [InlineData("trk", "a.example", "trk TYPE65400 \\# 2 0102", "Conflict")]
    [InlineData("trk", "a.example", "trk TYPE10 \\# 1 00", "Conflict")]
    [InlineData("trk", "a.example", "trk TYPE99 \\# 2 0161\ntrk EUI48 00-00-5e-00-53-2a", "Conflict")]
    [InlineData("trk", "a.example", "trk ALIAS b.example.", "Unknown")]
    [InlineData("trk", "a.example", "* TYPE65400 \\# 2 0102", "Add")]
    [InlineData("trk", "a.example", "trk KEY \\# 5 0100030801", "Add")]
    [InlineData("trk", "a.example", "trk NS ns.other.example.", "Unknown")]
    [InlineData("trk", "a.example", "trk DNAME other.example.", "Conflict")]
    [InlineData("x.trk", "a.example", "trk DNAME other.example.", "Conflict")]
    [InlineData("x.trk", "a.example", "trk NS ns.other.example.", "Unknown")]
    public async Task An_alias(string name, string target, string lines, string action) =>
        Assert.Equal(action, (await PlanOneAsync(new CnameRecord("contoso.com", name, target, TimeSpan.FromHours(1), RecordPurpose.Tracking), lines, string.Empty)).Action.ToString());

    [Fact]
    public async Task A_record_that_was_not_understood_is_not_called_a_delegation()
    {
        string reason = (await PlanOneAsync(new CnameRecord("contoso.com", "trk", "a.example", TimeSpan.FromHours(1), RecordPurpose.Tracking), "trk ALIAS b.example.", string.Empty)).Reason;
        Assert.Contains("a record of trk.contoso.com was not understood", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("delegated", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData((ushort)10, "mx.example", "", "", "Add")]
    [InlineData((ushort)10, "mx.example", "@ MX 20 other.example.", "", "Add")]
    [InlineData((ushort)10, "mx.example", "@ MX 20 other.example.", "P", "Add Remove")]
    [InlineData((ushort)10, "mx.example", "@ MX 10 MX.example.\n@ MX 20 other.example.", "", "Keep")]
    [InlineData((ushort)0, ".", "@ MX 20 other.example.", "", "Replace")]
    [InlineData((ushort)0, ".", "@ MX 20 other.example.", "P", "Replace")]
    [InlineData((ushort)0, ".", "@ MX 0 .\n@ MX 20 other.example.", "", "Remove")]
    [InlineData((ushort)0, ".", "@ MX 0 .", "", "Keep")]
    [InlineData((ushort)10, "mx.example", "@ MX 0 .", "", "Conflict")]
    public async Task An_exchange(ushort preference, string exchange, string lines, string options, string actions)
    {
        IReadOnlyList<RecordChange> plan = await PlanAsync([new MxRecord("contoso.com", "@", preference, exchange, TimeSpan.FromHours(1), RecordPurpose.Mx)], lines, options);
        Assert.Equal(actions, string.Join(' ', plan.Select(change => change.Action)));
    }

    [Fact]
    public async Task What_is_added_or_replaced_has_the_time_to_live_of_the_set()
    {
        RecordChange change = await PlanOneAsync(new TxtRecord("contoso.com", "@", "MS=2", TimeSpan.FromHours(1), RecordPurpose.Verification), "@ TXT \"MS=1\"", string.Empty);
        Assert.Equal(300u, Assert.Single(change.After).Ttl);
        RecordChange same = await PlanOneAsync(new TxtRecord("contoso.com", "@", "MS=1", TimeSpan.FromHours(1), RecordPurpose.Verification), "@ TXT \"MS=1\"", string.Empty);
        Assert.Contains("300 s, not 3600 s", same.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Timeout")]
    [InlineData("ServerFailure")]
    [InlineData("Refused")]
    public async Task Failed_lookup_is_unknown_and_never_an_addition(string name)
    {
        DnsResponseStatus status = Enum.Parse<DnsResponseStatus>(name);
        ResourceRecord[] wanted =
        [
            new TxtRecord("contoso.com", "@", "v=spf1 -all", TimeSpan.FromHours(1), RecordPurpose.Spf),
            new CnameRecord("contoso.com", "trk", "a.example", TimeSpan.FromHours(1), RecordPurpose.Tracking),
            new MxRecord("contoso.com", "@", 10, "mx.contoso.com", TimeSpan.FromHours(1), RecordPurpose.Mx),
        ];
        IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(wanted, new FailingResolver(status), new RecordPlanOptions(), CancellationToken.None);
        Assert.All(plan, change => Assert.Equal(RecordAction.Unknown, change.Action));
    }

    [Fact]
    public async Task Long_text_is_said_only_where_Windows_DNS_is_at_the_other_end()
    {
        var record = new TxtRecord("contoso.com", "s._domainkey", "v=DKIM1; p=" + new string('A', 392), TimeSpan.FromHours(1), RecordPurpose.Dkim);
        RecordChange change = await PlanOneAsync(record, string.Empty, string.Empty);
        Assert.True(change.IsLongText);
        Assert.Empty(change.Warning);
        string warning = Assert.Single((await PlanOneAsync(record, string.Empty, "F")).Warning);
        Assert.Contains("254", warning, StringComparison.Ordinal);
        Assert.Contains("s._domainkey.contoso.com", warning, StringComparison.Ordinal);
        Assert.False((await PlanOneAsync(new TxtRecord("contoso.com", "s._domainkey", "v=DKIM1; p=" + new string('A', 240), TimeSpan.FromHours(1), RecordPurpose.Dkim), string.Empty, string.Empty)).IsLongText);
    }

    [Fact]
    public async Task Replaced_key_is_warned_of_unless_it_was_revoked()
    {
        var wanted = new TxtRecord("contoso.com", "s._domainkey", "v=DKIM1; p=BBBB", TimeSpan.FromHours(1), RecordPurpose.Dkim);
        Assert.Single((await PlanOneAsync(wanted, "s._domainkey TXT \"v=DKIM1; p=AAAA\"", string.Empty)).Warning);
        Assert.Empty((await PlanOneAsync(wanted, "s._domainkey TXT \"v=DKIM1; p=\"", string.Empty)).Warning);
    }

    [Fact]
    public async Task Wanted_records_that_exclude_each_other_are_a_conflict()
    {
        IReadOnlyList<RecordChange> plan = await PlanAsync(
            [
                new TxtRecord("contoso.com", "@", "v=spf1 -all", TimeSpan.FromHours(1), RecordPurpose.Spf),
                new TxtRecord("contoso.com", "@", "v=spf1 mx -all", TimeSpan.FromHours(1), RecordPurpose.Spf),
                new TxtRecord("contoso.com", "trk", "MS=1", TimeSpan.FromHours(1), RecordPurpose.Other),
                new CnameRecord("contoso.com", "trk", "a.example", TimeSpan.FromHours(1), RecordPurpose.Tracking),
            ],
            string.Empty,
            string.Empty);
        Assert.All(plan, change => Assert.Equal(RecordAction.Conflict, change.Action));
    }

    [Fact]
    public async Task Hostile_text_is_escaped_in_every_line_of_the_plan()
    {
        RecordChange change = await PlanOneAsync(new TxtRecord("contoso.com", "@", "v=spf1 mx -all", TimeSpan.FromHours(1), RecordPurpose.Spf), "@ TXT \"v=spf1 \\027]0;x\\007 -all\"", string.Empty);
        Assert.DoesNotContain(change + change.Reason, c => c is < ' ' or > '~');
    }

    private static async Task<RecordChange> PlanOneAsync(ResourceRecord wanted, string lines, string options) =>
        Assert.Single(await PlanAsync([wanted], lines, options));

    private static Task<IReadOnlyList<RecordChange>> PlanAsync(IEnumerable<ResourceRecord> wanted, string lines, string options)
    {
        ZoneFile zone = ZoneFileParser.Parse(Head + lines + "\n", "contoso.com.zone", DomainName.FromDns("contoso.com"));
        var settings = new RecordPlanOptions
        {
            NoMerge = options.Contains('N', StringComparison.Ordinal),
            Prune = options.Contains('P', StringComparison.Ordinal),
            FirstStringOnly = options.Contains('F', StringComparison.Ordinal),
        };
        return RecordPlanner.PlanAsync(wanted, new ZoneFileResolver([zone]), settings, CancellationToken.None);
    }

    private sealed class FailingResolver(DnsResponseStatus status) : IDnsResolver
    {
        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) => Task.FromResult(DnsResponse.Failure(question, status));
    }

    // A wildcard is of interest to those who use the name as a host; below _domainkey and the like there are none (RFC 8552).
    [Theory]
    [InlineData("shop", "v=spf1 -all", true)]
    [InlineData("s1._domainkey", "v=DKIM1; p=", false)]
    [InlineData("_dmarc", "v=DMARC1; p=none", false)]
    [InlineData("_dmarc.shop", "v=DMARC1; p=none", true)]
    [InlineData("default._bimi", "v=BIMI1; l=; a=", false)]
    public async Task What_a_wildcard_no_longer_answers_for_is_said_of_hosts(string name, string text, bool isTold)
    {
        ZoneFile zone = ZoneFileParser.Parse(Head + "* A 192.0.2.1\n", "t", defaultOrigin: null);
        RecordChange change = Assert.Single(await RecordPlanner.PlanAsync([new TxtRecord("contoso.com", name, text, TimeSpan.FromHours(1), RecordPurpose.Other)], new ZoneFileResolver([zone]), new RecordPlanOptions(), CancellationToken.None));
        Assert.Equal(isTold, change.Warning.Any(warning => warning.Contains("no longer answers", StringComparison.Ordinal)));
    }
}
