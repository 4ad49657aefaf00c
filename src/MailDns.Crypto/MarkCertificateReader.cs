using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MailDns.Bimi;
using MailDns.Text;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Store;

namespace MailDns.Crypto;

/// <summary>
/// Reads mark certificates and validates their path (RFC 5280 section 6.1) with BouncyCastle alone: no store of the machine
/// is asked or changed, and nothing is fetched.
/// </summary>
public sealed class MarkCertificateReader : IMarkCertificateReader
{
    /// <inheritdoc/>
    IReadOnlyList<CertificateData> IMarkCertificateReader.Read(byte[] file)
    {
        char[] text = KeyFileText.Decode(file);
        var certificates = new List<CertificateData>();
        for (PemBlock? block = PemText.Next(text, 0); block is not null; block = PemText.Next(text, block.End))
        {
            if (block.Label is not ("CERTIFICATE" or "X509 CERTIFICATE"))
            {
                continue;
            }

            if (certificates.Count == CertificateData.MaxCount)
            {
                throw new FormatException("it has more than " + CertificateData.MaxCount + " certificates");
            }

            certificates.Add(ReadBlock(text, block, certificates.Count + 1));
        }

        return certificates;
    }

    /// <inheritdoc/>
    string? IMarkCertificateReader.FindPathProblem(
        CertificateData leaf,
        IReadOnlyList<CertificateData> others,
        IReadOnlyList<CertificateData> anchors,
        DateTime time)
    {
        try
        {
            X509Certificate target = Parse(leaf);
            var roots = new HashSet<TrustAnchor>(anchors.Select(anchor => new TrustAnchor(Parse(anchor), null)));
            var selector = new X509CertStoreSelector { Certificate = target };
            var parameters = new PkixBuilderParameters(roots, selector) { IsRevocationEnabled = false, Date = time };
            parameters.AddStoreCert(CollectionUtilities.CreateStore(others.Select(Parse).Append(target)));
            new PkixCertPathBuilder().Build(parameters);
            return null;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return PrintableText.Escape(Innermost(exception).Message.Trim().TrimEnd('.'));
        }
    }

    private static CertificateData ReadBlock(char[] text, PemBlock block, int number)
    {
        string place = "certificate " + number + " ";
        byte[] encoded;
        try
        {
            encoded = KeyFileText.DecodeBase64(text, block.BodyStart, block.BodyEnd);
        }
        catch (FormatException exception)
        {
            throw new FormatException(place + "is no base64 between its lines", exception);
        }

        try
        {
            return CertificateDataReader.Read(encoded, new X509CertificateParser().ReadCertificate(encoded) ?? throw new InvalidDataException());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What a library says of broken octets helps nobody.
            throw new FormatException(place + "is damaged or is none", exception);
        }
    }

    private static X509Certificate Parse(CertificateData data) => new X509CertificateParser().ReadCertificate(data.Encoded);

    private static Exception Innermost(Exception exception)
    {
        for (int depth = 0; depth < 16 && exception.InnerException is { } inner; depth++)
        {
            exception = inner;
        }

        return exception;
    }
}
