using System.IO;
using System.Text;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>Reads zone files from paths as PowerShell understands them (drives, ~, wildcards).</summary>
internal static class ZoneFileLoader
{
    /// <summary>Largest file that is read; a million records fit.</summary>
    private const long MaxBytes = 256L << 20;

    /// <summary>The zone files at a path.</summary>
    /// <param name="cmdlet">Knows the drives.</param>
    /// <param name="path">May have wildcards.</param>
    /// <param name="zone">The zone that the user names; else the file tells it, or its name, or the domains asked about.</param>
    /// <param name="asked">The domains asked about, where they are known.</param>
    /// <param name="isLiteral">True where wildcards are characters of the name.</param>
    public static IEnumerable<ZoneFile> Load(MailDnsCmdlet cmdlet, string path, DomainName? zone, IReadOnlyList<DomainName> asked, bool isLiteral = false)
    {
        foreach (string file in FilePaths.Resolve(cmdlet, path, isLiteral))
        {
            string name = Path.GetFileName(file);
            ZoneOrigin? origin = zone is null ? ZoneNames.Guess(name, asked) : new ZoneOrigin(zone, "-ZoneName", IsStated: true);
            yield return Tell(cmdlet, ZoneFileParser.Parse(Decode(BoundedFile.Read(file, MaxBytes, MaxBytes + " octets, which is the limit for a zone file")), name, origin, file));
        }
    }

    /// <summary>Writes what the file was taken for, and what of it was not understood.</summary>
    public static ZoneFile Tell(MailDnsCmdlet cmdlet, ZoneFile file)
    {
        string zone = PrintableText.Escape(file.FileName) + " is taken as " + (file.IsComplete ? "the zone " : "a part of the zone ") + file.Apex + ", by " + file.ApexSource + ".";
        cmdlet.WriteMessage(CmdletMessage.Verbose(zone));
        foreach (string warning in file.Warnings)
            cmdlet.WriteMessage(CmdletMessage.Warning(warning));

        return file;
    }

    // An octet is a character, as in all DNS text; redirected output of Windows PowerShell is UTF-16, and its byte order mark tells which.
    private static string Decode(byte[] octets)
    {
        bool isLittle = octets.Length >= 2 && octets[0] == 0xFF && octets[1] == 0xFE;
        bool isBig = octets.Length >= 2 && octets[0] == 0xFE && octets[1] == 0xFF;
        if (isLittle || isBig)
            octets = Encoding.Convert(isLittle ? Encoding.Unicode : Encoding.BigEndianUnicode, Encoding.UTF8, octets, 2, octets.Length - 2);

        return Encoding.GetEncoding(28591).GetString(octets);
    }
}
