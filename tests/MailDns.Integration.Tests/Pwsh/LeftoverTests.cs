using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>
/// Ctrl+C, and <c>Select-Object -First 1</c>, amid 200 domains whose server never answers: the pipeline ends, and the
/// process has no task of the module, no socket, no timer and no busy thread more than before. In a process of its own.
/// </summary>
public class LeftoverTests
{
    private const int Domains = 200;

    private readonly ITestOutputHelper _output;

    public LeftoverTests(ITestOutputHelper output) => _output = output;

    [Theory]
    [InlineData("stop", "Test-SendingDomain")]
    [InlineData("stop", "Get-SpfStatus")]
    [InlineData("first", "Test-SendingDomain")]
    [InlineData("first", "Get-SpfStatus")]
    public async Task Nothing_is_left_behind(string how, string cmdlet)
    {
        await using LoopbackDnsServer server = AlmostSilent();
        Left left = await RunAsync(how, cmdlet, server);
        Assert.Equal(how is "stop" ? "Stopped" : "Completed", left.State);
        Assert.InRange(left.Sockets, 1, int.MaxValue);
        Assert.InRange(left.Tasks, Domains, int.MaxValue);

        // No measure of speed: what nobody cancels takes the five minutes of -TimeoutSec.
        Assert.InRange(left.EndMilliseconds, 0, 5000);
        Assert.InRange(left.CleanMilliseconds, 0, 5000);
        Assert.Equal(0, left.TasksLeft);
        Assert.Equal(0, left.SocketsLeft);
        Assert.Equal(0, left.TimersLeft);
        Assert.Equal(0, left.BusyLeft);
        Assert.Equal(string.Empty, left.ThreadsLeft);
    }

    [Fact]
    public async Task What_is_under_way_is_seen_as_such()
    {
        // The twin: the same look at a pipeline that nobody has stopped.
        await using LoopbackDnsServer server = AlmostSilent();
        Left left = await RunAsync("none", "Get-SpfStatus", server);
        Assert.Equal("Running", left.State);
        Assert.InRange(left.TasksLeft, Domains, int.MaxValue);
        Assert.InRange(left.SocketsLeft, 1, int.MaxValue);
    }

    private async Task<Left> RunAsync(string how, string cmdlet, LoopbackDnsServer server)
    {
        PowerShellResult result = await PowerShellProcess.RunFileAsync(
        [
            Path.Combine(TestPaths.Root, "tests", "MailDns.Integration.Tests", "Pwsh", "leftover.ps1"),
            "-Module", TestPaths.Manifest, "-How", how, "-Cmdlet", cmdlet, "-Server", server.Address, "-Count", Domains.ToString(CultureInfo.InvariantCulture),
        ]);
        Assert.True(result.ExitCode is 0, result.Output + result.Error);
        _output.WriteLine(result.Output);
        return JsonSerializer.Deserialize<Left>(result.Output.Trim().Split('\n').Last())!;
    }

    /// <summary>quick.org answers; of the others nobody ever hears what stands in their TXT records.</summary>
    private static LoopbackDnsServer AlmostSilent()
    {
        LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("quick.org. 60 IN TXT \"v=spf1 -all\""));
        for (int i = 1; i <= Domains; i++)
            server.AddFault(string.Create(CultureInfo.InvariantCulture, $"d{i}.org"), "TXT", DnsFault.Timeout);
        return server;
    }

    private sealed class Left
    {
        public string State { get; init; } = string.Empty;

        public int Tasks { get; init; }

        public int Sockets { get; init; }

        public double EndMilliseconds { get; init; }

        public double CleanMilliseconds { get; init; }

        public int TasksLeft { get; init; }

        public int SocketsLeft { get; init; }

        public int TimersLeft { get; init; }

        public int BusyLeft { get; init; }

        public string ThreadsLeft { get; init; } = string.Empty;
    }
}
