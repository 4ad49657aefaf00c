using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>PowerShell itself, as the restore of this project brings it, in a process of its own.</summary>
public static class PowerShellProcess
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);
    private static readonly string s_folder = Metadata("PowerShellFolder");

    /// <summary>The engine's assembly, for <c>dotnet</c> to start.</summary>
    public static string Executable { get; } = Path.Combine(s_folder, OperatingSystem.IsWindows() ? "win" : "unix", "pwsh.dll");

    /// <summary>The versions of Pester that were restored, lowest first.</summary>
    public static IReadOnlyList<string> PesterVersions { get; } = Metadata("PesterVersions").Split(';');

    /// <summary>The manifest of one of <see cref="PesterVersions"/>.</summary>
    public static string Pester(string version) => Path.Combine(Metadata("PesterFolder"), version, "tools", "Pester.psd1");

    /// <summary>Text as a string literal of PowerShell.</summary>
    public static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    /// <summary>Runs text as <c>pwsh -Command</c> does, without a profile.</summary>
    /// <param name="command">The text.</param>
    /// <param name="folder">The current folder; null is that of this process.</param>
    /// <param name="environment">What is to be set beside the environment of this process.</param>
    public static Task<PowerShellResult> RunCommandAsync(string command, string? folder = null, params (string Name, string Value)[] environment) =>
        RunAsync(["-Command", command], folder, environment);

    /// <summary>Runs a file as <c>pwsh -File</c> does, without a profile.</summary>
    /// <param name="words">The file and its arguments.</param>
    /// <param name="folder">The current folder; null is that of this process.</param>
    /// <param name="environment">What is to be set beside the environment of this process.</param>
    public static Task<PowerShellResult> RunFileAsync(IEnumerable<string> words, string? folder = null, params (string Name, string Value)[] environment) =>
        RunAsync(["-File", .. words], folder, environment);

    /// <summary>What starts PowerShell with these words; for what the methods above cannot do.</summary>
    public static ProcessStartInfo Start(IEnumerable<string> words)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (IEnumerable<string>)[Executable, "-NoLogo", "-NoProfile", "-NonInteractive", .. words])
            start.ArgumentList.Add(word);
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        start.Environment["POWERSHELL_UPDATECHECK"] = "Off";
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("PSModulePath");
        return start;
    }

    private static async Task<PowerShellResult> RunAsync(IEnumerable<string> words, string? folder, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = Start(words);
        start.WorkingDirectory = folder ?? Environment.CurrentDirectory;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("PowerShell did not end in " + s_limit + ".", exception);
        }

        return new PowerShellResult(process.ExitCode, await output, await error);
    }

    private static string Metadata(string key) =>
        typeof(PowerShellProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(pair => pair.Key == key).Value!;
}
