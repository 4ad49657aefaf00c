using MailDns.Dane;

namespace MailDns;

/// <summary>Reads certificates that users name.</summary>
internal static class CertificateFile
{
    /// <summary>The certificate of a file of at most 64 KB, PEM or DER.</summary>
    /// <exception cref="System.IO.IOException">It cannot be read or is larger.</exception>
    /// <exception cref="System.FormatException">It holds no certificate.</exception>
    public static TlsaCertificate Read(string path) =>
        TlsaCertificate.Read(BoundedFile.Read(path, TlsaCertificate.MaxLength, "64 KB, which no certificate is"));
}
