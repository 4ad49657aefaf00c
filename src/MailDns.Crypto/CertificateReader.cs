using System.IO;
using MailDns.Certificates;
using MailDns.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.X509;

namespace MailDns.Crypto;

/// <summary>
/// Reads certificates and validates their path (RFC 5280 section 6.1) with BouncyCastle alone: no store of the machine
/// is asked or changed, and nothing is fetched.
/// </summary>
public sealed class CertificateReader : ICertificateReader
{
    /// <inheritdoc/>
    IReadOnlyList<CertificateData> ICertificateReader.Read(byte[] file)
    {
        char[] text = KeyFileText.Decode(file);
        var certificates = new List<CertificateData>();
        for (PemBlock? block = PemText.Next(text, 0); block is not null; block = PemText.Next(text, block.End))
        {
            if (block.Label is not ("CERTIFICATE" or "X509 CERTIFICATE")) continue;

            if (certificates.Count == CertificateData.MaxCount)
                throw new FormatException("it has more than " + CertificateData.MaxCount + " certificates");

            certificates.Add(ReadBlock(text, block, certificates.Count + 1));
        }

        return certificates;
    }

    /// <inheritdoc/>
    CertificateData? ICertificateReader.ReadEncoded(byte[] encoded)
    {
        try
        {
            return Read(encoded);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    string? ICertificateReader.FindPathProblem(
        CertificateData leaf,
        IReadOnlyList<CertificateData> others,
        IReadOnlyList<CertificateData> anchors,
        DateTime time)
    {
        try
        {
            return new CertificatePath(Parse(leaf), others.Select(Parse), anchors.Select(Parse).ToArray(), time).FindProblem();
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or FormatException))
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
            return Read(encoded);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What a library says of broken octets helps nobody.
            throw new FormatException(place + "is damaged or is none", exception);
        }
    }

    private static CertificateData Read(byte[] encoded) =>
        CertificateDataReader.Read(encoded, new X509CertificateParser().ReadCertificate(encoded) ?? throw new InvalidDataException());

    private static X509Certificate Parse(CertificateData data) => new X509CertificateParser().ReadCertificate(data.Encoded);

    private static Exception Innermost(Exception exception)
    {
        for (int depth = 0; depth < 16 && exception.InnerException is { } inner; depth++)
            exception = inner;

        return exception;
    }
}

/// <summary>
/// The one path that leads up from a certificate. It is followed by names and signatures, an issuer at a time and never
/// back: a builder that tries every path through a circle of names would be busy for minutes.
/// </summary>
internal sealed class CertificatePath(X509Certificate leaf, IEnumerable<X509Certificate> others, IReadOnlyList<X509Certificate> anchors, DateTime time)
{
    /// <summary>Most signatures that are verified on the way up.</summary>
    private const int MostSignatures = 16;

    // A modulus or exponent beyond these takes seconds a signature; no authority has one.
    private const int MostModulusBits = 8192;
    private const int MostExponentBits = 64;
    private const int MostCurveOctets = 1024;

    private readonly List<X509Certificate> _others = others.ToList();
    private int _signatures;

    /// <summary>Why no path leads to an anchor; null where one does.</summary>
    /// <exception cref="FormatException">The path takes more work than is done; the message ends a sentence.</exception>
    public string? FindProblem()
    {
        var path = new List<X509Certificate>();
        X509Certificate current = leaf;
        while (true)
        {
            path.Add(current);
            if (FindIssuer(current, anchors) is { } anchor)
            {
                Validate(path, anchor);
                return null;
            }

            if (FindIssuer(current, _others) is not { } issuer)
                return "none of the certificates has signed " + PrintableText.Quote(current.SubjectDN.ToString());

            _others.Remove(issuer);
            current = issuer;
        }
    }

    private X509Certificate? FindIssuer(X509Certificate certificate, IEnumerable<X509Certificate> candidates) =>
        candidates.FirstOrDefault(candidate => candidate.SubjectDN.Equivalent(certificate.IssuerDN) && IsSignedBy(certificate, candidate));

    private bool IsSignedBy(X509Certificate certificate, X509Certificate issuer)
    {
        if (!IsBounded(issuer.CertificateStructure.SubjectPublicKeyInfo))
            throw new FormatException("the key of " + PrintableText.Quote(issuer.SubjectDN.ToString()) + " is larger than any authority has");

        if (++_signatures > MostSignatures)
            throw new FormatException("its certificates have more than " + MostSignatures + " signatures to verify");

        try
        {
            certificate.Verify(issuer.GetPublicKey());
            return true;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return false;
        }
    }

    // By the encoding alone: a library may look for factors of a modulus before it says how long it is.
    private static bool IsBounded(SubjectPublicKeyInfo key)
    {
        try
        {
            if (key.Algorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            {
                var rsa = RsaPublicKeyStructure.GetInstance(key.ParsePublicKey());
                return rsa.Modulus.BitLength <= MostModulusBits && rsa.PublicExponent.BitLength <= MostExponentBits;
            }

            // Points and the numbers of DSA are within the length of the key and its parameters.
            bool isCurve = key.Algorithm.Algorithm.Equals(X9ObjectIdentifiers.IdECPublicKey);
            int length = key.PublicKey.GetBytes().Length + (key.Algorithm.Parameters?.ToAsn1Object().GetDerEncoded().Length ?? 0);
            return length <= (isCurve ? MostCurveOctets : 3 * MostModulusBits / 8);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return true;
        }
    }

    private void Validate(List<X509Certificate> path, X509Certificate anchor)
    {
        // Mappings of policies can make a tree of any size (RFC 5280 section 6.1.4), and mark certificates have none.
        var parameters = new PkixParameters(new HashSet<TrustAnchor> { new(anchor, null) })
        {
            IsRevocationEnabled = false,
            IsPolicyMappingInhibited = true,
            IsAnyPolicyInhibited = true,
            Date = time,
        };
        parameters.AddCertPathChecker(new KnownExtensions());
        new PkixCertPathValidator().Validate(new PkixCertPath(path), parameters);
    }

    /// <summary>Critical extensions that are known here, so that they are no reason to refuse a certificate (RFC 5280 section 4.2).</summary>
    private sealed class KnownExtensions : PkixCertPathChecker
    {
        // The Pilot Identifier of the requirements for mark certificates, the logotype and the usages, which have checks of their own.
        private static readonly string[] s_known = { "1.3.6.1.4.1.53087.4.1", "1.3.6.1.5.5.7.1.12", "2.5.29.37" };

        public override void Init(bool forward)
        {
        }

        public override bool IsForwardCheckingSupported() => true;

        public override ISet<string> GetSupportedExtensions() => new HashSet<string>(s_known);

        public override void Check(X509Certificate cert, ISet<string> unresolvedCritExts) => unresolvedCritExts.ExceptWith(s_known);
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
            return Array.Empty<string>();

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
            return new LogotypeData(Images(Asn1Sequence.GetInstance(extension)).ToArray(), Problem: null);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            return new LogotypeData(Array.Empty<LogotypeImage>(), "it is not a LogotypeExtn of RFC 9399");
        }
    }

    private static IEnumerable<LogotypeImage> Images(Asn1Sequence extension)
    {
        foreach (Asn1TaggedObject logo in extension.OfType<Asn1TaggedObject>().Where(part => part.TagNo == SubjectLogo))
        {
            var info = Asn1TaggedObject.GetInstance(logo.GetExplicitBaseObject());
            if (info.TagNo != Direct) continue;

            // LogotypeData: SEQUENCE OF images, then audio in [1].
            var data = Asn1Sequence.GetInstance(info, declaredExplicit: false);
            foreach (Asn1Encodable image in data.OfType<Asn1Sequence>().SelectMany(images => images))
                yield return Image(Asn1Sequence.GetInstance(Asn1Sequence.GetInstance(image)[0]));
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
