using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Split-Path: -Parent (default), -Leaf, -LeafBase, -Extension.</summary>
[Cmdlet(VerbsCommon.Split, "Path", DefaultParameterSetName = "Parent")]
internal sealed class SplitPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LiteralPath")]
    public string[] Path { get; set; } = [];

    [Parameter(ParameterSetName = "Parent")]
    public SwitchParameter Parent { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Leaf")]
    public SwitchParameter Leaf { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LeafBase")]
    public SwitchParameter LeafBase { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "Extension")]
    public SwitchParameter Extension { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            if (Leaf)
                WriteObject(SessionState.Path.ParseChildName(path));
            else if (LeafBase)
                WriteObject(System.IO.Path.GetFileNameWithoutExtension(path));
            else if (Extension)
                WriteObject(System.IO.Path.GetExtension(path));
            else
                WriteObject(SessionState.Path.ParseParent(path, root: null));
        }
    }
}
