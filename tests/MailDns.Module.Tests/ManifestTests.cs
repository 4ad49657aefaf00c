using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailDns.Module.Tests.Engine;
using Xunit;

namespace MailDns.Module.Tests;

/// <summary>The manifest says what the module is, exactly.</summary>
public class ManifestTests : IClassFixture<EngineFixture>
{
    private readonly EngineFixture _engine;

    public ManifestTests(EngineFixture engine)
    {
        _engine = engine;
    }

    [Fact]
    public void Imports_by_its_path()
    {
        PSObject module = _engine.Invoke("Get-Module MailDns").Single();

        Assert.Equal(TestPaths.ModuleBase, module.Properties["ModuleBase"].Value);
        Assert.Equal(Path.Combine(TestPaths.Binaries, "MailDns.dll"), _engine.Invoke("(Get-Command Get-SendingDomainCheck).DLL").Single<string>());
    }

    [Fact]
    public void Passes_the_engines_own_check()
    {
        EngineResult result = _engine.Invoke("param($path) Test-ModuleManifest -Path $path", TestPaths.Manifest);

        result.EnsureClean();
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Lists_its_cmdlets_in_order()
    {
        string[] listed = Strings("CmdletsToExport");

        Assert.Equal(listed.Distinct().Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public void Exports_every_cmdlet_of_the_assembly() =>
        Assert.Empty(ModuleCmdlets.All(_engine).Select(cmdlet => cmdlet.Name).Except(Strings("CmdletsToExport")));

    [Fact]
    public void Exports_only_cmdlets_of_the_assembly() =>
        Assert.Empty(Strings("CmdletsToExport").Except(ModuleCmdlets.All(_engine).Select(cmdlet => cmdlet.Name)));

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("VariablesToExport")]
    public void Exports_nothing_else(string key) => Assert.Empty(Strings(key));

    [Theory]
    [InlineData("FormatsToProcess")]
    [InlineData("RequiredAssemblies")]
    [InlineData("NestedModules")]
    public void Names_files_that_are_there(string key)
    {
        string[] files = Strings(key);

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(TestPaths.ModuleBase, file)), file));
    }

    [Theory]
    [InlineData("PowerShellVersion", "5.1")]
    [InlineData("DotNetFrameworkVersion", "4.7.2")]
    [InlineData("CompatiblePSEditions", "Desktop,Core")]
    public void States_the_platform(string key, string expected) => Assert.Equal(expected, string.Join(',', Strings(key)));

    [Theory]
    [InlineData("GUID")]
    [InlineData("Author")]
    [InlineData("CompanyName")]
    [InlineData("Copyright")]
    [InlineData("Description")]
    public void Says_whose_it_is(string key) => Assert.NotEmpty(Strings(key).Single());

    [Fact]
    public void Has_the_version_of_its_assembly()
    {
        var version = Version.Parse(Strings("ModuleVersion").Single());
        Version assembly = System.Reflection.AssemblyName.GetAssemblyName(Path.Combine(TestPaths.Binaries, "MailDns.dll")).Version!;

        Assert.Equal(version, new Version(assembly.Major, assembly.Minor, assembly.Build));
    }

    [Fact]
    public void Removing_the_module_and_importing_it_again_works()
    {
        EngineResult result = _engine.Invoke("""
            param($path)
            Remove-Module MailDns
            Import-Module $path
            Import-Module $path -Force
            (Get-SendingDomainCheck).Count -gt 0
            """, TestPaths.Manifest);

        Assert.True(result.Single<bool>());
    }

    private static string[] Strings(string key)
    {
        ScriptBlockAst tree = Parser.ParseFile(TestPaths.Manifest, out _, out ParseError[] errors);
        Assert.Empty(errors);
        var table = (HashtableAst)tree.Find(node => node is HashtableAst, searchNestedScriptBlocks: false);
        var values = (System.Collections.Hashtable)table.SafeGetValue();
        return values[key] switch
        {
            null => [],
            IEnumerable<object> items => [.. items.Select(item => (string)item)],
            object single => [(string)single],
        };
    }
}
