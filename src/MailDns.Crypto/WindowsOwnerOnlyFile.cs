using System.IO;
using System.Security.AccessControl;
using System.Security.Principal;

namespace MailDns.Crypto;

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
