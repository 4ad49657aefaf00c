using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests.Sending;

public sealed class BlocklistCommandTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine = engine;

    private static TestZone Lists() => TestZone.Parse(
        "good.example. 300 IN SOA ns.good.example. h.good.example. 1 7200 3600 1209600 300",
        "2.0.0.127.good.example. 300 IN A 127.0.0.2",
        "test.good.example. 300 IN A 127.0.0.2",
        "9.2.0.192.good.example. 300 IN A 127.0.0.2",
        "9.2.0.192.good.example. 300 IN TXT \"spam from 192.0.2.9\"",
        "contoso.com.good.example. 300 IN A 127.0.0.4",
        "dead.example. 300 IN SOA ns.dead.example. h.dead.example. 1 7200 3600 1209600 300",
        "*.dead.example. 300 IN A 127.0.0.2",
        "sold.example. 300 IN SOA ns.sold.example. h.sold.example. 1 7200 3600 1209600 300",
        "*.sold.example. 300 IN A 203.0.113.80",
        "shy.example. 300 IN SOA ns.shy.example. h.shy.example. 1 7200 3600 1209600 300",
        "*.shy.example. 300 IN A 127.255.255.254",
        "contoso.com. 300 IN SOA ns.contoso.com. h.contoso.com. 1 7200 3600 1209600 300",
        "contoso.com. 300 IN TXT \"v=spf1 -all\"");

    [Fact]
    public async Task Dead_sold_and_refusing_lists_list_nobody()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
        EngineResult result = _engine.Invoke($"Get-BlocklistStatus 192.0.2.9 -List good.example, dead.example, sold.example, shy.example -Server {server.Address} | ForEach-Object {{ '{{0}} {{1}} {{2}}' -f $_.List, $_.Listed, (@($_.Findings.Id | Sort-Object -Unique) -join ',') }}").EnsureClean();
        Assert.Equal(
            [
                "good.example True BLOCKLIST-LISTED",
                "dead.example  BLOCKLIST-DEAD,BLOCKLIST-LISTED",
                "sold.example  BLOCKLIST-DEAD,BLOCKLIST-LISTED",
                "shy.example  BLOCKLIST-LISTED,BLOCKLIST-REFUSED",
            ],
            result.Output.Select(line => line.ToString()));
    }

    [Theory]
    [InlineData(DnsFaultKind.ServFail)]
    [InlineData(DnsFaultKind.Refused)]
    [InlineData(DnsFaultKind.Timeout)]
    public async Task Where_dns_fails_nothing_is_known(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
        server.AddFault(new DnsFault(kind));
        EngineResult result = _engine.Invoke($"Get-BlocklistStatus 192.0.2.9 -List good.example -Server {server.Address} -TimeoutSec 1 -Retry 0").EnsureClean();
        Assert.Null(result.Property<object>("Listed"));
    }

    // Two test entries, and one question an address: the answers stream out as they come.
    [Fact]
    public async Task Thousands_of_addresses_cost_a_question_each()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
        EngineResult result = _engine.Invoke($"0..2999 | ForEach-Object {{ '192.0.{{0}}.{{1}}' -f [math]::Floor($_ / 250), ($_ % 250) }} | Get-BlocklistStatus -List good.example -ThrottleLimit 64 -Server {server.Address} | Group-Object Listed -NoElement | Sort-Object Name | ForEach-Object {{ '{{0}} {{1}}' -f $_.Name, $_.Count }}").EnsureClean();
        Assert.Equal(["False 2999", "True 1"], result.Output.Select(line => line.ToString()));
        Assert.InRange(server.UdpQueries, 3000 + 2, 3000 + 2 + 1 + 50);
    }

    [Theory]
    [InlineData("'192.0.2.9', 'contoso.com' | Get-BlocklistStatus", "192.0.2.9 contoso.com")]
    [InlineData("[ipaddress]'192.0.2.9' | Get-BlocklistStatus", "192.0.2.9")]
    [InlineData("[pscustomobject]@{ IPAddress = '192.0.2.9'; Domain = 'contoso.com' } | Get-BlocklistStatus", "192.0.2.9 contoso.com")]
    [InlineData("[pscustomobject]@{ IPv4Address = '192.0.2.9' } | Get-BlocklistStatus", "192.0.2.9")]
    [InlineData("Get-BlocklistStatus -IPAddress 192.0.2.9, ::ffff:192.0.2.9 -Domain contoso.com, CONTOSO.COM", "192.0.2.9 contoso.com")]
    [InlineData("Get-ReverseDnsStatus 192.0.2.9 @s | Get-BlocklistStatus", "192.0.2.9")]
    public async Task Addresses_and_domains_come_in_many_ways(string script, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
        EngineResult result = _engine.Invoke($"$s = @{{ Server = '{server.Address}' }}; ({script} -List good.example -Ordered @s).Query -join ' '").EnsureClean();
        Assert.Equal(expected, result.Text.Trim());
    }

    [Theory]
    [InlineData("Get-BlocklistStatus 192.0.2.9 -List spamhaus-zne", "BlocklistNotFound", "Did you mean \"spamhaus-zen\"?")]
    [InlineData("Get-BlocklistStatus 192.0.2.9 -List ./gone.json", "FileNotFound", "gone.json")]
    [InlineData("Get-BlocklistStatus contoso.com -List spamcop", "InvalidValue", "None of the lists has entries of domains")]
    [InlineData("Get-BlocklistStatus contoso..com -List surbl", "InvalidDomain", "contoso..com")]
    [InlineData("Get-BlocklistStatus -List surbl", "InvalidValue", "There is nothing to ask about")]
    [InlineData("Test-SendingDomain contoso.com -Blocklist zzz", "BlocklistNotFound", "\"zzz\" was not found")]
    public void A_wrong_value_is_an_error(string script, string id, string message)
    {
        EngineResult result = _engine.Invoke(script + " -Server 127.0.0.1:9");
        Assert.Contains(id, Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_lists_gives_answers_their_meaning()
    {
        string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".json");
        await File.WriteAllTextAsync(file, """{ "blocklists": [ { "id": "mine", "name": "Mine", "zone": "good.example", "kinds": ["ip4"], "answers": [ { "address": "127.0.0.2", "meaning": "seen by us" } ], "delist": "https://good.example/" } ] }""");
        try
        {
            await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
            EngineResult result = _engine.Invoke($"Get-BlocklistStatus 192.0.2.9 -List '{file}' -Server {server.Address} | ForEach-Object {{ '{{0}}|{{1}}|{{2}}|{{3}}' -f $_.List, $_.Meaning, $_.Text, $_.DelistUri }}").EnsureClean();
            Assert.Equal("mine|seen by us|spam from 192.0.2.9|https://good.example/", result.Text.Trim());
        }
        finally
        {
            File.Delete(file);
        }
    }

    // Without -Blocklist no list is asked; with it the addresses and the domain are.
    [Theory]
    [InlineData("", "NotApplicable:4")]
    [InlineData("-Blocklist good.example", "Fail:1 NotApplicable:0 Pass:3")]
    [InlineData("-IPAddress 192.0.2.9", "NotApplicable:4")]
    [InlineData("-IPAddress 192.0.2.9, 192.0.2.10 -Blocklist good.example", "Fail:2 NotApplicable:0 Pass:10")]
    public async Task The_check_of_a_domain_asks_named_lists_only(string parameters, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Lists());
        EngineResult result = _engine.Invoke($"Test-SendingDomain contoso.com {parameters} -IncludeNotApplicable -Server {server.Address} | Where-Object Area -eq Blocklist | Group-Object Status -NoElement | ForEach-Object {{ '{{0}}:{{1}}' -f $_.Name, $_.Count }}").EnsureClean();
        Assert.Equal(expected.Split(' ').Where(part => !part.EndsWith(":0", StringComparison.Ordinal)), result.Output.Select(line => line.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(parameters.Contains("-Blocklist", StringComparison.Ordinal), server.Log.Count > 0 && _engine.Invoke($"(Get-SendingDomainStatus contoso.com {parameters} -Server {server.Address}).Blocklists.Count -gt 0").EnsureClean().Output[0].BaseObject is true);
    }
}
