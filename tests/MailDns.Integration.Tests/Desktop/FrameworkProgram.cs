using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.Integration.Tests.Desktop;

/// <summary>Runs a program of .NET Framework: on Windows as it is, elsewhere in Mono.</summary>
internal static class FrameworkProgram
{
    private static readonly string[] s_folders = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"];

    private static readonly string? s_mono = s_folders.Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);

    public static bool CanRun => OperatingSystem.IsWindows() || s_mono is not null;

    /// <summary>Its exit code, its output, and what it wrote to standard error.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string program, params string[] arguments)
    {
        string[] words = OperatingSystem.IsWindows() ? [program, .. arguments] : [s_mono!, program, .. arguments];
        var start = new ProcessStartInfo(words[0]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string word in words[1..])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(program + " did not end.", exception);
        }

        return (process.ExitCode, await output, await error);
    }
}
