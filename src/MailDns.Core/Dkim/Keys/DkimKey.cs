using MailDns.Dkim;

namespace MailDns;

/// <summary>
/// A DKIM key pair as New-DkimKey made it: its public half, and where the private half lies. The private half itself is in
/// that file only. Pipes into New-DkimRecord and Test-DkimKey.
/// </summary>
public sealed class DkimKey
{
    internal DkimKey(string? domain, string selector, DkimPublicKey key, string privateKeyPath)
    {
        Domain = domain;
        Selector = selector;
        KeyType = key.IsRsa ? DkimKeyType.Rsa : DkimKeyType.Ed25519;
        KeySize = key.Bits;
        PublicKey = Convert.ToBase64String(key.IsRsa ? key.SubjectPublicKeyInfo : key.Raw);
        PrivateKeyPath = privateKeyPath;
        Fingerprint = key.Fingerprint;
    }

    /// <summary>The domain that will sign with it, as A-labels; null where none was given.</summary>
    public string? Domain { get; }

    /// <summary>The selector (RFC 6376 section 3.1).</summary>
    public string Selector { get; }

    /// <summary>RSA or Ed25519.</summary>
    public DkimKeyType KeyType { get; }

    /// <summary>Bits of the RSA modulus; 256 for Ed25519.</summary>
    public int KeySize { get; }

    /// <summary>
    /// The public key in base64, as p= has it: a SubjectPublicKeyInfo for RSA, the raw 32 octets for Ed25519 (RFC 8463
    /// section 4.2).
    /// </summary>
    public string PublicKey { get; }

    /// <summary>The full path of the file with the private key (PKCS#8 in PEM, RFC 5958, RFC 7468).</summary>
    public string PrivateKeyPath { get; }

    /// <summary>SHA-256 of the SubjectPublicKeyInfo in lower-case hexadecimal.</summary>
    public string Fingerprint { get; }

    /// <summary>Selector, type, size and fingerprint.</summary>
    public override string ToString() =>
        Selector + (Domain is null ? string.Empty : "._domainkey." + Domain) + " " + KeyType + " " + KeySize + " SHA-256 " + Fingerprint;
}
