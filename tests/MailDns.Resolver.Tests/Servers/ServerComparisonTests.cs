using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Servers;

/// <summary>Name servers that agree, lag, refuse or are silent, over real sockets on one port.</summary>
public sealed class ServerComparisonTests
{
    private const string Spf = "example.com. 300 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"";
    private const string OldSpf = "example.com. 300 IN TXT \"v=spf1 -all\"";
    private const string Dmarc = "_dmarc.example.com. 300 IN TXT \"v=DMARC1; p=none\"";

    [Fact]
    public async Task Servers_that_agree_pass_every_check()
    {
        await using NameServers world = NameServers.Start(
            [NameServers.Zone(7, 3, Spf, Dmarc), NameServers.Zone(7, 3, Dmarc, Spf), NameServers.Zone(7, 3, Spf, Dmarc), NameServers.Parent(3, 2, 1, 0)],
            NameServers.ParentApex(3));
        IReadOnlyList<CheckResult> results = await CheckAsync(world);
        Assert.All(ServerChecks.All.Where(check => check != ServerChecks.Split), check => Assert.Equal(CheckStatus.Pass, Assert.Single(results, result => result.Id == check.Id).Status));
    }

    // the servers that com names; those of the zone are ns2 and ns3
    [Theory]
    [InlineData(new[] { 0, 1 }, CheckStatus.Pass, "")]
    [InlineData(new[] { 0 }, CheckStatus.Warning, "example.com names ns3.example.com, to which com does not delegate.")]
    [InlineData(new[] { 0, 1, 7 }, CheckStatus.Warning, "com delegates example.com to ns9.example.com, which the zone does not name.")]
    public async Task The_delegation_is_asked_of_the_zone_above(int[] delegated, CheckStatus status, string message)
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 2, Spf), NameServers.Zone(7, 2, Spf), NameServers.Parent(2, delegated)], NameServers.ParentApex(2));
        CheckResult result = Assert.Single(Of(await CheckAsync(world), ServerChecks.Delegation));
        Assert.Equal(status, result.Status);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
        Assert.Equal([("example.com.", "NS", false)], world.Servers[2].Log.Select(query => (query.Name, query.Type, query.RecursionDesired)));
    }

    [Fact]
    public async Task A_zone_above_that_does_not_answer_leaves_the_delegation_open()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 2, Spf), NameServers.Zone(7, 2, Spf), NameServers.Parent(2, 0)], NameServers.ParentApex(2));
        world.Servers[2].AddFault(DnsFault.ServFail);
        CheckResult result = Assert.Single(Of(await CheckAsync(world), ServerChecks.Delegation));
        Assert.Equal((CheckStatus.Unknown, "No server of com that was asked shows the delegation of example.com: SERVFAIL."), (result.Status, result.Message));
    }

    [Fact]
    public async Task Name_servers_are_asked_without_recursion_and_the_resolver_with()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 2, Spf), NameServers.Zone(7, 2, Spf)]);
        await CheckAsync(world);
        Assert.All(world.Servers, server => Assert.All(server.Log, query => Assert.False(query.RecursionDesired)));
        Assert.All(world.Servers, server => Assert.Contains(server.Log, query => query is { Name: "example.com.", Type: "TXT" }));
        Assert.All(world.Resolver.Log, query => Assert.True(query.RecursionDesired));
        Assert.DoesNotContain(world.Resolver.Log, query => query is { Name: "example.com.", Type: "TXT" });
    }

    [Fact]
    public async Task A_lagging_server_is_named_with_what_it_says()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 3, OldSpf), NameServers.Zone(8, 3, Spf, Dmarc), NameServers.Zone(8, 3, Spf, Dmarc)]);
        SendingDomainStatus report = await ReadAsync(world);
        CheckResult[] differ = Of(report.Results, ServerChecks.Disagree);
        CheckResult spf = Assert.Single(differ, result => result.Message.StartsWith("example.com TXT differs", StringComparison.Ordinal));
        Assert.Equal("\"v=spf1 ip4:192.0.2.1 -all\"", spf.Expected);
        Assert.Equal("\"v=spf1 -all\"", spf.Actual);
        Assert.Contains("ns2.example.com (127.0.0.2): \"v=spf1 -all\"", spf.Message, StringComparison.Ordinal);
        Assert.Contains("Lagging by serial number: ns2.example.com (127.0.0.2).", spf.Message, StringComparison.Ordinal);
        Assert.Single(differ, result => result.Message.StartsWith("_dmarc.example.com TXT differs", StringComparison.Ordinal) && result.Message.Contains("NXDOMAIN", StringComparison.Ordinal));
        CheckResult serial = Assert.Single(Of(report.Results, ServerChecks.Serial));
        Assert.Equal((CheckStatus.Warning, "8", "7"), (serial.Status, serial.Expected, serial.Actual));

        // The newest version of the zone is what the rest of the check judges.
        Assert.Equal("v=spf1 ip4:192.0.2.1 -all", report.Spf.Record);
    }

    [Theory]
    [InlineData(DnsFaultKind.Refused, "DNS-NS-LAME", "REFUSED")]
    [InlineData(DnsFaultKind.ServFail, "DNS-NS-LAME", "SERVFAIL")]
    [InlineData(DnsFaultKind.LameDelegation, "DNS-NS-LAME", "REFUSED")]
    [InlineData(DnsFaultKind.Timeout, "DNS-NS-SILENT", "timed out")]
    [InlineData(DnsFaultKind.RandomOctets, "DNS-NS-SILENT", "malformed")]
    public async Task A_server_that_does_not_serve_is_named_and_its_answers_are_unknown(DnsFaultKind kind, string id, string why)
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 2, Spf), NameServers.Zone(7, 2, Spf)]);
        world.Servers[1].AddFault(new DnsFault(kind));
        IReadOnlyList<CheckResult> results = await CheckAsync(world);
        CheckResult result = Assert.Single(results, item => item.Id == id);
        Assert.Equal(CheckStatus.Warning, result.Status);
        Assert.Contains("ns3.example.com (127.0.0.3)", result.Message, StringComparison.Ordinal);
        Assert.Contains(why, result.Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Unknown, Assert.Single(results, item => item.Id == "DNS-AUTH-DISAGREE").Status);
    }

    [Fact]
    public async Task A_server_that_holds_another_zone_is_lame()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 2, Spf), new TestZone().Zone("example.net")]);
        Assert.Equal(CheckStatus.Warning, Assert.Single(await CheckAsync(world), result => result.Id == "DNS-NS-LAME").Status);
    }

    [Fact]
    public async Task A_server_without_an_address_gives_no_answer()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 1, Spf, "example.com. 3600 IN NS gone.example.com.")]);
        CheckResult result = Assert.Single(Of(await CheckAsync(world), ServerChecks.Silent));
        Assert.Contains("gone.example.com", result.Message, StringComparison.Ordinal);
        Assert.Contains("no address", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_no_name_server_answers_nothing_is_passed_and_nothing_missing()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 1, Spf)]);
        world.Servers[0].AddFault(DnsFault.Timeout);
        IReadOnlyList<CheckResult> results = await CheckAsync(world);
        Assert.Equal(CheckStatus.Unknown, Assert.Single(results, result => result.Id == "SPF-MISSING").Status);
        Assert.DoesNotContain(results, result => ServerChecks.All.Any(check => check.Id == result.Id) && result.Status == CheckStatus.Pass);
    }

    [Fact]
    public async Task When_the_zone_is_not_found_all_is_unknown()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 1, Spf)]);
        world.Resolver.AddFault(null, "SOA", DnsFault.ServFail);
        IReadOnlyList<CheckResult> results = await CheckAsync(world);
        Assert.All(ServerChecks.All, check => Assert.Equal(CheckStatus.Unknown, Assert.Single(results, result => result.Id == check.Id).Status));
    }

    [Fact]
    public async Task The_zone_of_a_name_below_the_cut_is_that_of_its_parent()
    {
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 1, "news.example.com. 300 IN TXT \"v=spf1 -all\"")]);
        ServerPanel panel = await PanelAsync(world, "news.example.com");
        Assert.Equal("v=spf1 -all", (await JudgeAsync("news.example.com", panel)).Spf.Record);
        Assert.Equal("example.com", panel.Zone!.Zone.Text);
    }

    [Fact]
    public async Task Names_below_a_delegation_and_outside_come_from_the_resolver()
    {
        TestZone elsewhere = new TestZone().Zone("sub.example.com").Txt("k._domainkey.sub.example.com", "v=DKIM1; p=").Zone("example.net").Txt("spf.example.net", "v=spf1 ip4:192.0.2.9 -all");
        string[] lines = ["example.com. 300 IN TXT \"v=spf1 include:spf.example.net -all\"", "sub.example.com. 300 IN NS ns.example.net."];
        await using NameServers world = NameServers.Start([NameServers.Zone(7, 1, lines)], elsewhere);
        ServerPanel panel = await PanelAsync(world, "example.com");
        Assert.Equal(DnsResponseStatus.Success, (await QueryAsync(panel, "k._domainkey.sub.example.com")).Status);
        Assert.Equal(DnsResponseStatus.Success, (await QueryAsync(panel, "spf.example.net")).Status);
        Assert.DoesNotContain(panel.Resolver.Answers, answers => answers.Question.Name.Text != "example.com");
    }

    [Fact]
    public async Task Servers_that_the_user_names_are_compared()
    {
        await using LoopbackDnsServer inside = LoopbackDnsServer.Start(TestZone.Parse(OldSpf));
        await using LoopbackDnsServer outside = LoopbackDnsServer.Start(TestZone.Parse(Spf));
        await using LoopbackDnsServer same = LoopbackDnsServer.Start(TestZone.Parse(Spf));
        CheckResult result = Assert.Single(Of(await CompareAsync(inside, outside, same), ServerChecks.Disagree));
        Assert.Contains(inside.Address + ": \"v=spf1 -all\"; " + outside.Address + ", " + same.Address + ": \"v=spf1 ip4:192.0.2.1 -all\"", result.Message, StringComparison.Ordinal);
        Assert.Contains("Different from the others: " + inside.Address, result.Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Pass, Assert.Single(Of(await CompareAsync(outside, same), ServerChecks.Disagree)).Status);
    }

    [Fact]
    public async Task A_named_server_that_does_not_answer_leaves_the_comparison_open_and_is_waited_for_once()
    {
        await using LoopbackDnsServer alive = LoopbackDnsServer.Start(TestZone.Parse(Spf));
        await using LoopbackDnsServer dead = LoopbackDnsServer.Start(TestZone.Parse(Spf));
        dead.AddFault(DnsFault.Timeout);
        IReadOnlyList<CheckResult> results = await CompareAsync(dead, alive);
        CheckResult result = Assert.Single(Of(results, ServerChecks.Disagree));
        Assert.Equal(CheckStatus.Unknown, result.Status);
        Assert.Contains(dead.Address + ": timed out", result.Message, StringComparison.Ordinal);
        Assert.Equal(CheckStatus.Pass, Assert.Single(results, item => item.Id == "SPF-MISSING").Status);

        // What is asked after the first answers is not asked of it any more.
        Assert.True(Asked(dead) < Asked(alive), Asked(dead) + " of " + Asked(alive));
    }

    private static int Asked(LoopbackDnsServer server) => server.Log.Select(query => (query.Name, query.Type)).Distinct().Count();

    private static CheckResult[] Of(IEnumerable<CheckResult> results, CheckDefinition check) => [.. results.Where(result => result.Id == check.Id)];

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(NameServers world) => (await ReadAsync(world)).Results;

    private static async Task<SendingDomainStatus> ReadAsync(NameServers world, string domain = "example.com") =>
        await JudgeAsync(domain, await PanelAsync(world, domain));

    private static Task<SendingDomainStatus> JudgeAsync(string domain, ServerPanel panel) => SendingDomainChecker.CheckAsync(
        new SendingDomainRequest(DomainName.Parse(domain)) { Panel = panel },
        new AliasFollowingResolver(panel.Resolver),
        CancellationToken.None);

    private static Task<ServerPanel> PanelAsync(NameServers world, string domain)
    {
        var source = new CachingResolver(Connect(world.Resolver.EndPoint, recursion: true), static () => TimeSpan.Zero);
        var reader = new ZoneServersReader(source, server => Connect(server, recursion: false), world.Port);
        return ServerPanel.OfZoneAsync(DomainName.Parse(domain), reader, source, CancellationToken.None);
    }

    [Fact]
    public async Task A_zone_that_is_another_one_inside_is_one_finding_and_what_receivers_see_is_judged()
    {
        await using LoopbackDnsServer inside = LoopbackDnsServer.Start(TestZone.Parse(
            "example.com. TXT \"v=spf1 mx -all\"",
            "example.com. MX 10 mail.example.com.",
            "mail.example.com. A 10.0.0.25",
            "_dmarc.example.com. TXT \"v=DMARC1; p=reject; rua=mailto:a@example.com\""));
        await using LoopbackDnsServer outside = LoopbackDnsServer.Start(TestZone.Parse(
            "example.com. TXT \"v=spf1 -all\"",
            "example.com. MX 10 mail.example.com.",
            "mail.example.com. A 192.0.2.25",
            "_mta-sts.example.com. TXT \"v=STSv1; id=1\""));

        IReadOnlyList<CheckResult> results = await CompareSidesAsync(inside, outside);

        CheckResult split = Assert.Single(results, result => result.Id == "DNS-SPLIT-ZONE");
        Assert.Equal(CheckStatus.Warning, split.Status);
        Assert.Contains("_dmarc.example.com TXT is only inside", split.Message, StringComparison.Ordinal);
        Assert.Contains("_mta-sts.example.com TXT is only outside", split.Message, StringComparison.Ordinal);
        Assert.Contains("example.com TXT differs", split.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mail.example.com", split.Message, StringComparison.Ordinal);
        Assert.Equal("_dmarc.example.com v=DMARC1; p=reject; rua=mailto:a@example.com", string.Join(", ", split.Record.Select(record => record.Fqdn + " " + record)));
        Assert.DoesNotContain(results, result => result is { Id: "DNS-AUTH-DISAGREE", Status: CheckStatus.Warning });

        // green inside, and missing for receivers
        Assert.Contains(results, result => result is { Id: "DMARC-MISSING", Status: CheckStatus.Fail });
    }

    [Fact]
    public async Task The_same_zone_inside_and_outside_passes_but_for_addresses_of_hosts()
    {
        await using LoopbackDnsServer inside = LoopbackDnsServer.Start(TestZone.Parse("example.com. TXT \"v=spf1 -all\"", "example.com. MX 10 mail.example.com.", "mail.example.com. A 10.0.0.25"));
        await using LoopbackDnsServer outside = LoopbackDnsServer.Start(TestZone.Parse("example.com. TXT \"v=spf1 -all\"", "example.com. MX 10 mail.example.com.", "mail.example.com. A 192.0.2.25"));
        Assert.Contains(await CompareSidesAsync(inside, outside), result => result is { Id: "DNS-SPLIT-ZONE", Status: CheckStatus.Pass });

        // the server outside does not answer: nothing is known
        outside.AddFault(DnsFault.Refused);
        Assert.Contains(await CompareSidesAsync(inside, outside), result => result is { Id: "DNS-SPLIT-ZONE", Status: CheckStatus.Unknown });

        // two servers of one side are no split zone
        Assert.DoesNotContain(await CompareAsync(inside, inside), result => result is { Id: "DNS-SPLIT-ZONE", Status: not CheckStatus.NotApplicable });
    }

    // Over loopback the transport tells the sides apart: a server over TLS answers as the Internet does.
    private static async Task<IReadOnlyList<CheckResult>> CompareSidesAsync(LoopbackDnsServer inside, LoopbackDnsServer outside)
    {
        Assert.True(ServerAddress.TryParse("tls://dns.example", out ServerAddress? address, out _));
        DnsServer[] servers =
        [
            new DnsServer(ServerAddress.Of(inside.EndPoint), Connect(inside.EndPoint, recursion: true)),
            new DnsServer(address!, Connect(outside.EndPoint, recursion: true)),
        ];
        ServerPanel panel = ServerPanel.OfServers(DomainName.Parse("example.com"), servers, Connect(outside.EndPoint, recursion: true));
        return (await JudgeAsync("example.com", panel)).Results;
    }

    private static async Task<IReadOnlyList<CheckResult>> CompareAsync(params LoopbackDnsServer[] servers)
    {
        DnsServer[] named = [.. servers.Select(server => new DnsServer(ServerAddress.Of(server.EndPoint), Connect(server.EndPoint, recursion: true)))];
        ServerPanel panel = ServerPanel.OfServers(DomainName.Parse("example.com"), named, Connect(servers[^1].EndPoint, recursion: true));
        return (await JudgeAsync("example.com", panel)).Results;
    }

    private static Task<DnsResponse> QueryAsync(ServerPanel panel, string name) =>
        panel.Resolver.QueryAsync(new DnsQuestion(DomainName.FromDns(name), DnsRecordType.Txt), CancellationToken.None);

    private static IDnsResolver Connect(IPEndPoint server, bool recursion)
    {
        IDnsResolverFactory factory = new DnsClientResolverFactory();
        return factory.Create(new DnsClientOptions { Servers = [server], Timeout = TimeSpan.FromSeconds(3), Retries = 3, RecursionDesired = recursion });
    }
}
