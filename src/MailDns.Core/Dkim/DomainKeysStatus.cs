namespace MailDns;

/// <summary>What is left of DomainKeys and ADSP at a domain (RFC 4870, RFC 5617, both Historic).</summary>
public sealed class DomainKeysStatus : AreaStatus
{
    internal DomainKeysStatus(string domain, string name)
        : base(domain, name)
    {
        Name = name;
    }

    /// <summary>The name where a policy stands: _domainkey.(domain).</summary>
    public string Name { get; }

    /// <summary>The DomainKeys policy as found, escaped; null where there is none.</summary>
    public string? Record { get; internal set; }

    /// <summary>What o= says; SignsSome where it is absent; null without a record.</summary>
    public DomainKeysPolicy? Policy { get; internal set; }

    /// <summary>The ADSP record (RFC 5617 section 4.2) as found, escaped; null where there is none.</summary>
    public string? AdspRecord { get; internal set; }

    /// <summary>The policy, or the domain where there is none.</summary>
    public override string ToString() => Record ?? Domain;
}
