namespace MailDns;

/// <summary>What is left of DomainKeys and ADSP at a domain (RFC 4870, RFC 5617, both Historic).</summary>
public sealed class DomainKeysStatus
{
    internal DomainKeysStatus(string domain, string name, IReadOnlyList<CheckResult> results)
    {
        Domain = domain;
        Name = name;
        Results = results;
    }

    /// <summary>The domain.</summary>
    public string Domain { get; }

    /// <summary>The name where a policy stands: _domainkey.(domain).</summary>
    public string Name { get; }

    /// <summary>The DomainKeys policy as found, escaped; null where there is none.</summary>
    public string? Record { get; internal set; }

    /// <summary>All TXT records at the name, escaped.</summary>
    public string[] Records { get; internal set; } = System.Array.Empty<string>();

    /// <summary>What o= says; SignsSome where it is absent; null without a record.</summary>
    public DomainKeysPolicy? Policy { get; internal set; }

    /// <summary>The ADSP record (RFC 5617 section 4.2) as found, escaped; null where there is none.</summary>
    public string? AdspRecord { get; internal set; }

    /// <summary>True where nothing is left of either and every lookup was answered.</summary>
    public bool IsValid { get; internal set; }

    /// <summary>What a person should read.</summary>
    public CheckResult[] Findings { get; internal set; } = System.Array.Empty<CheckResult>();

    /// <summary>Every check of the area.</summary>
    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>The policy, or the domain where there is none.</summary>
    public override string ToString() => Record ?? Domain;
}
