using System.Security.Cryptography;
using MailDns.Certificates;

namespace MailDns;

/// <summary>A certificate that a mail host showed (RFC 5280). Its texts are escaped.</summary>
public sealed class SmtpCertificate
{
    internal SmtpCertificate(CertificateData data)
    {
        Subject = PrintableText.Escape(data.Subject);
        Names = data.DnsNames.Select(PrintableText.Escape).ToArray();
        Issuer = PrintableText.Escape(data.Issuer);
        SerialNumber = data.SerialNumber;
        NotBefore = data.NotBefore;
        NotAfter = data.NotAfter;
        using var sha256 = SHA256.Create();
        Sha256Thumbprint = Hex.Format(sha256.ComputeHash(data.Encoded));
    }

    /// <summary>Whom it is for.</summary>
    public string Subject { get; }

    /// <summary>The host names that it is for (dNSName of the Subject Alternative Name).</summary>
    public string[] Names { get; }

    /// <summary>The authority that issued it.</summary>
    public string Issuer { get; }

    /// <summary>The serial number, hexadecimal.</summary>
    public string SerialNumber { get; }

    /// <summary>Valid from then on, UTC.</summary>
    public DateTime NotBefore { get; }

    /// <summary>Valid until then, UTC.</summary>
    public DateTime NotAfter { get; }

    /// <summary>SHA-256 of the certificate, hexadecimal.</summary>
    public string Sha256Thumbprint { get; }

    /// <summary>True where this machine trusts the authority over the chain that was sent, and all dates are right; null for a certificate above the server's own. Whom it names is judged apart.</summary>
    public bool? ChainTrusted { get; internal init; }

    /// <summary>The certificates above it, as they were sent; empty for those themselves.</summary>
    public SmtpCertificate[] Chain { get; internal init; } = Array.Empty<SmtpCertificate>();

    /// <summary>Whom it is for, who issued it, and until when, in one line.</summary>
    public override string ToString() =>
        Subject + (Names.Length == 0 ? string.Empty : " for " + FailedLookups.Named(Names)) + ", issued by " + Issuer
        + (ChainTrusted is { } trusted ? trusted ? " (trusted)" : " (not trusted)" : string.Empty)
        + ", valid " + NotBefore.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " to " + NotAfter.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The server's certificate with the others.</summary>
    internal static SmtpCertificate Of(ShownChain chain) => new(chain.Leaf)
    {
        ChainTrusted = chain.Problem is null,
        Chain = chain.Issuers.Select(issuer => new SmtpCertificate(issuer)).ToArray(),
    };
}
