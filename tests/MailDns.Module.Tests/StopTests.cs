using System;
using System.Diagnostics;
using System.Management.Automation;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>Ctrl+C and the end of a pipeline, against a server that never answers.</summary>
public class StopTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public StopTests(EngineFixture engine) => _engine = engine;

    [Theory]
    [InlineData("Get-SpfStatus example.com -TimeoutSec 300")]
    [InlineData("Test-SendingDomain example.com, example.net -Provider Altcraft -TimeoutSec 300")]
    [InlineData("Test-SpfSender -IPAddress 192.0.2.1 -Sender a@example.com -TimeoutSec 300")]
    public async Task Stop_ends_a_query_that_hangs(string script)
    {
        await using LoopbackDnsServer server = Silent();
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript(script + " -Server '" + server.EndPoint + "'");
        IAsyncResult run = shell.BeginInvoke();
        while (server.UdpQueries == 0 && !run.IsCompleted)
            await Task.Delay(20);

        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);

        // Not a measure of speed: without cancellation it would be the five minutes of -TimeoutSec.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    [Fact]
    public async Task A_server_that_never_answers_is_unknown_and_no_error()
    {
        await using LoopbackDnsServer server = Silent();
        EngineResult result = _engine.Invoke("param($server) Get-SpfStatus example.com -TimeoutSec 1 -Retry 1 -Server $server | ForEach-Object { $_.Findings | ForEach-Object { \"$($_.Id) $($_.Status)\" } }", server.EndPoint.ToString());
        result.EnsureClean();
        Assert.Contains("SPF-MISSING Unknown", result.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Fail", result.Text, StringComparison.Ordinal);
    }

    private static LoopbackDnsServer Silent()
    {
        LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("example.com. 60 IN TXT \"v=spf1 -all\""));
        server.AddFault(DnsFault.Timeout);
        return server;
    }
}
