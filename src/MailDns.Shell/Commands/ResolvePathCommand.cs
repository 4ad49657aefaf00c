using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Resolve-Path: objects with Path and ProviderPath, or with -Relative the text.</summary>
[Cmdlet(VerbsDiagnostic.Resolve, "Path", DefaultParameterSetName = "Path")]
internal sealed class ResolvePathCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Relative { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in ExistingPaths())
        {
            if (Relative)
            {
                WriteObject(System.IO.Path.Combine(".", System.IO.Path.GetRelativePath(SessionState.Path.CurrentFileSystemLocation.ProviderPath, path)));
                continue;
            }

            var result = new PSObject(path);
            result.Properties.Add(new PSNoteProperty("Path", path));
            result.Properties.Add(new PSNoteProperty("ProviderPath", path));
            WriteObject(result);
        }
    }
}
