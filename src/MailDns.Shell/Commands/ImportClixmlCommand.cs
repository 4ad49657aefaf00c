using System;
using System.IO;
using System.Management.Automation;
using System.Xml;

namespace MailDns.Shell.Commands;

/// <summary>Import-Clixml: -Path, -LiteralPath.</summary>
[Cmdlet(VerbsData.Import, "Clixml", DefaultParameterSetName = "Path")]
internal sealed class ImportClixmlCommand : PathCommand
{
    protected override void ProcessRecord()
    {
        foreach (string path in ExistingPaths())
        {
            object[] items = Read(path, out ErrorRecord? error);
            if (error is not null)
                WriteError(error);
            else
                WriteObject(items, enumerateCollection: true);
        }
    }

    private static object[] Read(string path, out ErrorRecord? error)
    {
        error = null;
        try
        {
            return PSSerializer.DeserializeAsList(File.ReadAllText(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            error = new ErrorRecord(exception, "ImportClixmlFailed", ErrorCategory.ReadError, path);
            return [];
        }
    }
}
