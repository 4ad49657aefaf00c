using System.IO;
using System.Text;

namespace MailDns.Publishing;

/// <summary>An undo plan as Import-Clixml reads it.</summary>
internal sealed class UndoFile
{
    // The items, their records, their strings.
    private const int Depth = 5;

    private readonly string _path;

    private UndoFile(string path) => _path = path;

    /// <summary>Takes a path for a new file.</summary>
    /// <exception cref="IOException">The file is there, or its folder is not.</exception>
    public static UndoFile Create(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("-UndoPath is no path of a file.");
        }

        // An undo plan of another day is not to be lost.
        return File.Exists(full) ? throw new UndoFileExistsException(full)
            : Directory.Exists(Path.GetDirectoryName(full)) ? new UndoFile(full)
            : throw new DirectoryNotFoundException("The folder of -UndoPath " + full + " does not exist.");
    }

    /// <summary>Writes the plan, over what this object wrote before.</summary>
    public void Write(IEnumerable<RecordChange> undo)
    {
        string text = PSSerializer.Serialize(undo.ToArray(), Depth);
        File.WriteAllText(_path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }
}
