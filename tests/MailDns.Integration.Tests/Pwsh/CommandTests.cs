using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>What a user types, in PowerShell itself.</summary>
public sealed class CommandTests : IDisposable
{
    private static readonly string s_zones = Path.Combine(TestPaths.Root, "examples", "zones", "*.zone");
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-").FullName;

    [Fact]
    public async Task The_example_prints_what_to_publish_and_what_is_wrong()
    {
        string output = await RunAsync("& '" + Path.Combine(TestPaths.Root, "examples", "altcraft.ps1") + "'");

        Assert.Contains("v=spf1 mx include:spf.akmta.net ~all", output, StringComparison.Ordinal);
        Assert.Contains("rua=mailto:dmarc-reports@example.com", output, StringComparison.Ordinal);
        Assert.Contains("BOUNCE-MISSING", output, StringComparison.Ordinal);
        Assert.Contains("0 with the planned records.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_writes_a_page()
    {
        string path = Path.Combine(_folder, "out.html");

        Assert.Equal(string.Empty, await RunAsync("Test-SendingDomain example.com -ZoneFile '" + s_zones + "' -Provider Altcraft | Export-SendingDomainReport -Path '" + path + "'"));
        Assert.Contains("example.com: 5 errors to put right", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    // Strictly, and stopping at the first error, as careful scripts run; each gives "yes" once.
    [Theory]
    [InlineData("Start-Job { Import-Module $using:module; Test-SendingDomain example.com -ZoneFile $using:zones } | Receive-Job -Wait -AutoRemoveJob | Where-Object Status -eq Fail | Select-Object -First 1 | ForEach-Object { 'yes' }")]
    [InlineData("Start-ThreadJob { Import-Module $using:module; Test-SendingDomain example.com -ZoneFile $using:zones } | Receive-Job -Wait -AutoRemoveJob | Where-Object Status -eq Fail | Select-Object -First 1 | ForEach-Object { 'yes' }")]
    [InlineData("@('example.com') * 4 | ForEach-Object -Parallel { Import-Module $using:module; Get-SpfStatus $_ -ZoneFile $using:zones } -ThrottleLimit 4 | Measure-Object | Where-Object Count -eq 4 | ForEach-Object { 'yes' }")]
    [InlineData("$file = Join-Path $folder results.xml; Test-SendingDomain example.com -ZoneFile $zones | Export-Clixml $file; Import-Clixml $file | Where-Object Id -eq DMARC-MISSING | Where-Object Status -eq Fail | ForEach-Object { 'yes' }")]
    [InlineData("$file = Join-Path $folder records.xml; New-SpfRecord example.com -Mx '@' -All SoftFail | Export-Clixml $file; (Get-SpfStatus example.com -ZoneFile $zones -PlannedRecord (Import-Clixml $file)).Record -replace '^v=spf1 mx ~all$', 'yes'")]
    [InlineData("(New-SpfRecord example.com -All Fail | ConvertTo-Json | ConvertFrom-Json).DescriptiveText -replace '^v=spf1 -all$', 'yes'")]
    [InlineData("Test-SendingDomain example.com -ZoneFile $zones | Group-Object Status | Sort-Object Count -Descending | Select-Object -First 1 | Where-Object Name -eq Pass | ForEach-Object { 'yes' }")]
    [InlineData("Test-SendingDomain example.com -ZoneFile $zones | Select-Object Id, Status | ConvertTo-Csv | Where-Object { $_ -eq '\"DMARC-MISSING\",\"Fail\"' } | ForEach-Object { 'yes' }")]
    [InlineData("try { Get-SpfStatus 'not a domain' -ZoneFile $zones } catch { if ($_.FullyQualifiedErrorId -like 'InvalidDomain,*') { 'yes' } }")]
    [InlineData("$null = New-SendingDomainRecord example.com -Provider Altcraft -ZoneFile $zones -AggregateReportUri a@example.com -WarningAction Ignore | Compare-SendingDomain -ZoneFile $zones | Out-String; 'yes'")]
    public async Task Works_with_the_cmdlets_of_PowerShell(string script) =>
        Assert.Equal("yes", (await RunAsync("$ErrorActionPreference = 'Stop'; Set-StrictMode -Version Latest\n" + script)).Trim());

    // .NET goes on with the assemblies of the first: that is said in one line, and the first copy still works.
    [Theory]
    [InlineData("")]
    [InlineData("Remove-Module MailDns\n")]
    public async Task A_second_copy_is_refused_in_one_line(string before)
    {
        string other = Path.Combine(_folder, "MailDns.psd1");
        File.Copy(TestPaths.Manifest, other);
        foreach (string file in Directory.GetFiles(Path.Combine(TestPaths.ModuleBase, "module"), "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(_folder, Path.GetRelativePath(TestPaths.ModuleBase, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        string output = await RunAsync(before + "try { Import-Module '" + other + "' -ErrorAction Stop } catch { $_.Exception.Message }\n" +
            "Import-Module $module -Force; (New-SpfRecord example.com -All Fail).Value");
        Assert.Equal(
            "MailDns is already loaded from " + TestPaths.ModuleBase.TrimEnd('/', '\\') + ". To use the copy in " + _folder + ", start a new PowerShell session.\nv=spf1 -all",
            output.Trim().ReplaceLineEndings("\n"));
    }

    private async Task<string> RunAsync(string script)
    {
        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            TestPaths.Import + "$module = '" + TestPaths.Manifest + "'; $zones = '" + s_zones + "'; $folder = '" + _folder + "'\n" + script, Path.GetTempPath());
        Assert.Equal((0, string.Empty), (result.ExitCode, result.Error));
        return result.Output;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
