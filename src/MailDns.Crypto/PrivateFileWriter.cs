using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.AccessControl;
using System.Security.Cryptography;
using System.Security.Principal;
using MailDns.Dkim.Keys;
using Microsoft.Win32.SafeHandles;

namespace MailDns.Crypto;

/// <summary>
/// Writes a new file beside its place, for its owner alone from the start, and moves it there: a reader sees the old file or
/// the new one, never a part, and nobody else sees either.
/// </summary>
public sealed class PrivateFileWriter : IPrivateFileWriter
{
    void IPrivateFileWriter.Write(string path, byte[] octets, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw new PrivateFileExistsException(path);

        string folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException("The folder " + folder + " does not exist.");

        string temporary = Path.Combine(folder, ".maildns-" + RandomName() + ".tmp");
        bool moved = false;
        try
        {
            using (FileStream stream = OwnerOnlyFile.Create(temporary))
            {
                stream.Write(octets, 0, octets.Length);
                stream.Flush(flushToDisk: true);
            }

            Move(temporary, path, overwrite);
            moved = true;
        }
        finally
        {
            if (!moved) File.Delete(temporary);
        }
    }

    private static void Move(string from, string to, bool overwrite)
    {
        try
        {
            OwnerOnlyFile.Move(from, to, overwrite);
        }
        catch (IOException) when (!overwrite && File.Exists(to))
        {
            throw new PrivateFileExistsException(to);
        }
    }

    private static string RandomName()
    {
        var octets = new byte[8];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(octets);
        return BitConverter.ToString(octets).Replace("-", string.Empty);
    }
}

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

/// <summary>What .NET does not offer of Windows.</summary>
internal static class NativeMethods
{
    /// <summary>FILE_PERSISTENT_ACLS of GetVolumeInformationByHandleW: the file system keeps access control lists.</summary>
    private const uint PersistentAcls = 0x8;

    /// <summary>MOVEFILE_REPLACE_EXISTING and MOVEFILE_WRITE_THROUGH of MoveFileExW.</summary>
    private const uint ReplaceExistingWriteThrough = 0x1 | 0x8;

    /// <summary>True where the file system says that it keeps no access control lists.</summary>
    public static bool LacksPermissions(SafeFileHandle file) =>
        GetVolumeInformationByHandleW(file, IntPtr.Zero, 0, IntPtr.Zero, IntPtr.Zero, out uint flags, IntPtr.Zero, 0)
        && (flags & PersistentAcls) == 0;

    /// <summary>Renames over a file in one step.</summary>
    /// <exception cref="IOException">Windows refuses.</exception>
    public static void ReplaceFile(string from, string to)
    {
        if (!MoveFileExW(from, to, ReplaceExistingWriteThrough))
        {
            var reason = new Win32Exception(Marshal.GetLastWin32Error());
            throw new IOException(to + " cannot be replaced: " + reason.Message, reason);
        }
    }

    [DllImport("kernel32.dll", ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileExW(string from, string to, uint flags);

    [DllImport("kernel32.dll", ExactSpelling = true, CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetVolumeInformationByHandleW(
        SafeFileHandle file,
        IntPtr volumeName,
        uint volumeNameSize,
        IntPtr serialNumber,
        IntPtr longestComponent,
        out uint flags,
        IntPtr fileSystemName,
        uint fileSystemNameSize);
}

/// <summary>Files on Windows that nobody but their owner has access to; nothing is inherited from the folder.</summary>
#if !NETFRAMEWORK
[System.Runtime.Versioning.SupportedOSPlatform("windows")]
#endif
internal static class WindowsOwnerOnlyFile
{
    private const FileSystemRights Rights = FileSystemRights.Write | FileSystemRights.Read;

    public static FileStream Create(string path)
    {
        FileSecurity security = OwnerOnly();
#if NETFRAMEWORK
        var stream = new FileStream(path, FileMode.CreateNew, Rights, FileShare.None, bufferSize: 1, FileOptions.None, security);
#else
        FileStream stream = new FileInfo(path).Create(FileMode.CreateNew, Rights, FileShare.None, bufferSize: 1, FileOptions.None, security);
#endif
        if (!NativeMethods.LacksPermissions(stream.SafeFileHandle))
        {
            return stream;
        }

        stream.Dispose();
        File.Delete(path);
        throw OwnerOnlyFile.NoPermissions(path);
    }

    private static FileSecurity OwnerOnly()
    {
        using var identity = WindowsIdentity.GetCurrent();
        SecurityIdentifier user = identity.User!;
        var security = new FileSecurity();
        security.SetOwner(user);
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(user, FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }
}
