using System.IO;
using System.Reflection;

namespace MailDns;

/// <summary>Adds MailDns' operators to Pester's Should when the module is imported, where Pester is loaded.</summary>
public sealed class PesterOperators : IModuleAssemblyInitializer
{
    private const string Script = "MailDns.Pester.ps1";
    private const int FirstVersion = 5;

    public void OnImport()
    {
        // Pester loaded later finds them with Import-Module MailDns -Force.
        foreach (Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.FullName.StartsWith("Pester,", StringComparison.Ordinal))
            {
                AddOperators();
                return;
            }
        }
    }

    private static void AddOperators()
    {
        string path = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(typeof(PesterOperators).Assembly.Location))!, Script);
        try
        {
            if (IsPesterImported())
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

    // Pester's assembly may have been loaded by another session of this process. Asked only where it is: the engine's answer would
    // make up a tenth of every import.
    private static bool IsPesterImported()
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        foreach (PSModuleInfo module in shell.AddCommand("Get-Module").AddParameter("Name", "Pester").Invoke<PSModuleInfo>())
        {
            if (module.Version.Major >= FirstVersion) return true;
        }

        return false;
    }
}
