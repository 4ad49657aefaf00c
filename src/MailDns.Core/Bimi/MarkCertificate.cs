using MailDns.Certificates;

namespace MailDns;

/// <summary>A mark certificate, VMC or CMC, as it was read (draft-fetch-validation-vmc-wchuang section 4). Texts are escaped for display.</summary>
public sealed class MarkCertificate
{
    private static readonly string[] s_verified = { "Registered Mark", "Government Mark" };
    private static readonly string[] s_common = { "Prior Use Mark", "Modified Registered Mark", "Provisional Mark" };

    internal MarkCertificate(CertificateData data)
    {
        MarkType = data.MarkTypes.Length > 0 ? PrintableText.Escape(string.Join(", ", data.MarkTypes)) : null;
        Kind = data.MarkTypes.Length == 1 ? KindOf(data.MarkTypes[0]) : MarkCertificateKind.Unknown;
        Organization = data.Organization is { } organization ? PrintableText.Escape(organization) : null;
        Subject = PrintableText.Escape(data.Subject);
        Issuer = PrintableText.Escape(data.Issuer);
        SerialNumber = data.SerialNumber;
        NotBefore = data.NotBefore;
        NotAfter = data.NotAfter;
        DomainNames = data.DnsNames.Select(PrintableText.Escape).ToArray();
    }

    /// <summary>VMC or CMC, by the mark type.</summary>
    public MarkCertificateKind Kind { get; }

    /// <summary>subject:markType, e.g. Registered Mark or Prior Use Mark; null where there is none.</summary>
    public string? MarkType { get; }

    /// <summary>The organization that owns the mark; null where there is none.</summary>
    public string? Organization { get; }

    /// <summary>The subject, in full.</summary>
    public string Subject { get; }

    /// <summary>The issuer, in full.</summary>
    public string Issuer { get; }

    /// <summary>The serial number, hexadecimal.</summary>
    public string SerialNumber { get; }

    /// <summary>When it begins to hold, UTC.</summary>
    public DateTime NotBefore { get; }

    /// <summary>When it ends, UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>The domains, or selectors of domains (default._bimi.contoso.com), that it holds for.</summary>
    public string[] DomainNames { get; }

    /// <summary>Kind, organization and end.</summary>
    public override string ToString() =>
        (Kind switch { MarkCertificateKind.Verified => "VMC", MarkCertificateKind.Common => "CMC", _ => "Mark certificate" })
        + " of " + (Organization ?? Subject) + ", valid until " + NotAfter.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static MarkCertificateKind KindOf(string markType) =>
        s_verified.Contains(markType, StringComparer.OrdinalIgnoreCase) ? MarkCertificateKind.Verified
        : s_common.Contains(markType, StringComparer.OrdinalIgnoreCase) ? MarkCertificateKind.Common
        : MarkCertificateKind.Unknown;
}
