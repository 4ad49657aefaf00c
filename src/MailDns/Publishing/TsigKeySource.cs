using System.IO;
using System.Reflection;

namespace MailDns.Publishing;

/// <summary>The key of dynamic updates from a file or a credential: it never stands on a command line or in a message.</summary>
internal static class TsigKeySource
{
    /// <summary>The key of a file as tsig-keygen writes it.</summary>
    /// <exception cref="FormatException">It holds no key.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Everybody may read or change it.</exception>
    public static TsigKey FromFile(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("-TsigKeyPath must be a path of the file system.");

        string text = KeyFile.Read(full);
        if (IsOpenToOthers(full))
        {
            throw new UnauthorizedAccessException("The key file " + full + " can be read or changed by others: whoever has the key can change the zone. Let its owner, and at most a group, read it (chmod 640).");
        }

        return TsigKeyFile.Parse(text);
    }

    /// <summary>The key of a credential: user name and password are the key's name and its secret in base64.</summary>
    /// <exception cref="FormatException">They are none.</exception>
    public static TsigKey FromCredential(PSCredential credential, string algorithm)
    {
        if (!DomainName.TryParseDns(credential.UserName, out DomainName? name))
            throw new FormatException("The user name of -TsigKey is the key's name, a domain name.");

        char[] secret = Passphrase.Copy(credential.Password)!;
        try
        {
            return new TsigKey(name!, algorithm, TsigKeyFile.Secret(new string(secret)));
        }
        finally
        {
            Passphrase.Clear(secret);
        }
    }

    // File.GetUnixFileMode is there where PowerShell 7 runs, and means something outside Windows only.
    private static bool IsOpenToOthers(string path)
    {
        const int OtherRead = 4;
        const int OtherWrite = 2;
        MethodInfo? method = Path.DirectorySeparatorChar == '/' ? typeof(File).GetMethod("GetUnixFileMode", new[] { typeof(string) }) : null;
        return method?.Invoke(obj: null, new object[] { path }) is { } mode
            && (Convert.ToInt32(mode, System.Globalization.CultureInfo.InvariantCulture) & (OtherRead | OtherWrite)) != 0;
    }
}
