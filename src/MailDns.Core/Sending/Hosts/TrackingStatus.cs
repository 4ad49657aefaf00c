namespace MailDns;

/// <summary>What DNS holds at a domain's tracking host.</summary>
public sealed class TrackingStatus : AreaStatus
{
    internal TrackingStatus(string domain, string hostName, string fqdn)
        : base(domain, fqdn)
    {
        HostName = hostName;
        Fqdn = fqdn;
    }

    /// <summary>The tracking host relative to the domain.</summary>
    public string HostName { get; }

    /// <summary>The tracking host's full name.</summary>
    public string Fqdn { get; }

    /// <summary>The target of the CNAME at the host, escaped; null where there is none.</summary>
    public string? Record { get; internal set; }

    /// <summary>The name at the end of the aliases, escaped; null where the host is no alias.</summary>
    public string? Target { get; internal set; }

    /// <summary>Every name that the aliases lead through, in order, escaped.</summary>
    public string[] Chain { get; internal set; } = System.Array.Empty<string>();

    /// <summary>Where the host should lead; null where none was named.</summary>
    public string? ExpectedTarget { get; internal set; }

    /// <summary>The addresses that the host resolves to.</summary>
    public string[] Addresses { get; internal set; } = System.Array.Empty<string>();

    /// <summary>Host and target.</summary>
    public override string ToString() => Record is null ? Fqdn : Fqdn + " CNAME " + Record;
}
