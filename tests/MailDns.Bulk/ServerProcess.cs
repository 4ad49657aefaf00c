using System;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>The server in a process of its own, so that its work is not counted as a client's.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>address:port.</summary>
    public string Address { get; }

    public static async Task<ServerProcess> StartAsync(int count, int seed, string expectedFile)
    {
        ProcessStartInfo start = ChildProcess.Own("serve", count.ToString(CultureInfo.InvariantCulture), seed.ToString(CultureInfo.InvariantCulture), expectedFile);
        start.RedirectStandardError = false;
        Process process = Process.Start(start)!;
        return new ServerProcess(process, (await process.StandardOutput.ReadLineAsync())!);
    }

    public async Task<string> TellAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return (await _process.StandardOutput.ReadLineAsync())!;
    }

    public async Task<ServerCounts> CountsAsync() => JsonSerializer.Deserialize<ServerCounts>(await TellAsync("counts"))!;

    public async ValueTask DisposeAsync()
    {
        // The end of its input is the end of the server.
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
