using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Join-Path: -Path, -ChildPath, -AdditionalChildPath.</summary>
[Cmdlet(VerbsCommon.Join, "Path")]
internal sealed class JoinPathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, Position = 1)]
    [AllowEmptyString]
    public string ChildPath { get; set; } = string.Empty;

    [Parameter(Position = 2, ValueFromRemainingArguments = true)]
    public string[] AdditionalChildPath { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            string joined = SessionState.Path.Combine(path, ChildPath);
            foreach (string child in AdditionalChildPath)
                joined = SessionState.Path.Combine(joined, child);
            WriteObject(joined);
        }
    }
}
