using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace MailDns.Integration.Tests.Crypto;

/// <summary>Runs a program of the system's packages, where it is installed.</summary>
internal static class ForeignTool
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

    public static string? Find(string name)
    {
        if (OperatingSystem.IsWindows())
            return null;
        foreach (string folder in s_folders)
        {
            string path = Path.Combine(folder, name);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>Its exit code and all that it wrote. Pass phrases go by the environment variable PW.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string name, string? password, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name)!) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["PW"] = password ?? string.Empty;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new System.Threading.CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(name + " did not end.", exception);
        }

        return (process.ExitCode, await output + await error);
    }
}
