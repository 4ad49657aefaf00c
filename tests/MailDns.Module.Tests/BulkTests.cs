using System;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Many domains in one pipeline: what is written when, in what order, and what is shown meanwhile.</summary>
public class BulkTests : IClassFixture<EngineFixture>
{
    private static readonly string[] s_inOrder = ["slow.org", "quick.org", "also.org"];

    private readonly EngineFixture _engine;

    public BulkTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("'slow.org', 'quick.org', 'also.org' | Get-SpfStatus -Server $server")]
    [InlineData("Get-SpfStatus slow.org, quick.org, also.org -Server $server")]
    public async Task A_slow_domain_holds_up_nobody(string script)
    {
        await using LoopbackDnsServer server = OneIsSlow();
        string?[] domains = Domains(script, server);
        Assert.Equal("slow.org", domains[^1]);
        Assert.Equal(s_inOrder.Order(StringComparer.Ordinal), domains.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("'slow.org', 'quick.org', 'also.org' | Get-SpfStatus -Server $server -Ordered")]
    [InlineData("Get-SpfStatus slow.org, quick.org, also.org -Server $server -Ordered")]
    [InlineData("Get-SpfStatus slow.org, quick.org, also.org -Server $server -ThrottleLimit 1")]
    [InlineData("Get-SpfStatus slow.org, quick.org, also.org -Server $server -ThrottleLimit 2 -Ordered")]
    public async Task Ordered_results_keep_the_order_of_the_input_however_long_each_takes(string script)
    {
        await using LoopbackDnsServer server = OneIsSlow();
        Assert.Equal(s_inOrder, Domains(script, server));
    }

    [Fact]
    public async Task Quiet_keeps_the_order_of_the_input_without_being_asked()
    {
        // The one that is unlike the others is the slowest by far.
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse(
            "good.org. 60 IN TXT \"v=spf1 -all\"",
            "_dmarc.good.org. 60 IN TXT \"v=DMARC1; p=reject\""));
        server.AddFault("good.org", "TXT", DnsFault.Delay(TimeSpan.FromMilliseconds(300)));
        EngineResult one = _engine.Invoke("param($server) Test-SendingDomain good.org -Quiet -Server $server", server.Address);
        EngineResult all = _engine.Invoke("param($server) Test-SendingDomain good.org, none.org, bad.org -Quiet -Server $server", server.Address);
        all.EnsureClean();
        bool good = (bool)one.Output.Single().BaseObject;
        Assert.Equal([good, false, false], all.Output.Select(item => (bool)item.BaseObject));
    }

    [Fact]
    public async Task The_results_of_one_domain_stay_together()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("a.org. 60 IN TXT \"v=spf1 -all\""));
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(30)));
        string?[] domains = Domains("1..30 | ForEach-Object { \"d$_.org\" } | Test-SendingDomain -Server $server", server);
        string[] runs = domains.Where((domain, i) => i == 0 || domain != domains[i - 1]).Select(domain => domain!).ToArray();
        Assert.Equal(30, runs.Length);
        Assert.Equal(30, runs.Distinct(StringComparer.Ordinal).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Ordered")]
    public async Task One_bad_domain_among_many_is_an_error_and_the_rest_go_on(string ordered)
    {
        await using LoopbackDnsServer server = OneIsSlow();
        EngineResult result = _engine.Invoke("param($server) 'slow.org', 'a..b', 'quick.org', 'also.org' | Get-SpfStatus -Server $server " + ordered, server.Address);
        Assert.Single(result.Errors);
        Assert.Equal(3, result.Output.Count);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task No_more_domains_are_under_way_than_the_limit(int limit)
    {
        // Every domain asks one question, so the answers that wait are the domains under way; on a busy machine one may be asked twice.
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone());
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(20)));
        EngineResult result = _engine.Invoke("param($server, $limit) 1..40 | ForEach-Object { \"d$_.org\" } | Get-SenderIdStatus -Server $server -ThrottleLimit $limit", server.Address, limit);
        result.EnsureClean();
        Assert.Equal(40, result.Output.Count);
        Assert.InRange(server.PeakDelayed, 1, 2 * limit);
    }

    [Theory]
    [InlineData("Get-SpfStatus $domains -Server $server -ThrottleLimit 1", true)]
    [InlineData("$domains | Get-SpfStatus -Server $server -ThrottleLimit 1", false)]
    public async Task Progress_tells_done_and_rate_and_the_rest_where_the_number_is_known(string script, bool isKnown)
    {
        ProgressRecord[] records = await ProgressAsync("$domains = 1..30 | ForEach-Object { \"d$_.org\" };" + script, delay: 60);
        ProgressRecord[] shown = records.Where(record => record.RecordType == ProgressRecordType.Processing).ToArray();
        Assert.NotEmpty(shown);
        Assert.All(shown, record =>
        {
            Assert.Equal("Get-SpfStatus", record.Activity);
            Assert.Contains("a second", record.StatusDescription, StringComparison.Ordinal);
            Assert.Equal(isKnown, record.PercentComplete >= 0);
            Assert.Equal(isKnown, record.StatusDescription.Contains("of 30", StringComparison.Ordinal));
        });
        Assert.Equal(ProgressRecordType.Completed, records[^1].RecordType);
    }

    [Theory]
    [InlineData("Get-SpfStatus a.org, b.org, c.org -Server $server -ThrottleLimit 1", 500)]
    public async Task A_handful_of_domains_shows_no_progress_however_long_it_takes(string script, int delay) =>
        Assert.Empty(await ProgressAsync(script, delay));

    private async Task<ProgressRecord[]> ProgressAsync(string script, int delay)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone());
        server.AddFault(DnsFault.Delay(TimeSpan.FromMilliseconds(delay)));
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript("param($server) " + script).AddArgument(server.Address);
        await Task.Run(() => shell.Invoke(), CancellationToken.None);
        return [.. shell.Streams.Progress];
    }

    private string?[] Domains(string script, LoopbackDnsServer server)
    {
        EngineResult result = _engine.Invoke("param($server) " + script, server.Address);
        result.EnsureClean();
        return result.Properties<string>("Domain").ToArray();
    }

    private static LoopbackDnsServer OneIsSlow()
    {
        LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("slow.org. 60 IN TXT \"v=spf1 -all\"", "quick.org. 60 IN TXT \"v=spf1 ~all\"", "also.org. 60 IN TXT \"v=spf1 ?all\""));
        server.AddFault("slow.org", "TXT", DnsFault.Delay(TimeSpan.FromMilliseconds(1500)));
        return server;
    }
}
