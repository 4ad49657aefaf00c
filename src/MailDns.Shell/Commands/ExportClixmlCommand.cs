using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using MailDns.Shell.Hosting;

namespace MailDns.Shell.Commands;

/// <summary>Export-Clixml: -Path, -Depth.</summary>
[Cmdlet(VerbsData.Export, "Clixml", SupportsShouldProcess = true)]
internal sealed class ExportClixmlCommand : PSCmdlet
{
    private readonly List<object?> _items = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath")]
    public string Path { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Depth { get; set; } = 2;

    protected override void ProcessRecord()
    {
        _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        string path = GetUnresolvedProviderPathFromPSPath(Path);
        if (!ShouldProcess(path))
            return;
        try
        {
            File.WriteAllText(path, EngineInternals.Serialize(_items, Depth));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.WriteError, path));
        }
    }
}
