using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>The same verdicts through a real server as from the same zone in memory, step by step.</summary>
public sealed class SpfOverLoopbackTests
{
    public static TheoryData<string> Names => new(WireCases.All.Select(test => test.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_verdict_is_the_same_over_the_wire_and_in_memory(string name)
    {
        WireCase test = WireCases.All.Single(test => test.Name == name);
        TestZone zone = TestZone.Parse(test.Zone);
        await using LoopbackDnsServer server = Serve(zone, test);

        SpfResult wire = await Verdicts.CheckAsync(test.Client, test.Sender, test.Helo, new LoopbackClient(server.EndPoint, Silent(test)));
        SpfResult memory = await Verdicts.CheckAsync(test.Client, test.Sender, test.Helo, InMemory(zone, test));

        Assert.Equal(Verdicts.Describe(memory), Verdicts.Describe(wire));
        Assert.Equal(test.Result, wire.Result);
        Assert.Equal(test.Mechanism, wire.Mechanism);
        Assert.Equal(test.Explanation, wire.Explanation);
        Assert.Equal(test.Lookups, wire.LookupCount);
        Assert.Equal(test.Voids, wire.VoidLookupCount);
        Assert.True(!test.IsOverTcp || server.TcpQueries > 0);
        if (test.Problem is null)
            Assert.Null(wire.Problem);
        else
            Assert.Contains(test.Problem, wire.Problem, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_datagram_changes_no_verdict()
    {
        TestZone zone = TestZone.Parse("example.com TXT \"v=spf1 a:mail.example.net -all\"", "mail.example.net A 192.0.2.1");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(zone);
        server.AddFault(DnsFault.Timeout with { Times = 1 });

        SpfResult result = await Verdicts.CheckAsync("192.0.2.1", "user@example.com", "mail.example.net", new LoopbackClient(server.EndPoint, new HashSet<DnsQuestion>()));

        Assert.Equal(SpfResultCode.Pass, result.Result);
        Assert.Equal(1, server.Dropped);
    }

    // DnsClient cannot send such a name. That says nothing of the name, so it is no "does not exist".
    [Theory]
    [InlineData(ExchangeKind.DnsClient, SpfResultCode.TempError)]
    [InlineData(ExchangeKind.Pooled, SpfResultCode.Fail)]
    internal async Task A_name_that_cannot_be_sent_is_a_TempError(ExchangeKind kind, SpfResultCode expected)
    {
        TestZone zone = TestZone.Parse("example.com TXT \"v=spf1 exists:xn--zzzzzz99999.example.net -all\"");
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(zone);
        using var ask = new Ask(kind);

        SpfResult result = await Verdicts.CheckAsync("192.0.2.1", "user@example.com", "mail.example.net", ask.Resolver(60, 8, server.EndPoint));

        Assert.Equal(expected, result.Result);
        if (ask.AsksAllNames)
            return;
        Assert.Equal("exists:xn--zzzzzz99999.example.net", result.Mechanism);
        Assert.Contains("cannot be asked for", result.Problem, System.StringComparison.Ordinal);
        Assert.Equal(["example.com."], server.Log.Select(query => query.Name).Distinct());
    }

    private static LoopbackDnsServer Serve(TestZone zone, WireCase test)
    {
        LoopbackDnsServer server = LoopbackDnsServer.Start(zone);
        foreach (WireFault fault in test.Faults)
            server.AddFault(fault.Name, fault.Type, fault.Wire);

        return server;
    }

    private static HashSet<DnsQuestion> Silent(WireCase test) =>
        test.Faults.Where(fault => fault.Status == DnsResponseStatus.Timeout).Select(fault => fault.Question).ToHashSet();

    // The zone as text, read by the module's own reader of zone files; the root is an apex, as it is the server's.
    private static ScriptedResolver InMemory(TestZone zone, WireCase test)
    {
        string text = ". 3600 IN SOA ns. hostmaster. 1 7200 3600 1209600 300\n" + zone.ToZoneText();
        var file = new ZoneFileResolver([ZoneFileParser.Parse(text, "test.zone", DomainName.Root)]);
        Dictionary<DnsQuestion, DnsResponseStatus> failures = test.Faults
            .Where(fault => fault.Status != DnsResponseStatus.Success)
            .ToDictionary(fault => fault.Question, fault => fault.Status);
        return new ScriptedResolver((question, token) => failures.TryGetValue(question, out DnsResponseStatus status)
            ? Task.FromResult(DnsResponse.Failure(question, status))
            : file.QueryAsync(question, token));
    }
}
