using System.IO;

namespace MailDns.Adapters;

/// <summary>Files as PowerShell names them: drives, ~ and wildcards.</summary>
internal static class FilePaths
{
    /// <summary>The files at a path. A name that a pattern would not match, such as l[1].svg, is taken as it is where there is such a file.</summary>
    /// <param name="cmdlet">Knows the drives.</param>
    /// <param name="path">May have wildcards.</param>
    /// <param name="isLiteral">True where wildcards are characters of the name.</param>
    /// <exception cref="FileNotFoundException">No file matches.</exception>
    /// <exception cref="ArgumentException">The path is not one of the file system.</exception>
    public static IReadOnlyCollection<string> Resolve(PSCmdlet cmdlet, string path, bool isLiteral = false)
    {
        string literal = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(path + " is not a path of the file system.");

        if (isLiteral || File.Exists(literal) || Directory.Exists(literal)) return new[] { literal };

        IReadOnlyCollection<string> files = cmdlet.GetResolvedProviderPathFromPSPath(path, out _);
        return files.Count > 0 ? files : throw new FileNotFoundException("No file matches " + path + ".", literal);
    }
}
