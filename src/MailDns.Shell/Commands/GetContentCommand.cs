using System;
using System.IO;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Get-Content of text files: one string a line, or the whole with -Raw. UTF-8 unless a byte order mark says otherwise.</summary>
[Cmdlet(VerbsCommon.Get, "Content", DefaultParameterSetName = "Path")]
[OutputType(typeof(string))]
internal sealed class GetContentCommand : PathCommand
{
    [Parameter]
    public SwitchParameter Raw { get; set; }

    protected override void ProcessRecord()
    {
        foreach (string path in ExistingPaths())
        {
            object? content = Read(path, out ErrorRecord? error);
            if (error is not null)
                WriteError(error);
            else
                WriteObject(content, enumerateCollection: !Raw);
        }
    }

    private object? Read(string path, out ErrorRecord? error)
    {
        error = null;
        try
        {
            return Raw ? File.ReadAllText(path) : File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error = new ErrorRecord(exception, "GetContentReaderError", ErrorCategory.ReadError, path);
            return null;
        }
    }
}
