using System;
using System.IO;
using System.Management.Automation;

namespace MailDns;

/// <summary>Adds MailDns' operators to Pester's Should when the module is imported, where Pester is loaded.</summary>
public sealed class PesterOperators : IModuleAssemblyInitializer
{
    private const string Script = "MailDns.Pester.ps1";

    // Pester loaded later finds them with Import-Module MailDns -Force. Whatever goes wrong here must not stop the import.
    private const string Import = """
        param($path)
        $pester = Get-Module -Name Pester
        if ($pester -and $pester.Version.Major -ge 5) { . $path }
        """;

    /// <inheritdoc/>
    public void OnImport()
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(typeof(PesterOperators).Assembly.Location))!, Script);
        try
        {
            using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
            shell.AddScript(Import, useLocalScope: true).AddArgument(path).Invoke();
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException)
        {
            // No operators; the cmdlets work without them.
        }
    }
}
