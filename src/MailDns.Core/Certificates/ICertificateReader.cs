namespace MailDns.Certificates;

/// <summary>Reads certificates and follows their signatures: a public class MailDns.Crypto.CertificateReader with a parameterless constructor implements it.</summary>
internal interface ICertificateReader
{
    /// <summary>The certificates of a PEM file (RFC 7468), in its order; other blocks are passed over.</summary>
    /// <exception cref="FormatException">A block is broken or is not a certificate, or there are more than <see cref="CertificateData.MaxCount"/>; the message ends a sentence and is fit to be shown.</exception>
    IReadOnlyList<CertificateData> Read(byte[] file);

    /// <summary>One certificate in DER, as TLS shows it; null where the octets are not a certificate.</summary>
    CertificateData? ReadEncoded(byte[] encoded);

    /// <summary>
    /// Why no path leads from the certificate over the others to one of the anchors (RFC 5280 section 6.1), fit to be shown
    /// and ending a sentence; null where one does. Revocation is not looked up.
    /// </summary>
    /// <exception cref="FormatException">To find out would take too long; the message ends a sentence and is fit to be shown.</exception>
    string? FindPathProblem(CertificateData leaf, IReadOnlyList<CertificateData> others, IReadOnlyList<CertificateData> anchors, DateTime time);
}
