using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.Module.Tests.Views;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>
/// Every type that a cmdlet writes, as PowerShell itself prints it on a terminal: in a culture in which the engine breaks lines
/// between words, in one in which it does not, and in the invariant one. A pseudo-terminal gives the width (script, of util-linux).
/// </summary>
public sealed class ViewTests
{
    [TerminalTheory]
    [InlineData("en_US.UTF-8", "en-US", 80)]
    [InlineData("ru_RU.UTF-8", "ru-RU", 80)]
    [InlineData("C", "", 80)]
    [InlineData("ru_RU.UTF-8", "ru-RU", 120)]
    [InlineData("C", "", 120)]
    public async Task Views_are_as_approved_on_a_terminal(string language, string culture, int width)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-views-").FullName;
        try
        {
            string file = Path.Combine(folder, "views.ps1");
            await File.WriteAllTextAsync(file, Script());
            string[] parts = (await RunAsync(file, language, width)).Split("\n== ");
            Assert.Equal("culture [" + culture + "] width " + width.ToString(CultureInfo.InvariantCulture), parts[0].Trim());
            Assert.Equal(ViewSamples.Types.Order(StringComparer.Ordinal), parts[1..].Select(part => part.Split('\n')[0]));
            foreach (string part in parts[1..])
            {
                string type = part.Split('\n')[0];
                string[] lines = [.. part.Split('\n')[1..].Select(line => line.TrimEnd())];
                Assert.All(lines, line => Assert.True(line.Length <= width, type + ": " + line));
                if (width == 80)
                    Assert.Equal(Approved(type), string.Join('\n', lines).Trim('\n'));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script()
    {
        var script = new StringBuilder("$root = " + PowerShellProcess.Quote(TestPaths.Root) + "\n" + TestPaths.Import);
        script.Append("Import-Module ").Append(PowerShellProcess.Quote(TestPaths.Stub("DnsServer", "DnsServer.psd1"))).Append("; Initialize-StubZone -Name example.com\n");
        script.Append("\"culture [$([cultureinfo]::CurrentCulture.Name)] width $($Host.UI.RawUI.BufferSize.Width)\"\n");
        foreach (string type in ViewSamples.Types.Order(StringComparer.Ordinal))
            script.Append("'== ").Append(type).Append("'\n& {\n").Append(ViewSamples.Script(type)).Append("\n} $root | Out-Default\n");
        return script.ToString();
    }

    private static async Task<string> RunAsync(string file, string language, int width)
    {
        ProcessStartInfo pwsh = PowerShellProcess.Start(["-File", file]);
        string command = "stty cols " + width.ToString(CultureInfo.InvariantCulture) + " rows 60; exec env LANG=" + language + " LC_ALL=" + language + " dotnet " + string.Join(' ', pwsh.ArgumentList.Select(word => "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'"));
        var start = new ProcessStartInfo(TerminalTheoryAttribute.Program) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, ArgumentList = { "-qec", command, "/dev/null" } };
        foreach ((string name, string? value) in pwsh.Environment)
            start.Environment[name] = value;
        start.Environment["TERM"] = "xterm";
        using Process process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);

        // what a terminal is told about its keys
        return Regex.Replace(output, @"\u001b(\[[?0-9;]*[a-zA-Z]|[=>])", string.Empty, RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5)).ReplaceLineEndings("\n");
    }

    private static string Approved(string type)
    {
        string text = File.ReadAllText(Path.Combine(TestPaths.Root, "tests", "MailDns.Module.Tests", "Views", "approved", type + ".txt")).ReplaceLineEndings("\n");
        return text[("== Plain\n".Length)..text.IndexOf("\n== In colour", StringComparison.Ordinal)].Trim('\n');
    }
}

/// <summary>A theory on a pseudo-terminal, which is skipped, and says so, where there is none to be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TerminalTheoryAttribute : TheoryAttribute
{
    public const string Program = "/usr/bin/script";

    public TerminalTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Program))
            Skip = "No pseudo-terminal: script (bsdutils) on Linux.";
    }
}
