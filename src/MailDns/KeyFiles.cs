using System.IO;
using System.Runtime.InteropServices;
using System.Security;
using MailDns.Adapters;
using MailDns.Dane;
using MailDns.Dkim;
using MailDns.Dkim.Keys;

namespace MailDns;

/// <summary>Pass phrases out of secure strings, for as short as may be.</summary>
internal static class Passphrase
{
    /// <summary>The characters, null for none. The caller clears them.</summary>
    public static char[]? Copy(SecureString? text)
    {
        if (text is null) return null;

        var characters = new char[text.Length];
        IntPtr memory = Marshal.SecureStringToGlobalAllocUnicode(text);
        try
        {
            Marshal.Copy(memory, characters, 0, characters.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(memory);
        }

        return characters;
    }

    /// <summary>Overwrites what was copied.</summary>
    public static void Clear(char[]? characters)
    {
        if (characters is not null) Array.Clear(characters, 0, characters.Length);
    }
}

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

/// <summary>Reads small files of keys and records that users name.</summary>
internal static class KeyFile
{
    /// <summary>The text of a file of at most 64 KB.</summary>
    /// <exception cref="System.IO.IOException">It cannot be read or is larger.</exception>
    public static string Read(string path) => BoundedFile.ReadText(path, DkimKeyText.MaxLength, "64 KB, which no key is");
}

/// <summary>Reads certificates that users name.</summary>
internal static class CertificateFile
{
    /// <summary>The certificate of a file of at most 64 KB, PEM or DER.</summary>
    /// <exception cref="System.IO.IOException">It cannot be read or is larger.</exception>
    /// <exception cref="System.FormatException">It holds no certificate.</exception>
    public static TlsaCertificate Read(string path) =>
        TlsaCertificate.Read(BoundedFile.Read(path, TlsaCertificate.MaxLength, "64 KB, which no certificate is"));
}
