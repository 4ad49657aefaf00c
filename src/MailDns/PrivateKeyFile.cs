using System.IO;
using System.Security;
using MailDns.Adapters;
using MailDns.Dkim;
using MailDns.Dkim.Keys;

namespace MailDns;

/// <summary>The file of a private key, by a path as PowerShell understands it.</summary>
internal static class PrivateKeyFile
{
    // A 16384-bit key in PEM has 13 KB.
    private const int MaxBytes = 64 * 1024;

    /// <summary>The full path of a file in the file system.</summary>
    /// <exception cref="ArgumentException">The path leads elsewhere.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase)
            ? full
            : throw new ArgumentException("-PrivateKeyPath must be a file-system path: " + path);
    }

    /// <summary>The public half of the file's private key, which has proved that it signs.</summary>
    /// <exception cref="PrivateKeyException">It is no private key that DKIM has, or the pass phrase is wrong.</exception>
    /// <exception cref="IOException">It cannot be read, or is no key by its size.</exception>
    public static DkimPublicKey ReadPublicKey(string path, SecureString? password)
    {
        char[]? characters = Passphrase.Copy(password);
        byte[]? file = null;
        try
        {
            file = Read(path);
            return DkimPublicKey.Read(AdapterFactory.CreatePrivateKeyReader().ReadPublicKey(file, characters));
        }
        finally
        {
            Passphrase.Clear(characters);
            if (file is not null) Array.Clear(file, 0, file.Length);
        }
    }

    private static byte[] Read(string path) => BoundedFile.Read(path, MaxBytes, "64 KB, which no key is");
}
