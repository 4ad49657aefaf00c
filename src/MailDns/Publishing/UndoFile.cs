using System.IO;
using System.Text;

namespace MailDns.Publishing;

/// <summary>
/// An undo plan as Import-Clixml reads it. Its file is claimed before anything else happens, so that no second run has the
/// same; what is written later takes the place of what this run wrote before, and of nothing else.
/// </summary>
internal sealed class UndoFile : IDisposable
{
    // The items, their records, their strings.
    private const int Depth = 5;
    private byte[] _content = Encoding.ASCII.GetBytes("Claimed by Publish-SendingDomainRecord, run " + Guid.NewGuid().ToString("N") + ".");
    private bool _hasPlan;

    private UndoFile(string path) => FullPath = path;

    public string FullPath { get; }

    /// <summary>Claims a path for a new file.</summary>
    /// <exception cref="IOException">The file is there, or its folder is not.</exception>
    public static UndoFile Create(PSCmdlet cmdlet, string path)
    {
        var undo = new UndoFile(OutputFile.Resolve(cmdlet, path, "-UndoPath"));
        string full = undo.FullPath;
        if (!Directory.Exists(Path.GetDirectoryName(full)))
            throw new DirectoryNotFoundException("The folder of -UndoPath " + full + " does not exist.");

        try
        {
            using var stream = new FileStream(full, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            stream.Write(undo._content, 0, undo._content.Length);
        }
        catch (IOException) when (FileKind.Of(full) != FileKind.Kind.None)
        {
            // An undo plan of another day is not to be lost.
            throw new UndoFileExistsException(full);
        }

        return undo;
    }

    /// <summary>Writes the plan, in the place of what this object wrote before.</summary>
    /// <exception cref="IOException">It cannot be written, or another file has come to be at the path; what was written before is as it was.</exception>
    public void Write(IEnumerable<RecordChange> undo)
    {
        byte[] content = new UTF8Encoding(encoderShouldEmitUTF8Identifier: true).GetPreamble().Concat(Encoding.UTF8.GetBytes(PSSerializer.Serialize(undo.ToArray(), Depth))).ToArray();
        if (!IsOurs()) throw new UndoFileExistsException(FullPath);

        OutputFile.Write(FullPath, overwrite: true, stream => stream.Write(content, 0, content.Length), CancellationToken.None);
        _content = content;
        _hasPlan = true;
    }

    /// <summary>Frees the claim where no plan came to be written.</summary>
    public void Dispose()
    {
        try
        {
            if (!_hasPlan && IsOurs()) File.Delete(FullPath);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // An empty claim that stays does no harm.
        }
    }

    private bool IsOurs() => FileKind.Of(FullPath) == FileKind.Kind.Regular && new FileInfo(FullPath).Length == _content.Length && File.ReadAllBytes(FullPath).SequenceEqual(_content);
}

/// <summary>Another file is at the path of an undo plan.</summary>
internal sealed class UndoFileExistsException(string path) : IOException("The file " + path + " exists already; an undo plan is never written over another file. Name a new one.")
{
}
