using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Output.</summary>
[Cmdlet(VerbsCommunications.Write, "Output")]
internal sealed class WriteOutputCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromRemainingArguments = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter NoEnumerate { get; set; }

    protected override void ProcessRecord()
    {
        WriteObject(InputObject, enumerateCollection: !NoEnumerate);
    }
}
