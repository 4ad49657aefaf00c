using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Debug.</summary>
[Cmdlet(VerbsCommunications.Write, "Debug")]
internal sealed class WriteDebugCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        WriteDebug(Message);
    }
}
