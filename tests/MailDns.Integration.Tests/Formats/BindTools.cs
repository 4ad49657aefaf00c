using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;

namespace MailDns.Integration.Tests.Formats;

/// <summary>Programs of BIND.</summary>
internal static class BindTools
{
    private static readonly string[] s_folders = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"];

    public static bool AreInstalled => new[] { "named", "named-checkzone", "nsupdate", "dig" }.All(tool => Find(tool) is not null);

    public static string? Find(string tool) => s_folders.Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);

    /// <summary>Runs a program to its end.</summary>
    public static (int ExitCode, string Output, string Error) Run(string tool, string input, params string[] words)
    {
        var start = new ProcessStartInfo(Find(tool)!)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Encoding.Latin1,
            StandardOutputEncoding = Encoding.Latin1,
        };
        foreach (string word in words)
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        System.Threading.Tasks.Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
