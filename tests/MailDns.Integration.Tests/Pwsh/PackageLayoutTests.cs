using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>What <c>build.ps1 -Task Package</c> lays out, by the script itself, from what the build left.</summary>
public sealed class PackageLayoutTests : IClassFixture<PackageLayoutTests.Layout>
{
    private static readonly string[] s_files =
    [
        "CHANGELOG.md",
        "LICENSE",
        "MailDns.psd1",
        "README.md",
        "THIRD-PARTY-NOTICES.md",
        "en-US/MailDns.dll-Help.xml",
        "icon.png",
        "module/MailDns.Format.ps1xml",
        "module/MailDns.Pester.ps1",
        "module/MailDns.Types.ps1xml",
        "module/MailDns.Types.psd1",
        "module/bin/Dependencies/net472/BouncyCastle.Cryptography.dll",
        "module/bin/Dependencies/net472/DnsClient.dll",
        "module/bin/Dependencies/net472/MailDns.Crypto.dll",
        "module/bin/Dependencies/net472/MailDns.Json.dll",
        "module/bin/Dependencies/net472/Mime/MailDns.Mime.dll",
        "module/bin/Dependencies/net472/MailDns.Resolver.dll",
        "module/bin/Dependencies/net472/Mime/MimeKit.dll",
        "module/bin/Dependencies/net472/Newtonsoft.Json.dll",
        "module/bin/Dependencies/net472/Mime/System.Buffers.dll",
        "module/bin/Dependencies/net472/System.Buffers.dll",
        "module/bin/Dependencies/net472/Mime/System.Memory.dll",
        "module/bin/Dependencies/net472/Mime/System.Numerics.Vectors.dll",
        "module/bin/Dependencies/net472/Mime/System.Runtime.CompilerServices.Unsafe.dll",
        "module/bin/Dependencies/net8.0/BouncyCastle.Cryptography.dll",
        "module/bin/Dependencies/net8.0/DnsClient.dll",
        "module/bin/Dependencies/net8.0/MailDns.Crypto.dll",
        "module/bin/Dependencies/net8.0/MailDns.Json.dll",
        "module/bin/Dependencies/net8.0/MailDns.Mime.dll",
        "module/bin/Dependencies/net8.0/MailDns.Resolver.dll",
        "module/bin/Dependencies/net8.0/Microsoft.Bcl.Cryptography.dll",
        "module/bin/Dependencies/net8.0/MimeKit.dll",
        "module/bin/Dependencies/net8.0/Newtonsoft.Json.dll",
        "module/bin/Dependencies/net8.0/System.Formats.Asn1.dll",
        "module/bin/Dependencies/net8.0/System.Security.Cryptography.Pkcs.dll",
        "module/bin/MailDns.Core.dll",
        "module/bin/MailDns.dll",
        "module/blocklists/blocklist.schema.json",
        "module/blocklists/blocklists.json",
        "module/schemas/report.schema.json",
    ];

    private readonly Layout _layout;

    public PackageLayoutTests(Layout layout) => _layout = layout;

    [Fact]
    public void Has_the_files_that_are_needed_and_no_other()
    {
        IEnumerable<string> topics = Names("docs/about", "*.md").Select(name => "en-US/" + Path.ChangeExtension(name, null) + ".help.txt");
        IEnumerable<string> profiles = Names("module/providers", "*.json").Select(name => "module/providers/" + name);
        string[] expected = [.. s_files.Concat(topics).Concat(profiles).Order(StringComparer.Ordinal)];
        string[] found = [.. Directory.EnumerateFiles(_layout.Package, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(_layout.Package, path).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

        Assert.Equal(expected, found);
    }

    [Fact]
    public void Is_named_after_its_version()
    {
        Assert.Equal((string)_layout.Manifest["ModuleVersion"]!, Path.GetFileName(_layout.Package));
        Assert.Equal(_layout.Package, _layout.Output);
    }

    [Fact]
    public void Its_release_notes_are_the_changelogs_section()
    {
        string notes = (string)_layout.Data["ReleaseNotes"]!;
        string changelog = File.ReadAllText(Path.Combine(TestPaths.Root, "CHANGELOG.md")).ReplaceLineEndings("\n");

        Assert.StartsWith("First version.\n", notes, StringComparison.Ordinal);
        Assert.Contains(notes.Split('\n')[1], changelog, StringComparison.Ordinal);
        Assert.DoesNotContain("## ", notes, StringComparison.Ordinal);
        // what the Gallery takes
        Assert.InRange(notes.Length, 100, 10_000);
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CHANGELOG.md")]
    [InlineData("THIRD-PARTY-NOTICES.md")]
    public void Its_texts_speak_of_what_is_in_it(string name)
    {
        string text = File.ReadAllText(Path.Combine(_layout.Package, name));
        foreach (string foreign in new[] { "](docs/", "](assets/", "](CONTRIBUTING", "](CHANGELOG", "<picture>", "dotnet test", "dotnet tool", "build.ps1" })
            Assert.DoesNotContain(foreign, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_project_is_published_its_addresses_and_links_are_whole()
    {
        string folder = Directory.CreateTempSubdirectory("maildns-layout-").FullName;
        try
        {
            PowerShellResult result = await PowerShellProcess.RunFileAsync([Path.Combine(TestPaths.Root, "build.ps1"), "-Task", "Package", "-NoBuild", "-OutputPath", folder, "-ProjectUri", "https://git.example/maildns"]);
            Assert.True(result.ExitCode == 0, result.Error);
            string package = Directory.GetDirectories(folder).Single();
            string version = Path.GetFileName(package);
            PowerShellResult manifest = await PowerShellProcess.RunCommandAsync("(Test-ModuleManifest '" + Path.Combine(package, "MailDns.psd1") + "') | ForEach-Object { \"$($_.ProjectUri) $($_.LicenseUri) $($_.IconUri)\" }");
            Assert.Equal($"https://git.example/maildns https://git.example/maildns/blob/v{version}/LICENSE https://git.example/maildns/raw/v{version}/assets/icon.png", manifest.Output.Trim());
            Assert.Contains($"](https://git.example/maildns/blob/v{version}/docs/quick-start.md)", await File.ReadAllTextAsync(Path.Combine(package, "README.md")), StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Its_tags_fit_the_Gallery()
    {
        string[] tags = [.. ((IEnumerable<object>)_layout.Data["Tags"]!).Cast<string>()];

        Assert.Equal(tags.Distinct(StringComparer.OrdinalIgnoreCase), tags);
        Assert.All(tags, tag => Assert.DoesNotContain(' ', tag));
        Assert.Superset(new HashSet<string>(["PSEdition_Core", "PSEdition_Desktop", "Windows", "Linux", "MacOS"], StringComparer.Ordinal), tags.ToHashSet(StringComparer.Ordinal));
        // Tags and cmdlets go into one field of the Gallery, which holds 4000 characters.
        Assert.InRange(string.Join(' ', tags.Concat(((IEnumerable<object>)_layout.Manifest["CmdletsToExport"]!).Select(name => "PSCmdlet_" + name + " PSCommand_" + name))).Length, 1, 3900);
    }

    [Fact]
    public async Task Passes_the_engines_own_check()
    {
        PowerShellResult result = await PowerShellProcess.RunCommandAsync("(Test-ModuleManifest -Path '" + _layout.ManifestPath + "').ReleaseNotes.Substring(0, 14)");

        Assert.Equal((0, "First version.", string.Empty), (result.ExitCode, result.Output.Trim(), result.Error));
    }

    [Fact]
    public void Its_manifest_has_a_byte_order_mark_for_Windows_PowerShell() =>
        Assert.Equal([0xEF, 0xBB, 0xBF], File.ReadAllBytes(_layout.ManifestPath)[..3]);

    [Fact]
    public async Task Its_help_is_found()
    {
        PowerShellResult result = await PowerShellProcess.RunCommandAsync("Import-Module '" + _layout.ManifestPath + "'; (Get-Help Get-SpfStatus).Synopsis", Path.GetTempPath());

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("SPF", result.Output, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(TestPaths.Root, folder), pattern).Select(path => Path.GetFileName(path));

    /// <summary>The package, laid out once.</summary>
    public sealed class Layout : IAsyncLifetime
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("maildns-layout-").FullName;

        /// <summary>What the script wrote.</summary>
        public string Output { get; private set; } = string.Empty;

        public string Package => Directory.GetDirectories(_folder).Single();

        public string ManifestPath => Path.Combine(Package, "MailDns.psd1");

        public Hashtable Manifest { get; private set; } = [];

        public Hashtable Data => (Hashtable)((Hashtable)Manifest["PrivateData"]!)["PSData"]!;

        public async Task InitializeAsync()
        {
            PowerShellResult result = await PowerShellProcess.RunFileAsync([Path.Combine(TestPaths.Root, "build.ps1"), "-Task", "Package", "-NoBuild", "-OutputPath", _folder]);
            Assert.True(result.ExitCode == 0, result.Error);
            Output = result.Output.Trim();
            ScriptBlockAst tree = Parser.ParseFile(ManifestPath, out _, out ParseError[] errors);
            Assert.Empty(errors);
            Manifest = (Hashtable)((HashtableAst)tree.Find(node => node is HashtableAst, searchNestedScriptBlocks: false)).SafeGetValue();
        }

        public Task DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return Task.CompletedTask;
        }
    }
}
