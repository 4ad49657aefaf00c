using System.IO;
using MailDns.Bimi;
using MailDns.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
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
            throw new FormatException(place + "is not base64 between its lines", exception);
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

/// <summary>Takes from a certificate what the rules of BIMI ask for.</summary>
internal static class CertificateDataReader
{
    private static readonly DerObjectIdentifier s_markType = new("1.3.6.1.4.1.53087.1.13");
    private static readonly DerObjectIdentifier s_logotype = new("1.3.6.1.5.5.7.1.12");
    private static readonly DerObjectIdentifier s_timestamps = new("1.3.6.1.4.1.11129.2.4.2");

    public static CertificateData Read(byte[] encoded, X509Certificate certificate) => new(encoded)
    {
        Subject = certificate.SubjectDN.ToString(),
        Issuer = certificate.IssuerDN.ToString(),
        SerialNumber = certificate.SerialNumber.ToString(16).ToUpperInvariant(),
        Organization = certificate.SubjectDN.GetValueList(X509Name.O).FirstOrDefault(),
        NotBefore = certificate.NotBefore.ToUniversalTime(),
        NotAfter = certificate.NotAfter.ToUniversalTime(),
        IsAuthority = certificate.GetBasicConstraints() >= 0,
        ExtendedKeyUsages = certificate.GetExtendedKeyUsage()?.Select(usage => usage.Id).ToArray(),
        DnsNames = DnsNames(certificate),
        MarkTypes = certificate.SubjectDN.GetValueList(s_markType).ToArray(),
        Logotype = certificate.GetExtensionValue(s_logotype) is { } logotype ? LogotypeReader.Read(logotype.GetOctets()) : null,
        TimestampList = certificate.GetExtensionValue(s_timestamps) is { } list ? Asn1OctetString.GetInstance(list.GetOctets()).GetOctets() : null,
        RevocationLists = RevocationLists(certificate),
    };

    private static string[] DnsNames(X509Certificate certificate) =>
        certificate.GetExtensionValue(X509Extensions.SubjectAlternativeName) is { } value
            ? GeneralNames.GetInstance(Asn1Object.FromByteArray(value.GetOctets())).GetNames()
                .Where(name => name.TagNo == GeneralName.DnsName)
                .Select(name => DerIA5String.GetInstance(name.Name).GetString())
                .ToArray()
            : Array.Empty<string>();

    private static string[] RevocationLists(X509Certificate certificate)
    {
        if (certificate.GetExtensionValue(X509Extensions.CrlDistributionPoints) is not { } value)
        {
            return Array.Empty<string>();
        }

        IEnumerable<DistributionPointName> points = CrlDistPoint.GetInstance(Asn1Object.FromByteArray(value.GetOctets())).GetDistributionPoints()
            .Select(point => point.DistributionPointName)
            .Where(name => name is not null && name.Type == DistributionPointName.FullName);
        return points.SelectMany(point => GeneralNames.GetInstance(point.Name).GetNames())
            .Where(name => name.TagNo == GeneralName.UniformResourceIdentifier)
            .Select(name => DerIA5String.GetInstance(name.Name).GetString())
            .ToArray();
    }
}

/// <summary>Reads subjectLogo of a logotype extension (RFC 9399 section 4.1; its module has implicit tags, so the tag of a CHOICE is explicit).</summary>
internal static class LogotypeReader
{
    private const int SubjectLogo = 2;
    private const int Direct = 0;

    public static LogotypeData Read(byte[] extension)
    {
        try
        {
            return new LogotypeData(Images(Asn1Sequence.GetInstance(extension)).ToArray(), problem: null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new LogotypeData(Array.Empty<LogotypeImage>(), "it is no LogotypeExtn of RFC 9399");
        }
    }

    private static IEnumerable<LogotypeImage> Images(Asn1Sequence extension)
    {
        foreach (Asn1TaggedObject logo in extension.OfType<Asn1TaggedObject>().Where(part => part.TagNo == SubjectLogo))
        {
            var info = Asn1TaggedObject.GetInstance(logo.GetExplicitBaseObject());
            if (info.TagNo != Direct)
            {
                continue;
            }

            // LogotypeData: SEQUENCE OF images, then audio in [1].
            var data = Asn1Sequence.GetInstance(info, declaredExplicit: false);
            foreach (Asn1Encodable image in data.OfType<Asn1Sequence>().SelectMany(images => images))
            {
                yield return Image(Asn1Sequence.GetInstance(Asn1Sequence.GetInstance(image)[0]));
            }
        }
    }

    private static LogotypeImage Image(Asn1Sequence details) => new(
        DerIA5String.GetInstance(details[0]).GetString(),
        Asn1Sequence.GetInstance(details[2]).Select(address => DerIA5String.GetInstance(address).GetString()).ToArray(),
        Asn1Sequence.GetInstance(details[1]).Select(Hash).ToArray());

    private static KeyValuePair<string, byte[]> Hash(Asn1Encodable encodable)
    {
        var pair = Asn1Sequence.GetInstance(encodable);
        return new KeyValuePair<string, byte[]>(
            AlgorithmIdentifier.GetInstance(pair[0]).Algorithm.Id,
            Asn1OctetString.GetInstance(pair[1]).GetOctets());
    }
}
