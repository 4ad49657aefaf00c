using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace MailDns.Module.Tests.Engine;

/// <summary>Runs MailDns.Shell as a process of its own, where nothing of the test assembly can stand in for the module's files.</summary>
internal static class ShellProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    /// <summary>Runs text with the module under test imported.</summary>
    public static Task<ShellResult> RunCommandAsync(string command, params string[] options)
    {
        return RunAsync(["-Module", TestPaths.Manifest, .. options, "-Command", command]);
    }

    /// <summary>Runs the shell with exactly these words; standard input is empty.</summary>
    public static async Task<ShellResult> RunAsync(IEnumerable<string> words, string? workingDirectory = null, string input = "")
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = workingDirectory ?? TestPaths.Root,
        };
        start.Environment.Remove("COLUMNS");
        start.ArgumentList.Add(TestPaths.Shell);
        foreach (string word in words)
            start.ArgumentList.Add(word);

        using Process process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(s_limit)) is { } first && !process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("The shell did not end in " + s_limit + ": " + first.Status);
        }

        return new ShellResult(process.ExitCode, await output, await error);
    }
}
