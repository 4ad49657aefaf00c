using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
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
    [InlineData("1..300 | ForEach-Object { \"d$_.org\" } | Test-SendingDomain -ThrottleLimit 300 -TimeoutSec 300")]
    [InlineData("1..300 | ForEach-Object { \"d$_.org\" } | Get-SpfStatus -ThrottleLimit 300 -Ordered -TimeoutSec 300")]
    [InlineData("Optimize-SpfRecord example.com -Flatten -TimeoutSec 300")]
    [InlineData("Add-SpfMechanism example.com -Include spf.example.net -TimeoutSec 300")]
    [InlineData("New-SpfRecord example.com | Compare-SendingDomain -TimeoutSec 300")]
    [InlineData("New-SpfRecord example.com | Wait-SendingDomainRecord -TimeoutSec 300")]
    [InlineData("Find-SendingProvider example.com -TimeoutSec 300")]
    [InlineData("Get-BimiStatus example.com -IncludeHttps -TimeoutSec 300")]
    [InlineData("Get-ReverseDnsStatus 192.0.2.1 -TimeoutSec 300")]
    [InlineData("Test-SpfSender -IPAddress 192.0.2.1 -Sender a@example.com -TimeoutSec 300")]
    public async Task Stop_ends_a_query_that_hangs(string script)
    {
        await using LoopbackDnsServer server = Silent();
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript(script + " -Server '" + server.EndPoint + "'");
        IAsyncResult run = shell.BeginInvoke();
        await Eventually.HoldsAsync(() => server.UdpQueries > 0 || run.IsCompleted, "a query");

        var watch = Stopwatch.StartNew();
        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);

        // Not a measure of speed: without cancellation it would be the five minutes of -TimeoutSec.
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30), watch.Elapsed.ToString());
    }

    [Theory]
    [InlineData("Get-SmtpTlsStatus -HostName mx.contoso.test -ConversationTimeoutSec 300")]
    [InlineData("Get-SmtpTlsStatus contoso.test, fabrikam.test -ConversationTimeoutSec 300 -Ordered")]
    [InlineData("New-TlsaRecord contoso.test -HostName mx -FromHost")]
    public async Task Stop_ends_a_conversation_that_hangs(string script)
    {
        using var host = new SmtpTestServer(SmtpFault.Silent);
        await using LoopbackDnsServer names = LoopbackDnsServer.Start(TestZone.Parse("mx.contoso.test. 60 IN A 127.0.0.1\ncontoso.test. 60 IN MX 10 mx.contoso.test.\nfabrikam.test. 60 IN MX 10 mx.contoso.test."));
        using PowerShell shell = PowerShell.Create(_engine.Runspace);
        shell.AddScript(script + " -AllowPrivateAddress -Port " + host.Port + " -Server '" + names.EndPoint + "'");
        IAsyncResult run = shell.BeginInvoke();
        await Eventually.HoldsAsync(() => host.Connections > 0 || run.IsCompleted, "a connection");
        Assert.False(run.IsCompleted);
        shell.Stop();
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
        Assert.Empty(shell.Streams.Error);
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

    [Theory]
    [InlineData("")]
    [InlineData("-Ordered")]
    public async Task The_end_of_the_pipeline_ends_the_rest_and_leaves_no_socket(string ordered)
    {
        // One domain answers; the others would hold the pipeline for five minutes.
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("quick.org. 60 IN TXT \"v=spf1 -all\""));
        foreach (int i in Enumerable.Range(1, 50))
            server.AddFault($"d{i}.org", "TXT", DnsFault.Timeout);
        EngineResult result = _engine.Invoke(
            "param($server) @('quick.org') + (1..50 | ForEach-Object { \"d$_.org\" }) | Get-SpfStatus -Server $server -TimeoutSec 300 " + ordered + " | Select-Object -First 1",
            server.Address);
        result.EnsureClean();
        Assert.Equal(["quick.org"], result.Properties<string>("Domain"));

        // The system closes what the cmdlet has closed; a socket that was left open would stay.
        await Eventually.HoldsAsync(() => UdpClientsOf(server) == 0, "no socket to the server");
    }

    // Linux lists connected UDP sockets with the address they are connected to; elsewhere nothing is known.
    private static int UdpClientsOf(LoopbackDnsServer server)
    {
        const string Table = "/proc/net/udp";
        string peer = $"0100007F:{server.Port:X4}";
        return File.Exists(Table) ? File.ReadLines(Table).Count(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, string remote, ..] && remote == peer) : 0;
    }

    private static LoopbackDnsServer Silent()
    {
        LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("example.com. 60 IN TXT \"v=spf1 -all\""));
        server.AddFault(DnsFault.Timeout);
        return server;
    }
}
