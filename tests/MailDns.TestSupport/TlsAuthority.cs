using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace MailDns.TestSupport;

/// <summary>A certificate authority of the tests' own for servers on loopback.</summary>
public sealed class TlsAuthority : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public TlsAuthority(string name = "Test TLS authority", TlsAuthority? issuer = null)
    {
        var request = new CertificateRequest("CN=" + name, _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        DateTimeOffset start = DateTimeOffset.UtcNow.AddDays(-100);
        Root = issuer is null
            ? request.CreateSelfSigned(start, start.AddDays(1100))
            : request.Create(issuer.Root.SubjectName, X509SignatureGenerator.CreateForECDsa(issuer._key), start.AddDays(1), start.AddDays(1000), RandomNumberGenerator.GetBytes(16));
    }

    /// <summary>The authority's own certificate: the root, or one that its issuer signed.</summary>
    public X509Certificate2 Root { get; }

    /// <summary>Trusts this authority and no other; names and dates are checked as ever.</summary>
    public RemoteCertificateValidationCallback Trust => (_, certificate, _, errors) =>
    {
        if ((errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None || certificate is null)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(Root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(new X509Certificate2(certificate));
    };

    /// <summary>A server's certificate with its key.</summary>
    /// <param name="names">Host names and addresses.</param>
    /// <param name="ends">When it ends; default: in 90 days.</param>
    public X509Certificate2 Issue(string[] names, DateTimeOffset? ends = null)
    {
        using RSA key = RSA.Create(2048);
        var request = new CertificateRequest("CN=" + names[0], key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternative = new SubjectAlternativeNameBuilder();
        foreach (string name in names)
        {
            if (IPAddress.TryParse(name, out IPAddress? address))
                alternative.AddIpAddress(address);
            else
                alternative.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternative.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, hasPathLengthConstraint: false, pathLengthConstraint: 0, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        DateTimeOffset end = ends ?? DateTimeOffset.UtcNow.AddDays(90);
        using X509Certificate2 signed = request.Create(
            Root.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            end.AddDays(-95),
            end,
            RandomNumberGenerator.GetBytes(16));
        using X509Certificate2 whole = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(whole.Export(X509ContentType.Pkcs12), password: null);
    }

    public void Dispose()
    {
        Root.Dispose();
        _key.Dispose();
    }
}
