using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Bimi;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;

namespace MailDns.Crypto;

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
