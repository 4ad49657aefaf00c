using System;
using System.IO;
using System.Management.Automation;

namespace MailDns;

/// <summary>Adds MailDns' operators to Pester's Should when the module is imported, where Pester is loaded.</summary>
public sealed class PesterOperators : IModuleAssemblyInitializer
{
    private const string Script = "MailDns.Pester.ps1";

    private const int FirstVersion = 5;

    /// <inheritdoc/>
    public void OnImport()
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(typeof(PesterOperators).Assembly.Location))!, Script);
        try
        {
            // Pester loaded later finds them with Import-Module MailDns -Force.
            if (IsPesterLoaded())
            {
                using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
                shell.AddScript("param($path) . $path", useLocalScope: true).AddArgument(path).Invoke();
            }
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException)
        {
            // Whatever goes wrong here must not stop the import: no operators, and the cmdlets work without them.
        }
    }

    // Asked by the cmdlet and not by a script, whose first compilation would make up a tenth of the import.
    private static bool IsPesterLoaded()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        foreach (PSModuleInfo module in shell.AddCommand("Get-Module").AddParameter("Name", "Pester").Invoke<PSModuleInfo>())
        {
            if (module.Version.Major >= FirstVersion)
            {
                return true;
            }
        }

        return false;
    }
}
