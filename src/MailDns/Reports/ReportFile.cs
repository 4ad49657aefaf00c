using System.IO;
using System.Text;

namespace MailDns.Reports;

/// <summary>The file of a report: whole or not there at all.</summary>
internal static class ReportFile
{
    /// <summary>The full path of a file in the file system.</summary>
    /// <exception cref="ArgumentException">The path leads elsewhere, or to a folder.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
        {
            throw new ArgumentException("-Path " + path + " is no path of a file.");
        }

        return Directory.Exists(full) ? throw new ArgumentException("-Path " + path + " is a folder.") : full;
    }

    /// <summary>
    /// Writes beside the file and then moves there, so that nobody reads a half. UTF-8 without a byte order mark. The move
    /// fails where the file has come to be in the meantime and may not be replaced.
    /// </summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<TextWriter> write, CancellationToken cancellationToken)
    {
        string temporary = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            using (var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                write(writer);
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    // Replace keeps the access rules of the file that is there.
    private static void Move(string temporary, string path, bool overwrite)
    {
        if (overwrite && File.Exists(path))
        {
            File.Replace(temporary, path, destinationBackupFileName: null);
        }
        else
        {
            File.Move(temporary, path);
        }
    }
}
