using System;
using System.IO;

namespace MailDns.Crypto;

/// <summary>Files that their owner alone can read, and where the system has them, permissions set in the call that creates them.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Creates the file, empty. It must not be there.</summary>
    /// <exception cref="IOException">It is there, or its file system keeps no permissions; nothing is left behind then.</exception>
    public static FileStream Create(string path)
    {
#if NETFRAMEWORK
        // Mono takes the access rules of Windows and forgets them.
        return Environment.OSVersion.Platform == PlatformID.Win32NT
            ? WindowsOwnerOnlyFile.Create(path)
            : throw new PlatformNotSupportedException("Private keys are written by .NET Framework on Windows only.");
#else
        return OperatingSystem.IsWindows() ? WindowsOwnerOnlyFile.Create(path) : CreateUnix(path);
#endif
    }

    /// <summary>Renames within a folder, in one step; the file keeps its permissions.</summary>
    /// <exception cref="IOException">The target is there and is not to be replaced.</exception>
    public static void Move(string from, string to, bool overwrite)
    {
#if NETFRAMEWORK
        // File.Replace would give the new file the permissions of the old one.
        if (overwrite)
        {
            NativeMethods.ReplaceFile(from, to);
        }
        else
        {
            File.Move(from, to);
        }
#else
        File.Move(from, to, overwrite);
#endif
    }

    /// <summary>The error for a file system without permissions.</summary>
    public static IOException NoPermissions(string path) =>
        new("The file system at " + Path.GetDirectoryName(path) + " keeps no permissions, so a private key there would be open to others. Choose another place.");

#if !NETFRAMEWORK
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static FileStream CreateUnix(string path)
    {
        const UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
            UnixCreateMode = mode,
        });

        // FAT and some network mounts give every file the same mode.
        if ((File.GetUnixFileMode(stream.SafeFileHandle) & ~mode) == UnixFileMode.None)
        {
            return stream;
        }

        stream.Dispose();
        File.Delete(path);
        throw NoPermissions(path);
    }
#endif
}
