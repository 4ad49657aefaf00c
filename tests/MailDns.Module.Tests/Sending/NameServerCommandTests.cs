using System;
using System.Diagnostics;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Sending;

/// <summary>-Authoritative and Wait-SendingDomainRecord against name servers on loopback addresses.</summary>
public class NameServerCommandTests : IClassFixture<EngineFixture>
{
    private const string PortName = "MailDns.NameServerPort";
    private const string Old = "example.com. 300 IN TXT \"v=spf1 -all\"";
    private const string New = "example.com. 300 IN TXT \"v=spf1 ip4:192.0.2.1 -all\"";
    private const string Alias = "trk.example.com. 300 IN CNAME trk.example.net.";
    private const string Records = """
        $records = @(
            [MailDns.TxtRecord]::new('example.com', '@', 'v=spf1 ip4:192.0.2.1 -all', [timespan]::FromHours(1), 'Spf')
            [MailDns.CnameRecord]::new('example.com', 'trk', 'TRK.example.net', [timespan]::FromHours(1), 'Tracking'))

        """;

    private readonly EngineFixture _engine;

    public NameServerCommandTests(EngineFixture engine) => _engine = engine;

    [Fact]
    public async Task Authoritative_servers_are_compared_by_test_and_status_alike()
    {
        await using NameServers world = Start(NameServers.Zone(2, 2, New), NameServers.Zone(1, 2, Old));
        EngineResult result = _engine.Invoke("""
            param($server)
            Test-SendingDomain example.com -Authoritative -Server $server | Where-Object Id -in DNS-AUTH-DISAGREE, DNS-SOA-SERIAL | ForEach-Object { "$($_.Id) $($_.Status)" }
            $status = Get-SendingDomainStatus example.com -Authoritative -Server $server
            $status.Spf.Record
            @($status.Findings | Where-Object Id -eq DNS-AUTH-DISAGREE).Count
            """, world.Resolver.Address);
        result.EnsureClean();
        Assert.Equal(["DNS-AUTH-DISAGREE Warning", "DNS-SOA-SERIAL Warning", "v=spf1 ip4:192.0.2.1 -all", "1"], result.Output.Select(item => item.ToString()));
    }

    // RFC 1035 section 2.3.4: what every reader puts before a long name no longer fits; that is a finding and no error.
    [Theory]
    [InlineData(217)]
    [InlineData(230)]
    [InlineData(240)]
    [InlineData(253)]
    public void Every_reader_takes_the_longest_names(int length)
    {
        string left = string.Concat(Enumerable.Repeat(new string('a', 49) + ".", 4));
        string domain = left + new string('b', Math.Min(length - left.Length - 12, 41)) + ".example.com";
        domain = domain.Length < length ? new string('c', length - domain.Length - 1) + "." + domain : domain;
        Assert.Equal(length, domain.Length);
        EngineResult result = _engine.Invoke("""
            param($root, $domain)
            $zone = @{ Domain = $domain; ZoneFile = "$root/examples/zones/*.zone" }
            foreach ($reader in 'Spf', 'SenderId', 'Dkim', 'Dmarc', 'Bimi', 'Mx', 'MtaSts', 'TlsRpt', 'Tlsa', 'Caa', 'SendingDomain') { $null = & "Get-${reader}Status" @zone }
            $null = Get-DkimStatus @zone -Selector ak, a-selector-of-thirty-characters
            $null = Get-SpfTree @zone
            $null = Test-SendingDomain @zone
            $null = Test-DmarcAlignment @zone -BounceDomain "$domain" -DkimDomain $domain
            (Test-SendingDomain @zone -Selector a-selector-of-thirty-characters | Where-Object Id -eq DNS-NAME-LENGTH).Status
            """, TestPaths.Root, domain);
        result.EnsureClean();
        Assert.Equal("Fail", result.Text.Trim());

        // A platform whose hosts do not fit before the name cannot be used with it, and that is the user's input.
        EngineResult provider = _engine.Invoke("param($root, $domain) Test-SendingDomain $domain -Provider Altcraft -ZoneFile \"$root/examples/zones/*.zone\"", TestPaths.Root, domain);
        Assert.Equal(length >= 240 ? ["InvalidDomain"] : [], provider.ErrorIds);
        Assert.Equal(length >= 240, provider.Output.Count == 0);
    }

    [Fact]
    public void Authoritative_needs_a_network()
    {
        EngineResult result = _engine.Invoke("param($root) Test-SendingDomain example.com -Authoritative -ZoneFile \"$root/examples/zones/*.zone\"", TestPaths.Root);
        Assert.StartsWith("InvalidValue,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_servers_are_compared()
    {
        await using LoopbackDnsServer one = LoopbackDnsServer.Start(TestZone.Parse(Old));
        await using LoopbackDnsServer other = LoopbackDnsServer.Start(TestZone.Parse(New));
        EngineResult result = _engine.Invoke("param($server) (Test-SendingDomain example.com -Server $server | Where-Object Id -eq DNS-AUTH-DISAGREE).Message", (object)new[] { one.Address, other.Address });
        result.EnsureClean();
        Assert.Contains("example.com TXT differs. " + one.Address + ": \"v=spf1 -all\"; " + other.Address, result.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_that_all_servers_serve_come_out_at_once()
    {
        await using NameServers world = Start(NameServers.Zone(2, 2, New, Alias, Old), NameServers.Zone(2, 2, New, Alias));
        EngineResult result = _engine.Invoke("param($resolver) " + Records + "$records | Wait-SendingDomainRecord -Authoritative -Server $resolver -TimeoutSec 60", world.Resolver.Address);
        result.EnsureClean();
        Assert.Equal([true, true], result.Properties<bool>("IsServed"));
        Assert.Equal(["example.com", "example.com"], result.Properties<string>("Zone"));
        Assert.Equal(TimeSpan.FromSeconds(300), result.Properties<TimeSpan>("NegativeCacheTime")[0]);
        Assert.Equal(["ns2.example.com (127.0.0.2)", "ns3.example.com (127.0.0.3)"], (string[])result.Output[0].Properties["ServersServing"].Value);

        // The names themselves are never asked of the resolver: it would keep that they do not exist.
        Assert.DoesNotContain(world.Resolver.Log, query => query.Name.StartsWith("trk.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_server_that_is_lame_or_silent_is_waited_for()
    {
        await using NameServers world = Start(NameServers.Zone(2, 3, New, Alias), NameServers.Zone(2, 3, New, Alias), NameServers.Zone(2, 3, New, Alias));
        world.Servers[1].AddFault(DnsFault.Refused);
        world.Servers[2].AddFault(DnsFault.ServFail);
        EngineResult result = _engine.Invoke("param($resolver) " + Records + "$records[0] | Wait-SendingDomainRecord -Authoritative -Server $resolver -TimeoutSec 1", world.Resolver.Address);
        Assert.Equal(["RecordNotServed"], result.ErrorIds);
        Assert.Equal(["ns3.example.com (127.0.0.3): REFUSED", "ns4.example.com (127.0.0.4): SERVFAIL"], (string[])Assert.Single(result.Output).Properties["ServersWaiting"].Value);
    }

    [Fact]
    public async Task A_record_below_a_delegation_is_asked_of_the_servers_there()
    {
        string[] cut = ["sub.example.com. 300 IN NS ns3.example.com."];
        TestZone below = new TestZone().Lines("sub.example.com. 3600 IN SOA ns3.example.com. h.example.com. 5 7200 3600 1209600 60", "sub.example.com. 300 IN NS ns3.example.com.", "k.sub.example.com. 300 IN TXT \"found\"");
        await using NameServers world = NameServers.Start([NameServers.Zone(2, 1, [.. cut, "ns3.example.com. 300 IN A 127.0.0.3"]), below], below);
        AppDomain.CurrentDomain.SetData(PortName, world.Port);
        EngineResult result = _engine.Invoke(
            "[MailDns.TxtRecord]::new('example.com', 'k.sub', 'found', [timespan]::FromHours(1), 'Dkim') | Wait-SendingDomainRecord -Authoritative -Server $args[0] -TimeoutSec 10", world.Resolver.Address);
        result.EnsureClean();
        Assert.Equal("sub.example.com", result.Property<string>("Zone"));
    }

    [Fact]
    public async Task A_record_is_waited_for_until_the_last_server_has_it()
    {
        await using LoopbackDnsServer first = LoopbackDnsServer.Start(TestZone.Parse(New, Alias));
        await using LoopbackDnsServer last = LoopbackDnsServer.Start(TestZone.Parse(Old));
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript(Records + "$records | Wait-SendingDomainRecord -Server $args[0] -TimeoutSec 120 -IntervalSec 1").AddArgument(new[] { first.Address, last.Address });
        IAsyncResult run = shell.BeginInvoke();
        await Eventually.HoldsAsync(() => last.UdpQueries >= 2 || run.IsCompleted, "two queries");
        Assert.False(run.IsCompleted);
        last.Replace(TestZone.Parse(Old, New, Alias));
        PSDataCollection<PSObject> output = await Task.Factory.FromAsync(run, shell.EndInvoke);
        Assert.Empty(shell.Streams.Error);
        Assert.NotEmpty(shell.Streams.Progress);
        Assert.Equal([true, true], output.Select(item => item.Properties["IsServed"].Value));
    }

    [Fact]
    public async Task A_timeout_gives_the_object_and_an_error_that_does_not_end_the_pipeline()
    {
        await using LoopbackDnsServer first = LoopbackDnsServer.Start(TestZone.Parse(New, Alias));
        await using LoopbackDnsServer last = LoopbackDnsServer.Start(TestZone.Parse(Old, Alias));
        EngineResult result = _engine.Invoke(Records + "$records | Wait-SendingDomainRecord -Server $args[0] -TimeoutSec 1 -IntervalSec 1", (object)new[] { first.Address, last.Address });
        Assert.False(result.Terminated);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("RecordNotServed,MailDns.Commands.WaitSendingDomainRecordCommand", error.FullyQualifiedErrorId);
        Assert.Contains(last.Address + ": \"v=spf1 -all\"", error.Exception.Message, StringComparison.Ordinal);
        PSObject late = Assert.Single(result.Output, item => !(bool)item.Properties["IsServed"].Value);
        Assert.Equal("example.com", late.Properties["Name"].Value);
        Assert.Single((string[])late.Properties["ServersWaiting"].Value);
        Assert.All(result.Render(80).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 80, line));
    }

    [Fact]
    public async Task Stop_ends_the_wait_at_once()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse(Old));
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript(Records + "$records | Wait-SendingDomainRecord -Server $args[0] -TimeoutSec 3600 -IntervalSec 3600").AddArgument(server.Address);
        IAsyncResult run = shell.BeginInvoke();
        await Eventually.HoldsAsync(() => server.UdpQueries >= 2 || run.IsCompleted, "two queries");
        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);

        // Not a measure of speed: without cancellation it would be the hour of -IntervalSec.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), watch.Elapsed.ToString());
    }

    private static NameServers Start(params TestZone[] zones)
    {
        NameServers world = NameServers.Start(zones);
        AppDomain.CurrentDomain.SetData(PortName, world.Port);
        return world;
    }
}
