using System;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDns.TestSupport;

/// <summary>A root and an intermediate authority of a test's own, which issue mark certificates. Keys live in memory only.</summary>
public sealed class MarkAuthority : IDisposable
{
    private const string MarkTypeOid = "1.3.6.1.4.1.53087.1.13";
    private const string LogotypeOid = "1.3.6.1.5.5.7.1.12";
    private const string TimestampOid = "1.3.6.1.4.1.11129.2.4.2";
    private const string RevocationListOid = "2.5.29.31";

    private readonly ECDsa _rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly ECDsa _leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public MarkAuthority(string name = "Test Mark", bool intermediateHasUsage = true, DateTimeOffset? intermediateEnds = null)
    {
        DateTimeOffset start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        DateTimeOffset end = start.AddYears(10);
        CertificateRequest root = Request("CN=" + name + " Root", _rootKey);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        root.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        Root = root.CreateSelfSigned(start, end);

        CertificateRequest intermediate = Request("CN=" + name + " Intermediate", _intermediateKey);
        intermediate.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: true, 0, critical: true));
        intermediate.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        if (intermediateHasUsage)
            intermediate.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(MarkSettings.BimiUsage)], critical: false));

        Intermediate = intermediate.Create(Root.SubjectName, X509SignatureGenerator.CreateForECDsa(_rootKey), start, intermediateEnds ?? end, Serial());
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    /// <summary>The mark certificate alone, PEM.</summary>
    public string Issue(MarkSettings settings)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName("Contoso Ltd");
        foreach (string type in settings.MarkTypes)
            subject.Add(MarkTypeOid, type, UniversalTagNumber.UTF8String);

        var request = new CertificateRequest(subject.Build(), _leafKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, 0, critical: true));
        Add(request, settings.Usages.Length == 0 ? null : new X509EnhancedKeyUsageExtension([.. settings.Usages.Select(usage => new Oid(usage))], critical: false));
        Add(request, settings.DnsNames.Length == 0 ? null : Names(settings.DnsNames));
        Add(request, settings.Logotype is { } logotype ? new X509Extension(LogotypeOid, logotype, critical: false) : null);
        Add(request, settings.TimestampList is { } list ? new X509Extension(TimestampOid, Octets(list), critical: false) : null);
        Add(request, settings.RevocationList is { } address ? new X509Extension(RevocationListOid, Point(address), critical: false) : null);
        using X509Certificate2 certificate = settings.IsSelfSigned
            ? request.CreateSelfSigned(settings.NotBefore, settings.NotAfter)
            : request.Create(Intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_intermediateKey), settings.NotBefore, settings.NotAfter, Serial());
        return certificate.ExportCertificatePem() + "\n";
    }

    /// <summary>The mark certificate and its issuer, as they should be published.</summary>
    public string Chain(MarkSettings settings) => Issue(settings) + Pem(Intermediate);

    public static string Pem(X509Certificate2 certificate) => certificate.ExportCertificatePem() + "\n";

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        _rootKey.Dispose();
        _intermediateKey.Dispose();
        _leafKey.Dispose();
    }

    private static CertificateRequest Request(string name, ECDsa key) => new(name, key, HashAlgorithmName.SHA256);

    private static byte[] Serial()
    {
        byte[] serial = RandomNumberGenerator.GetBytes(12);
        serial[0] = 0x21;
        return serial;
    }

    private static void Add(CertificateRequest request, X509Extension? extension)
    {
        if (extension is not null) request.CertificateExtensions.Add(extension);
    }

    private static X509Extension Names(string[] names)
    {
        var builder = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
            builder.AddDnsName(name);

        return builder.Build();
    }

    private static byte[] Octets(byte[] content)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        writer.WriteOctetString(content);
        return writer.Encode();
    }

    private static byte[] Point(string address)
    {
        var context0 = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence(context0))
        using (writer.PushSequence(context0))
        {
            writer.WriteCharacterString(UniversalTagNumber.IA5String, address, new Asn1Tag(TagClass.ContextSpecific, 6));
        }

        return writer.Encode();
    }
}
