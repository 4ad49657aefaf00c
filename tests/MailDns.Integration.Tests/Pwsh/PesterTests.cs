using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;
using Xunit.Abstractions;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>The Pester files, in each version of Pester that is supported.</summary>
public sealed class PesterTests(ITestOutputHelper log)
{
    public static TheoryData<string> Versions => [.. PowerShellProcess.PesterVersions];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task The_files_pass(string version)
    {
        PowerShellResult result = await PowerShellProcess.RunFileAsync(
            [Path.Combine(TestPaths.Root, "tests", "Invoke-PesterTest.ps1"), "-PesterPath", PowerShellProcess.Pester(version)],
            environment: ("MAILDNS_TEST_MODULE", TestPaths.Manifest));

        log.WriteLine(result.Output);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches("(?m)^Pester " + version.Replace(".", "\\.", StringComparison.Ordinal) + ": [1-9][0-9]+ passed, 0 failed, 0 skipped", result.Output);
    }

    // From a clone the module is nowhere that PowerShell looks; installed, it is found by its name.
    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_written_file_tells_what_is_wrong_unknown_and_right(string version, bool installed)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-pester-").FullName;
        try
        {
            string module = TestPaths.Manifest;
            if (installed)
            {
                module = Path.Combine(folder, "MailDns", "0.1.0", "MailDns.psd1");
                CopyFolder(Path.Combine(TestPaths.ModuleBase, "module"), Path.Combine(folder, "MailDns", "0.1.0", "module"));
                File.Copy(TestPaths.Manifest, module);
            }

            string zone = Path.Combine(TestPaths.Root, "examples", "zones", "example.com.zone");
            string prepare = "$ErrorActionPreference = 'Stop'\n" + (installed ? "$env:PSModulePath = " + PowerShellProcess.Quote(folder) + " + [System.IO.Path]::PathSeparator + $env:PSModulePath\n" : string.Empty);
            PowerShellResult written = await PowerShellProcess.RunCommandAsync(prepare + "Import-Module " + PowerShellProcess.Quote(module) + "; $null = New-SendingDomainTest example.com -Provider Altcraft -Path " + PowerShellProcess.Quote(folder));
            Assert.Equal((0, string.Empty, string.Empty), (written.ExitCode, written.Output, written.Error));

            string file = Path.Combine(folder, "example.com.Tests.ps1");
            PowerShellResult result = await PowerShellProcess.RunCommandAsync(prepare + "Import-Module " + PowerShellProcess.Quote(PowerShellProcess.Pester(version)) + $$"""

                $setting = New-PesterConfiguration
                $setting.Run.Container = New-PesterContainer -Path {{PowerShellProcess.Quote(file)}} -Data @{ ZoneFile = {{PowerShellProcess.Quote(zone)}} }
                $setting.Run.PassThru = $true
                $setting.Output.Verbosity = 'None'
                (Invoke-Pester -Configuration $setting).Tests | ForEach-Object { "$($_.Result) $($_.ExpandedName)" }
                """);
            log.WriteLine(result.Output);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
            Assert.Matches("(?m)^Failed DKIM-MISSING ", result.Output);
            Assert.Matches("(?m)^Passed SPF-MISSING ", result.Output);
            Assert.Matches("(?m)^(Inconclusive|Skipped) ", result.Output);
            Assert.Equal(!installed, (await File.ReadAllTextAsync(file)).Contains(TestPaths.Manifest, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string version in PowerShellProcess.PesterVersions)
            {
                cases.Add(version, false);
                cases.Add(version, true);
            }

            return cases;
        }
    }

    private static void CopyFolder(string source, string target)
    {
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
