using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Verbose.</summary>
[Cmdlet(VerbsCommunications.Write, "Verbose")]
internal sealed class WriteVerboseCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowEmptyString]
    [Alias("Msg")]
    public string Message { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        WriteVerbose(Message);
    }
}
