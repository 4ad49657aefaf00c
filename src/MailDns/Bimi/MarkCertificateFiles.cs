using System.IO;
using System.IO.Compression;
using MailDns.Adapters;
using MailDns.Certificates;
using MailDns.Text;

namespace MailDns.Bimi;

/// <summary>Reads PEM files of mark certificates and of their roots.</summary>
internal static class MarkCertificateFiles
{
    /// <summary>
    /// What certificates are judged with. The adapter is loaded at first use; roots are read now, and a wrong path or a file
    /// without certificates ends the cmdlet.
    /// </summary>
    public static Lazy<MarkCertificateTrust> LoadTrustOrStop(PSCmdlet cmdlet, string[] rootPaths)
    {
        CertificateData[] roots = rootPaths.SelectMany(path => LoadRootsOrStop(cmdlet, path)).ToArray();
        return new Lazy<MarkCertificateTrust>(() => new MarkCertificateTrust(AdapterFactory.CreateCertificateReader(), roots, DateTime.UtcNow));
    }

    /// <summary>The octets of a file, a wrong path ends the cmdlet.</summary>
    public static byte[] ReadOrStop(PSCmdlet cmdlet, string path)
    {
        try
        {
            return LogoFile.Read(Resolve(cmdlet, path).Single());
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, path));
            throw;
        }
    }

    private static IReadOnlyList<CertificateData> LoadRootsOrStop(PSCmdlet cmdlet, string path)
    {
        try
        {
            return Resolve(cmdlet, path).SelectMany(ReadRoots).ToArray();
        }
        catch (Exception exception) when (IsRefusal(exception))
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception, path));
            throw;
        }
    }

    private static IReadOnlyList<CertificateData> ReadRoots(string file)
    {
        try
        {
            IReadOnlyList<CertificateData> roots = AdapterFactory.CreateCertificateReader().Read(LogoFile.Read(file));
            return roots.Count > 0 ? roots : throw new FormatException("it contains no certificate in PEM");
        }
        catch (FormatException exception)
        {
            throw new FormatException("The file " + PrintableText.Quote(file) + " gives no root certificates: " + exception.Message + ".", exception);
        }
    }

    private static IReadOnlyCollection<string> Resolve(PSCmdlet cmdlet, string path)
    {
        IReadOnlyCollection<string> files = cmdlet.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider);
        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase) ? files : throw new ArgumentException(PrintableText.Quote(path) + " is not a file.");
    }

    private static bool IsRefusal(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SessionStateException or ArgumentException or NotSupportedException or FormatException or InvalidOperationException;
}

/// <summary>Logos on disk, read and written within bounds.</summary>
internal static class LogoFile
{
    /// <summary>The file's bytes, up to one more than are judged, so that a larger file is known to be larger.</summary>
    public static byte[] Read(string path) => BoundedFile.ReadStart(path, SvgReader.MaxBytes);

    /// <summary>Writes the file, packed where its name ends in .svgz; an existing one only when told to.</summary>
    /// <exception cref="IOException">The file exists and <paramref name="overwrite"/> is false.</exception>
    public static void Write(string path, byte[] content, bool overwrite)
    {
        using var file = new FileStream(path, overwrite ? FileMode.Create : FileMode.CreateNew, FileAccess.Write, FileShare.None);
        if (!path.EndsWith(".svgz", StringComparison.OrdinalIgnoreCase))
        {
            file.Write(content, 0, content.Length);
            return;
        }

        using var packed = new GZipStream(file, CompressionLevel.Optimal);
        packed.Write(content, 0, content.Length);
    }
}
