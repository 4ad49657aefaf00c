using System;
using System.IO;
using System.Threading.Tasks;
using MailDns.Module.Tests.Engine;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Integration.Tests.Pwsh;

/// <summary>The files that are published are enough: a copy of them, far from the repository, works in a process of its own.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "maildns-package-" + Guid.NewGuid().ToString("N"));

    [Fact]
    public async Task A_copy_of_the_published_files_does_the_main_job()
    {
        Copy(Path.Combine(TestPaths.ModuleBase, "module"), Path.Combine(_folder, "module"));
        File.Copy(TestPaths.Manifest, Path.Combine(_folder, "MailDns.psd1"));

        PowerShellResult result = await PowerShellProcess.RunCommandAsync(
            "Import-Module '" + Path.Combine(_folder, "MailDns.psd1") + "'; & '" + Path.Combine(TestPaths.Root, "examples", "altcraft.ps1") + "'",
            Path.GetTempPath());

        Assert.Equal(0, result.ExitCode);
        Assert.Contains("0 with the planned records.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_adapter_loads_from_the_copy()
    {
        Copy(Path.Combine(TestPaths.ModuleBase, "module"), Path.Combine(_folder, "module"));
        File.Copy(TestPaths.Manifest, Path.Combine(_folder, "MailDns.psd1"));
        string script = "(Get-SendingProvider).Count -gt 5; "
            + "(New-DkimKey -Selector s1 -Domain example.com -KeyType Ed25519 -PrivateKeyPath '" + Path.Combine(_folder, "key.pem") + "' | New-DkimRecord).Value -like 'v=DKIM1; k=ed25519; p=*'; "
            + "(Get-SpfStatus example.com -Server 127.0.0.1:1 -TimeoutSec 1 -Retry 0).Findings[0].Status";

        PowerShellResult result = await PowerShellProcess.RunCommandAsync("Import-Module '" + Path.Combine(_folder, "MailDns.psd1") + "'; " + script, Path.GetTempPath());

        Assert.Equal(0, result.ExitCode);
        Assert.Equal("True\nTrue\nUnknown", result.Output.ReplaceLineEndings("\n").Trim());
    }

    public void Dispose()
    {
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private static void Copy(string source, string target)
    {
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
