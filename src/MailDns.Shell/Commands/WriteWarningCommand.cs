using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Warning.</summary>
[Cmdlet(VerbsCommunications.Write, "Warning")]
internal sealed class WriteWarningCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        WriteWarning(Message);
    }
}
