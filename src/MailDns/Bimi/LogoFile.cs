using System.IO;
using System.IO.Compression;

namespace MailDns.Bimi;

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
