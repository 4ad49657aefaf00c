using System.IO;
using System.Runtime.InteropServices;

namespace MailDns;

/// <summary>
/// Files that cmdlets write: whole or not at all. Written beside their place and moved there, so that nobody reads a half and a
/// full disk loses nothing. A file that is there is replaced on request only, and only where it is a regular file: never a
/// device, a pipe or a link.
/// </summary>
internal static class OutputFile
{
    /// <summary>The full path of a file in the file system.</summary>
    /// <exception cref="ArgumentException">The path leads elsewhere, or to a folder.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string parameter)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException(parameter + " must be a file-system path: " + path);

        return Directory.Exists(full) ? throw new ArgumentException(parameter + " " + path + " is a folder.") : full;
    }

    /// <summary>Refuses to take the place of anything but a regular file.</summary>
    /// <exception cref="IOException">Something else is there.</exception>
    public static void CheckReplaceable(string path)
    {
        if (FileKind.Of(path) is FileKind.Kind.Other)
            throw new IOException(path + " is not a regular file but a device, a pipe, a link or a folder; it is not replaced.");
    }

    /// <summary>Writes the file.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="overwrite">Whether a regular file that is there may be replaced.</param>
    /// <param name="write">Writes what it holds.</param>
    /// <param name="cancellationToken">Ends it before the file is in its place.</param>
    /// <exception cref="IOException">It cannot be written; what was there is as it was.</exception>
    public static void Write(string path, bool overwrite, Action<Stream> write, CancellationToken cancellationToken)
    {
        if (overwrite) CheckReplaceable(path);

        string temporary = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path) + "." + Guid.NewGuid().ToString("N").Substring(0, 8) + ".tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16))
            {
                write(stream);
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

    // Replace keeps the access rules of the file that is there. A move fails where a file has come to be in the meantime.
    private static void Move(string temporary, string path, bool overwrite)
    {
        if (overwrite && File.Exists(path))
            File.Replace(temporary, path, destinationBackupFileName: null);
        else
            File.Move(temporary, path);
    }
}

/// <summary>What stands at a path, the link itself and not what it leads to.</summary>
internal static class FileKind
{
    private const int TypeMask = 0xF000;
    private const int TypeRegular = 0x8000;

    internal enum Kind
    {
        /// <summary>Nothing.</summary>
        None,

        /// <summary>A regular file.</summary>
        Regular,

        /// <summary>A folder, a link, a device, a pipe, a socket.</summary>
        Other,
    }

    public static Kind Of(string path)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // Files of cloud storage are reparse points too, and regular files otherwise.
            return File.Exists(path) ? path.StartsWith(@"\\.\", StringComparison.Ordinal) ? Kind.Other : Kind.Regular : Directory.Exists(path) ? Kind.Other : Kind.None;
        }

        return Mode(path) is { } mode ? (mode & TypeMask) == TypeRegular ? Kind.Regular : Kind.Other : Kind.None;
    }

    // The runtime's own lstat: its result has the mode as the second number on every system.
    private static int? Mode(string path)
    {
        var status = new int[64];
        try
        {
            return LStat(path, status) == 0 ? status[1] : null;
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            if (!File.Exists(path)) return Directory.Exists(path) ? 0 : null;

            FileAttributes attributes = File.GetAttributes(path);
            return attributes.HasFlag(FileAttributes.ReparsePoint) || path.StartsWith("/dev/", StringComparison.Ordinal) ? 0 : TypeRegular;
        }
    }

    [DllImport("libSystem.Native", EntryPoint = "SystemNative_LStat", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int LStat([MarshalAs(UnmanagedType.LPStr)] string path, [Out] int[] status);
}
