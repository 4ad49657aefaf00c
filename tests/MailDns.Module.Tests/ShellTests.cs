using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The shell as a process: exit codes, streams, arguments, width.</summary>
public sealed class ShellTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns").FullName;

    [Theory]
    [InlineData("'done'", 0)]
    [InlineData("exit 7", 7)]
    [InlineData("function f { exit 4 }; f; 'not reached'", 4)]
    [InlineData("Write-Error 'goes on'; 'end'", 0)]
    [InlineData("throw 'boom'", 1)]
    [InlineData("$ErrorActionPreference = 'Stop'; Write-Error 'boom'", 1)]
    [InlineData("if (", 1)]
    public async Task Exit_code_of_a_script(string script, int code)
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", Script(script)]);

        Assert.Equal(code, result.ExitCode);
        Assert.DoesNotContain("not reached", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", 3, "")]
    [InlineData("throw 'boom'", 1, "Exception: boom")]
    [InlineData("if (", 1, "ParserError: ")]
    public async Task Exit_code_of_a_command(string command, int code, string error)
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", "-Command", command]);

        Assert.Equal(code, result.ExitCode);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("nothing to run")]
    [InlineData("unknown option '-Bogus'", "-Bogus")]
    [InlineData("there is no script 'nowhere.ps1'", "nowhere.ps1")]
    [InlineData("-Width takes a number", "-Width", "wide", "-Command", "1")]
    [InlineData("-ErrorView takes", "-ErrorView", "Loud", "-Command", "1")]
    [InlineData("exclude each other", "-NoModule", "-Module", "x.psd1", "-Command", "1")]
    [InlineData("there is no module 'nowhere.psd1'", "-Module", "nowhere.psd1", "-Command", "1")]
    public async Task Wrong_command_line_is_64(string message, params string[] words)
    {
        ShellResult result = await ShellProcess.RunAsync(words);

        Assert.Equal(64, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Empty(result.Output);
    }

    [Fact]
    public async Task Help_tells_what_the_shell_is_not()
    {
        ShellResult result = await ShellProcess.RunAsync(["--help"]);

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("What it is not:", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_bind_as_they_do_for_pwsh_File()
    {
        string script = Script("""
            param([string] $Name, [switch] $Loud, [switch] $Quiet, [int] $Count = 1, [Parameter(ValueFromRemainingArguments)] [string[]] $Rest)
            "$Name|$Loud|$Quiet|$Count|$($Rest -join ',')|$PSScriptRoot"
            """);

        ShellResult result = await ShellProcess.RunAsync(["-NoModule", script, "-Name", "a b", "-Loud", "-Quiet:$false", "-Count:3", "one", "-5", "--", "-two"]);

        Assert.Equal($"a b|True|False|3|one,-5,-two|{_folder}", result.Output.TrimEnd());
    }

    [Fact]
    public async Task Streams_go_where_they_belong()
    {
        ShellResult result = await ShellProcess.RunAsync(
        [
            "-NoModule", "-Command",
            "'out'; Write-Host 'host' -ForegroundColor Red; Write-Warning 'w'; Write-Verbose 'v' -Verbose; Write-Debug 'd' -Debug; Write-Error 'e'",
        ]);

        Assert.Equal(["out", "host"], Lines(result.Output));
        Assert.Contains("WARNING: w", result.Error, StringComparison.Ordinal);
        Assert.Contains("VERBOSE: v", result.Error, StringComparison.Ordinal);
        Assert.Contains("DEBUG: d", result.Error, StringComparison.Ordinal);
        Assert.Contains("Write-Error: e", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', result.Output + result.Error);
    }

    [Fact]
    public async Task Normal_error_view_has_the_id()
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", "-ErrorView", "Normal", "-Command", "Write-Error x -ErrorId MyId"]);

        Assert.Contains("FullyQualifiedErrorId : MyId,", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Width", "40", 40)]
    [InlineData("-ErrorView", "Concise", 120)]
    public async Task Tables_are_as_wide_as_asked(string option, string value, int width)
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", option, value, "-Command", "[pscustomobject]@{ A = 'x' * 300 } | Format-Table"]);

        Assert.InRange(Array.Find(Lines(result.Output), line => line.StartsWith('x'))!.Length, width - 1, width);
    }

    [Fact]
    public async Task Missing_value_is_named_and_not_asked_for()
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", Script("param([Parameter(Mandatory)] $Domain) $Domain")]);

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("Domain", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Confirmation_is_refused_where_nobody_answers()
    {
        string path = Path.Combine(_folder, "x.txt");
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", "-Command", $"Set-Content -Path '{path}' -Value x -Confirm"]);

        Assert.Contains("-Confirm:$false", result.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Standard_input_is_a_script_too()
    {
        ShellResult result = await ShellProcess.RunAsync(["-NoModule", "-Command", "-"], input: "'from'; 'input'");

        Assert.Equal(["from", "input"], Lines(result.Output));
    }

    [Fact]
    public async Task Module_is_found_above_the_shell()
    {
        ShellResult result = await ShellProcess.RunAsync(["-Command", "(Get-Module MailDns).ModuleBase"], workingDirectory: _folder);

        Assert.Equal(TestPaths.Root, result.Output.TrimEnd());
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Module_under_test_works_from_its_own_files()
    {
        ShellResult result = await ShellProcess.RunCommandAsync($"{Sample.Txt}; (Get-SendingDomainCheck).Count -gt 0", "-Width", "80");

        Assert.Equal(0, result.ExitCode);
        Assert.Empty(result.Error);
        Assert.Contains("v=spf1 include:spf.example.net -all", result.Output, StringComparison.Ordinal);
        Assert.Contains("True", result.Output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private string Script(string text)
    {
        string path = Path.Combine(_folder, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
