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
            try
            {
                Write(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                WriteError(new ErrorRecord(exception, "GetContentReaderError", ErrorCategory.ReadError, path));
            }
        }
    }

    // Line by line: a long list of domains is never in memory as a whole.
    private void Write(string path)
    {
        if (Raw)
        {
            WriteObject(File.ReadAllText(path));
            return;
        }

        foreach (string line in File.ReadLines(path))
            WriteObject(line);
    }
}
