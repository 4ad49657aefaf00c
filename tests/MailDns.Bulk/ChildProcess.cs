using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;

namespace MailDns.Bulk;

/// <summary>Programs that print one line of JSON.</summary>
internal static class ChildProcess
{
    private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };

    /// <summary>This program with other arguments.</summary>
    public static ProcessStartInfo Own(params string[] arguments) =>
        Start(Environment.ProcessPath!, Path.GetFileNameWithoutExtension(Environment.ProcessPath!) is "dotnet" ? [typeof(ChildProcess).Assembly.Location, .. arguments] : arguments);

    public static ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }

    /// <summary>The last line that it prints, read as JSON.</summary>
    public static async Task<T> RunAsync<T>(ProcessStartInfo start)
    {
        string output = await RunAsync(start);
        return JsonSerializer.Deserialize<T>(output.Trim().Split('\n').Last(), s_json)!;
    }

    /// <summary>All that it prints.</summary>
    public static async Task<string> RunAsync(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode is 0 ? await output : throw new InvalidOperationException(start.FileName + ": " + error);
    }
}
