using System.Collections.Generic;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>The two ways to name a file: -Path with wildcards, -LiteralPath without.</summary>
internal abstract class PathCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Whether names are taken as they stand.</summary>
    protected bool IsLiteral => string.Equals(ParameterSetName, "LiteralPath", System.StringComparison.Ordinal);

    /// <summary>The files that exist; an error for each name that has none.</summary>
    protected IEnumerable<string> ExistingPaths()
    {
        bool literal = IsLiteral;
        foreach (string path in literal ? LiteralPath : Path)
        {
            IReadOnlyList<string> found = Find(path, literal, out ItemNotFoundException? missing);
            foreach (string one in found)
                yield return one;
            if (missing is not null)
                WriteError(new ErrorRecord(missing, "PathNotFound", ErrorCategory.ObjectNotFound, path));
        }
    }

    /// <summary>The places meant, whether anything is there or not.</summary>
    protected IEnumerable<string> TargetPaths()
    {
        foreach (string path in IsLiteral ? LiteralPath : Path)
            yield return GetUnresolvedProviderPathFromPSPath(path);
    }

    /// <summary>What one name stands for.</summary>
    protected IReadOnlyList<string> Find(string path, bool literal, out ItemNotFoundException? missing)
    {
        missing = null;
        try
        {
            if (!literal)
                return GetResolvedProviderPathFromPSPath(path, out _);
            string target = GetUnresolvedProviderPathFromPSPath(path);
            if (System.IO.Path.Exists(target))
                return [target];
            missing = new ItemNotFoundException($"Cannot find path '{target}' because it does not exist.");
        }
        catch (ItemNotFoundException exception)
        {
            missing = exception;
        }

        return [];
    }
}
