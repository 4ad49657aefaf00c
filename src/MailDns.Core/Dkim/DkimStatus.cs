namespace MailDns;

/// <summary>What is published at one DKIM selector of a domain, and what is wrong with it.</summary>
public sealed class DkimStatus : AreaStatus
{
    internal DkimStatus(string domain, string selector, string name, IReadOnlyList<CheckResult> results)
        : base(domain, name)
    {
        Selector = selector;
        Name = name;
        Results = results;
    }

    /// <summary>The selector; empty where none was given and none of the common ones has a key.</summary>
    public string Selector { get; }

    /// <summary>The name that was looked up: (selector)._domainkey.(domain).</summary>
    public string Name { get; }

    /// <summary>The key record as found, its strings joined, escaped; null where there is none. A private key in it is not shown.</summary>
    public string? Record { get; internal set; }

    /// <summary>The key's type as the record has it: rsa where it is silent (RFC 6376 section 3.6.1); null without a record.</summary>
    public string? KeyType { get; internal set; }

    /// <summary>Bits of the RSA modulus, 256 for Ed25519; null where no key can be read.</summary>
    public int? KeySize { get; internal set; }

    /// <summary>SHA-256 of the key's SubjectPublicKeyInfo in hexadecimal; null where no key can be read.</summary>
    public string? Fingerprint { get; internal set; }

    /// <summary>True where p= is empty.</summary>
    public bool IsRevoked { get; internal set; }

    /// <summary>True where t=y says that the domain is testing.</summary>
    public bool IsTesting { get; internal set; }

    /// <summary>Where the selector's CNAME leads; null where it is no alias.</summary>
    public string? CnameTarget { get; internal set; }

    /// <summary>The record, or the name where there is none.</summary>
    public override string ToString() => Record ?? Name;
}
