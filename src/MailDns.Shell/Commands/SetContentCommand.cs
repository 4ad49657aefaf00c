using System;
using System.IO;
using System.Management.Automation;
using System.Text;

namespace MailDns.Shell.Commands;

/// <summary>Set-Content: text as UTF-8 without a byte order mark, -NoNewline.</summary>
[Cmdlet(VerbsCommon.Set, "Content", DefaultParameterSetName = "Path", SupportsShouldProcess = true)]
internal sealed class SetContentCommand : PSCmdlet
{
    private readonly StringBuilder _text = new();

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string? LiteralPath { get; set; }

    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[] Value { get; set; } = [];

    [Parameter]
    public SwitchParameter NoNewline { get; set; }

    protected override void ProcessRecord()
    {
        foreach (object? item in Value)
        {
            _text.Append(item);
            if (!NoNewline)
                _text.AppendLine();
        }
    }

    protected override void EndProcessing()
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path ?? LiteralPath);
        if (!ShouldProcess(path))
            return;
        try
        {
            File.WriteAllText(path, _text.ToString());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "GetContentWriterError", ErrorCategory.WriteError, path));
        }
    }
}
