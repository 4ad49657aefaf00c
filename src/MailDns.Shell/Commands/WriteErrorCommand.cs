using System;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Write-Error.</summary>
[Cmdlet(VerbsCommunications.Write, "Error", DefaultParameterSetName = "Message")]
internal sealed class WriteErrorCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = "Message")]
    [AllowEmptyString]
    public string Message { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ParameterSetName = "Exception")]
    public Exception? Exception { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "ErrorRecord")]
    public ErrorRecord? ErrorRecord { get; set; }

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public string ErrorId { get; set; } = "Microsoft.PowerShell.Commands.WriteErrorException";

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public ErrorCategory Category { get; set; } = ErrorCategory.NotSpecified;

    [Parameter(ParameterSetName = "Message")]
    [Parameter(ParameterSetName = "Exception")]
    public object? TargetObject { get; set; }

    protected override void ProcessRecord()
    {
        WriteError(ErrorRecord ?? new ErrorRecord(Exception ?? new RuntimeException(Message), ErrorId, Category, TargetObject));
    }
}
