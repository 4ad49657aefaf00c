using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using MailDns.TestSupport;

namespace MailDns.Bulk;

/// <summary>PowerShell in a process of its own, with the module as the build left it.</summary>
internal static class EngineProcess
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static readonly string s_root = FindRoot();

    public static string Manifest { get; } = Path.Combine(s_root, "MailDns.psd1");

    public static string EmptyManifest { get; } = Path.Combine(s_root, "tests", "MailDns.EmptyModule", "bin", Configuration, "netstandard2.0", "EmptyModule.psd1");

    /// <summary>Runs a script of this program without any module, and reads the last line that it writes as JSON.</summary>
    public static Task<T> RunAsync<T>(string script, params string[] arguments)
    {
        ProcessStartInfo start = ChildProcess.Start(
            "dotnet",
            [PowerShellProcess.Executable, "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "scripts", script), .. arguments]);
        return ChildProcess.RunAsync<T>(start);
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MailDns.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("This program does not run below the repository.");
    }
}
