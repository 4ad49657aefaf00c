using System;
using System.IO;
using System.Linq;
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

    // Written in one folder, with a profile named relative to it, and run in another.
    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_file_of_many_domains_runs_from_any_folder(string version)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-pester-").FullName;
        try
        {
            string zones = Path.Combine(folder, "zones");
            Directory.CreateDirectory(zones);
            const string Head = "$TTL 3600\n@ IN SOA ns1.net. h.net. 1 2 3 4 5\n@ NS ns1.net.\n@ NS ns2.net.\n@ MX 0 .\n_dmarc TXT \"v=DMARC1; p=reject\"\n*._domainkey TXT \"v=DKIM1; p=\"\n";
            await File.WriteAllTextAsync(Path.Combine(zones, "good.example.zone"), "$ORIGIN good.example.\n" + Head + "@ TXT \"v=spf1 -all\"\n");
            await File.WriteAllTextAsync(Path.Combine(zones, "bad.example.zone"), "$ORIGIN bad.example.\n" + Head + "@ TXT \"v=spf1 +all\"\n@ TXT \"v=spf1 -all\"\n");
            await File.WriteAllTextAsync(Path.Combine(zones, "example.zone"), "$ORIGIN example.\n$TTL 3600\n@ IN SOA ns1.net. h.net. 1 2 3 4 5\n@ NS ns1.net.\nunknown NS ns1.net.\na NS ns1.net.\nb NS ns1.net.\ngood NS ns1.net.\nbad NS ns1.net.\n");
            File.Copy(Path.Combine(TestPaths.Root, "module", "providers", "altcraft.json"), Path.Combine(folder, "mine.json"));
            string module = "$ErrorActionPreference = 'Stop'; Import-Module " + PowerShellProcess.Quote(TestPaths.Manifest) + "; ";
            PowerShellResult written = await PowerShellProcess.RunCommandAsync(
                module + "$null = 'good.example', 'bad.example', 'unknown.example' | New-SendingDomainTest -Path ./many.Tests.ps1; $null = 'a.example', 'b.example' | New-SendingDomainTest -Provider ./mine.json -Path ./provider.Tests.ps1", folder);
            Assert.Equal((0, string.Empty, string.Empty), (written.ExitCode, written.Output, written.Error));

            PowerShellResult result = await PowerShellProcess.RunCommandAsync("Import-Module " + PowerShellProcess.Quote(PowerShellProcess.Pester(version)) + $$"""

                $setting = New-PesterConfiguration
                $setting.Run.Container = foreach ($file in 'many', 'provider') { New-PesterContainer -Path ({{PowerShellProcess.Quote(folder)}} + "/$file.Tests.ps1") -Data @{ ZoneFile = {{PowerShellProcess.Quote(zones)}} + '/*.zone' } }
                $setting.Run.PassThru = $true
                $setting.Output.Verbosity = 'None'
                (Invoke-Pester -Configuration $setting).Tests | ForEach-Object { "$($_.Result) $($_.ExpandedPath) $($_.ErrorRecord)" }
                """, Path.GetTempPath());
            log.WriteLine(result.Output);
            Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
            Assert.Equal(10, result.Output.Split('\n').Count(line => line.Contains("Sending domains.", StringComparison.Ordinal)));
            Assert.Matches(@"(?m)^Failed Sending domains\.Error\.bad\.example has no finding of severity Error SPF-", result.Output);
            Assert.Matches(@"(?m)^Passed Sending domains\.Error\.good\.example has no finding of severity Error", result.Output);
            Assert.Matches(@"(?m)^Inconclusive Sending domains\.Error\.unknown\.example ", result.Output);
            Assert.Matches(@"(?m)^Inconclusive Sending domains\.Warning\.b\.example ", result.Output);
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
