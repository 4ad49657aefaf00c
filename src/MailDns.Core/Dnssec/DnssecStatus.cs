namespace MailDns;

/// <summary>
/// The DNSSEC of the zone that holds a domain: keys, what the parent zone says of them, when signatures end, and whether the resolver that was asked
/// validates. Signatures are not computed anew: whether they are right is the resolver's word. Texts from DNS are escaped.
/// </summary>
public sealed class DnssecStatus : AreaStatus
{
    internal DnssecStatus(string domain, string? zone)
        : base(domain, zone) => Zone = zone;

    /// <summary>The zone that holds the domain; null where it could not be found.</summary>
    public string? Zone { get; }

    /// <summary>True where the zone has keys; null where that is not known.</summary>
    public bool? IsSigned { get; internal set; }

    /// <summary>The DS records that the parent zone has, as <c>12345 13 2 ab01...</c>.</summary>
    public string[] DelegationSigners { get; internal set; } = Array.Empty<string>();

    /// <summary>The DS records that would name the zone's keys with a digest of SHA-256: of the entry points (SEP), else of all keys.</summary>
    public string[] ExpectedSigners { get; internal set; } = Array.Empty<string>();

    /// <summary>The keys, as number and algorithm: <c>12345 ECDSAP256SHA256 (13)</c>.</summary>
    public string[] Keys { get; internal set; } = Array.Empty<string>();

    /// <summary>When the first of the signatures that were looked at ends, in UTC; null where there is none.</summary>
    public DateTime? SignaturesEnd { get; internal set; }

    /// <summary>The resolver that answered; null for zone files and planned records.</summary>
    public string? Resolver { get; internal set; }

    /// <summary>True where that resolver says that it validated the zone (AD).</summary>
    public bool IsAuthenticated { get; internal set; }

    /// <summary>Whether that resolver validates at all; null where that could not be found out.</summary>
    public bool? ResolverValidates { get; internal set; }

    /// <summary>What shows whether it does.</summary>
    public string? ResolverEvidence { get; internal set; }

    /// <summary>What was found, in a sentence.</summary>
    public string Evidence { get; internal set; } = string.Empty;

    /// <summary>What was found.</summary>
    public override string ToString() => Evidence;
}
