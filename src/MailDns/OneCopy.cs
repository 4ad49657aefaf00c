using System.IO;
using System.Management.Automation.Runspaces;

namespace MailDns;

/// <summary>
/// Ends the import of a second copy of the module in one process: .NET would go on with the assemblies of the first, and say
/// nothing. Which copy is imported is told by the views, which the engine loads before.
/// </summary>
public sealed class OneCopy : IModuleAssemblyInitializer
{
    private const string Views = "MailDns.Format.ps1xml";

    public void OnImport()
    {
        string own = Path.GetDirectoryName(Path.GetDirectoryName(typeof(OneCopy).Assembly.Location))!;
        string? other = Runspace.DefaultRunspace?.InitialSessionState?.Formats.Select(entry => entry.FileName).OfType<string>()
            .Where(file => Path.GetFileName(file) == Views).Select(file => Path.GetDirectoryName(file)!)
            .LastOrDefault(folder => !string.Equals(Path.GetFullPath(folder), own, StringComparison.OrdinalIgnoreCase));
        if (other is not null && Path.GetFileName(own) == "module")
        {
            throw new InvalidOperationException("MailDns is already loaded from " + Path.GetDirectoryName(own) + ". To use the copy in " + Path.GetDirectoryName(other) + ", start a new PowerShell session.");
        }
    }
}
