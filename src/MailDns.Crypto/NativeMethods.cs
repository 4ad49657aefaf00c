using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MailDns.Crypto;

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
