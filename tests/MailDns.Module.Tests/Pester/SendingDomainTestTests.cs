using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests.Pester;

/// <summary>The file that New-SendingDomainTest writes, and the operators.</summary>
public sealed class SendingDomainTestTests : IClassFixture<EngineFixture>, IDisposable
{
    private readonly EngineFixture _engine;
    private readonly string _folder = Directory.CreateTempSubdirectory("maildns-pester-").FullName;

    public SendingDomainTestTests(EngineFixture engine) => _engine = engine;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_parses()
    {
        string path = Path.Combine(_folder, "example.com.Tests.ps1");
        _engine.Invoke("param($path) New-SendingDomainTest example.com -Provider Altcraft -Path $path", path).EnsureClean();
        Parser.ParseFile(path, out _, out ParseError[] faults);
        Assert.Empty(faults);
    }

    [Fact]
    public void A_file_that_is_there_stays_unless_forced()
    {
        string path = Path.Combine(_folder, "mine.Tests.ps1");
        File.WriteAllText(path, "mine");
        Assert.Equal(["FileExists"], _engine.Invoke("param($path) New-SendingDomainTest example.com -Path $path", path).ErrorIds);
        Assert.Empty(_engine.Invoke("param($path) New-SendingDomainTest example.com -Path $path -Force -WhatIf", path).EnsureClean().Output);
        Assert.Equal("mine", File.ReadAllText(path));
        _engine.Invoke("param($path) New-SendingDomainTest example.com -Path $path -Force", path).EnsureClean();
        Assert.Contains("Describe 'Sending domain example.com'", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'example.com'", "example.com.Tests.ps1")]
    [InlineData("'example.com', '-bad-', 'm\u00fcller.example'", "SendingDomain.Tests.ps1")]
    public void Many_domains_give_one_file_and_a_bad_one_an_error(string domains, string name)
    {
        EngineResult result = _engine.Invoke("param($folder) " + domains + " | New-SendingDomainTest -Path $folder", _folder);
        Assert.Equal(domains.Contains("-bad-", StringComparison.Ordinal) ? ["InvalidDomain"] : [], result.ErrorIds);
        Assert.Equal(name, ((FileInfo)Assert.Single(result.Output).BaseObject).Name);
        Parser.ParseFile(Path.Combine(_folder, name), out _, out ParseError[] faults);
        Assert.Empty(faults);
    }

    // a table of domains and what sends for them
    [Fact]
    public void Each_domain_has_the_options_that_came_with_it()
    {
        string path = Path.Combine(_folder, "table.Tests.ps1");
        _engine.Invoke("param($path) \"Domain,Provider`nexample.com,Altcraft`nexample.net,`nexample.org,Altcraft\" | ConvertFrom-Csv | New-SendingDomainTest -Path $path", path).EnsureClean();
        string[] parts = File.ReadAllText(path).Split("    @{\n");
        Assert.Equal(3, parts.Length);
        Assert.Contains("'example.com'\n            'example.org'\n", parts[1], StringComparison.Ordinal);
        Assert.Contains("Provider             = 'Altcraft ", parts[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Provider", parts[2].Split(")\n\nDescribe")[0], StringComparison.Ordinal);
    }

    [Fact]
    public void No_domain_gives_no_file() => Assert.Empty(_engine.Invoke("param($folder) @() | New-SendingDomainTest -Path $folder", _folder).EnsureClean().Output);

    [Theory]
    [InlineData("BeReadyToSend", "@{ ActualValue = 'example.com'; ZoneFile = $zone }", false, "DMARC-MISSING")]
    [InlineData("BeReadyToSend", "@{ ActualValue = 'other.example'; ZoneFile = $zone }", false, "unknown")]
    [InlineData("BeReadyToSend", "@{ ActualValue = 'other.example'; ZoneFile = $zone; Negate = $true }", false, "unknown")]
    [InlineData("BeReadyToSend", "@{ ActualValue = 'example.com'; ZoneFile = $zone; Negate = $true }", true, "")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = (Test-SendingDomain example.com -ZoneFile $zone); Id = 'SPF-MISSING' }", true, "")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = (Test-SendingDomain example.com -ZoneFile $zone); Id = 'DMARC-MISSING'; Because = 'reports' }", false, "because reports")]
    [InlineData("BeReadyToSend", "@{ ActualValue = 'example.com'; ZoneFile = $zone; Because = 'because mail goes out' }", false, "ready to send, because mail goes out, but 1 check failed")]
    [InlineData("BeReadyToSend", "@{ ActualValue = '-bad-'; ZoneFile = $zone }", false, "is not a valid domain name")]
    [InlineData("BeReadyToSend", "@{ ActualValue = '-bad-'; ZoneFile = $zone; Negate = $true }", false, "is not a valid domain name")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = @(); Id = 'SPF-MISSING'; Negate = $true }", false, "not among")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = (Test-SendingDomain example.com -ZoneFile $zone -IncludeNotApplicable); Id = 'BIMI-SVG-TITLE' }", false, "nothing to look at")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = (Test-SendingDomain other.example -ZoneFile $zone); Id = 'SPF-MISSING' }", false, "is unknown")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = (Test-SendingDomain other.example -ZoneFile $zone); Id = 'SPF-MISSING'; Negate = $true }", false, "is unknown")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = @([pscustomobject]@{ Id = 'X'; Status = 'Unknown'; Message = 'm' }, [pscustomobject]@{ Id = 'X'; Status = 'Fail'; Message = 'm' }); Id = 'X' }", false, "to pass")]
    [InlineData("PassSendingDomainCheck", "@{ ActualValue = @([pscustomobject]@{ Id = 'X'; Status = 'Unknown'; Message = 'm' }, [pscustomobject]@{ Id = 'X'; Status = 'Fail'; Message = 'm' }); Id = 'X'; Negate = $true }", true, "")]
    [InlineData("PassDmarc", "@{ ActualValue = [pscustomobject]@{ DmarcResult = 'Pass'; IsConclusive = $true; DmarcReason = 'r'; From = 'f' } }", true, "")]
    [InlineData("PassDmarc", "@{ ActualValue = [pscustomobject]@{ DmarcResult = 'Pass'; IsConclusive = $true; DmarcReason = 'r'; From = 'f' }; Negate = $true }", false, "not to pass DMARC")]
    [InlineData("PassDmarc", "@{ ActualValue = [pscustomobject]@{ DmarcResult = 'Fail'; IsConclusive = $true; DmarcReason = 'no signature'; From = 'f' }; Because = 'mail goes out' }", false, "because mail goes out, but:\n  DMARC fail for f: no signature")]
    [InlineData("PassDmarc", "@{ ActualValue = [pscustomobject]@{ DmarcResult = 'Fail'; IsConclusive = $true; DmarcReason = 'r'; From = 'f' }; Negate = $true }", true, "")]
    [InlineData("PassDmarc", "@{ ActualValue = [pscustomobject]@{ DmarcResult = 'Fail'; IsConclusive = $false; DmarcReason = 'SPF is not known'; From = 'f' }; Negate = $true }", false, "is unknown")]
    [InlineData("PassDmarc", "@{ ActualValue = 'no-such-file.eml'; ZoneFile = $zone; Negate = $true }", false, "is unknown")]
    [InlineData("PassDmarc", "@{ ActualValue = @() }", false, "is unknown")]
    public void Operators_succeed_only_on_what_is_known(string name, string arguments, bool succeeded, string said)
    {
        string script = """
            param($module, $zone, $name)
            Set-StrictMode -Version 3.0
            $script:added = @{}
            function Get-ShouldOperator { }
            function Add-ShouldOperator { param($Name, $Test, [switch] $SupportsArrayInput) $script:added[$Name] = $Test }
            . $module
            $arguments = ARGUMENTS
            & $script:added[$name] @arguments
            """.Replace("ARGUMENTS", arguments, StringComparison.Ordinal);
        string[] zones = [.. Directory.GetFiles(Path.Combine(TestPaths.Root, "examples", "zones"), "*.zone")];
        PSObject result = _engine.Invoke(script, Path.Combine(TestPaths.ModuleBase, "module", "MailDns.Pester.ps1"), zones, name).Single();
        Assert.Equal(succeeded, result.Properties["Succeeded"].Value);
        Assert.True(succeeded || result.Properties["FailureMessage"].Value.ToString()!.Contains(said, StringComparison.Ordinal), result.Properties["FailureMessage"].Value.ToString());
    }

    [Fact]
    public void Operators_are_added_at_import_where_Pester_is_loaded()
    {
        string folder = Path.Combine(_folder, "Pester");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "Pester.psd1"), "@{ RootModule = 'Pester.psm1'; ModuleVersion = '5.9.0'; FunctionsToExport = '*' }");
        File.WriteAllText(Path.Combine(folder, "Pester.psm1"), "$global:added = @()\n$null = [System.Reflection.Emit.AssemblyBuilder]::DefineDynamicAssembly([System.Reflection.AssemblyName]::new('Pester'), 'Run')\nfunction Get-ShouldOperator { }; function Add-ShouldOperator { param($Name, $Test, [switch] $SupportsArrayInput) $global:added = @($global:added; $Name) | Sort-Object }");
        EngineResult result = _engine.Invoke("param($pester, $module) $global:added = @(); Import-Module $module -Force; \"before: $(@($global:added) -join ' ')\"; Import-Module $pester; Import-Module $module -Force; \"after: $global:added\"; Remove-Module Pester", Path.Combine(folder, "Pester.psd1"), TestPaths.Manifest);
        Assert.Equal(["before: ", "after: BeReadyToSend PassDmarc PassSendingDomainCheck"], result.EnsureClean().Output.Select(line => line.ToString()));
    }
}
