using System.IO;
using System.Text;

namespace MailDns.Adapters;

/// <summary>Reads zone files from paths as PowerShell understands them (drives, ~, wildcards).</summary>
internal static class ZoneFileLoader
{
    /// <summary>Largest file that is read; a million records fit.</summary>
    private const long MaxBytes = 256L << 20;

    private static readonly string[] s_extensions = { ".zone", ".dns", ".db", ".txt" };

    /// <summary>The zone files at a path.</summary>
    /// <param name="cmdlet">Knows the drives.</param>
    /// <param name="path">May have wildcards.</param>
    /// <param name="origin">What relative names are relative to before $ORIGIN; default: what the file's name says.</param>
    public static IEnumerable<ZoneFile> Load(PSCmdlet cmdlet, string path, DomainName? origin = null)
    {
        foreach (string file in cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider))
        {
            if (!string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException(path + " is no file.");
            }

            yield return ZoneFileParser.Parse(Read(file), Path.GetFileName(file), origin ?? DefaultOrigin(file));
        }
    }

    // Windows DNS names its files contoso.com.dns; others contoso.com.zone or db files.
    private static DomainName? DefaultOrigin(string file)
    {
        string name = Path.GetFileName(file);
        foreach (string extension in s_extensions)
        {
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
            {
                name = name.Substring(0, name.Length - extension.Length);
                break;
            }
        }

        return DomainName.TryParse(name, out DomainName? origin, out _) ? origin : null;
    }

    // An octet is a character, as in all DNS text; redirected output of Windows PowerShell is UTF-16.
    private static string Read(string file)
    {
        var info = new FileInfo(file);
        if (info.Length > MaxBytes)
        {
            throw new IOException(file + " has " + info.Length + " octets; a zone file of more than " + MaxBytes + " is not read.");
        }

        byte[] octets = File.ReadAllBytes(file);
        if (octets.Length >= 2 && octets[0] == 0xFF && octets[1] == 0xFE)
        {
            octets = Encoding.Convert(Encoding.Unicode, Encoding.UTF8, octets, 2, octets.Length - 2);
        }

        bool utf8Mark = octets.Length >= 3 && octets[0] == 0xEF && octets[1] == 0xBB && octets[2] == 0xBF;
        int start = utf8Mark ? 3 : 0;
        return Encoding.GetEncoding(28591).GetString(octets, start, octets.Length - start);
    }
}
