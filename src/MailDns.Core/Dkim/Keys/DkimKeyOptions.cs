using MailDns.Dns;

namespace MailDns.Dkim.Keys;

/// <summary>What New-DkimKey is asked for.</summary>
internal sealed record DkimKeyOptions
{
    /// <summary>Bits of an RSA key by default (RFC 8301 section 3.2: signers should use at least 2048).</summary>
    public const int DefaultSize = 2048;

    /// <summary>Null where the key is not for one domain.</summary>
    public DomainName? Domain { get; init; }

    public required string Selector { get; init; }

    public DkimKeyType KeyType { get; init; }

    /// <summary>Bits of an RSA modulus; null for the default. An Ed25519 key has one size.</summary>
    public int? Size { get; init; }

    /// <summary>An RSA key below 2048 bits is meant.</summary>
    public bool AllowWeak { get; init; }

    /// <summary>Full path of the file for the private key.</summary>
    public required string Path { get; init; }

    /// <summary>A file that is there is replaced.</summary>
    public bool Overwrite { get; init; }
}
