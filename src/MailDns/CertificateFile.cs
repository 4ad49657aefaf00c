using System.IO;
using MailDns.Dane;

namespace MailDns;

/// <summary>Reads certificates that users name.</summary>
internal static class CertificateFile
{
    /// <summary>The certificate of a file of at most 64 KB, PEM or DER.</summary>
    /// <exception cref="IOException">It cannot be read or is larger.</exception>
    /// <exception cref="System.FormatException">It holds no certificate.</exception>
    public static TlsaCertificate Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > TlsaCertificate.MaxLength)
        {
            throw new IOException("The file " + path + " is larger than 64 KB, which no certificate is.");
        }

        using var content = new MemoryStream();
        stream.CopyTo(content);
        return TlsaCertificate.Read(content.ToArray());
    }
}
