using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Test-Path: -PathType Any, Container, Leaf.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Path", DefaultParameterSetName = "Path")]
[OutputType(typeof(bool))]
internal sealed class TestPathCommand : PathCommand
{
    [Parameter]
    [ValidateSet("Any", "Container", "Leaf")]
    public string PathType { get; set; } = "Any";

    protected override void ProcessRecord()
    {
        bool literal = IsLiteral;
        foreach (string path in literal ? LiteralPath : Path)
            WriteObject(Exists(path, literal));
    }

    private bool Exists(string path, bool literal)
    {
        try
        {
            SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            if (!string.Equals(provider.Name, "FileSystem", StringComparison.Ordinal))
                return InvokeProvider.Item.Exists(path);
        }
        catch (System.Management.Automation.DriveNotFoundException)
        {
            return false;
        }

        IReadOnlyList<string> found = Find(path, literal, out _);
        foreach (string one in found)
        {
            if (PathType switch
            {
                "Container" => Directory.Exists(one),
                "Leaf" => File.Exists(one),
                _ => true,
            })
            {
                return true;
            }
        }

        return false;
    }
}
