namespace MailDns;

/// <summary>Whether a domain's DNS host speaks Domain Connect, and what it says of itself. Texts from DNS and HTTPS are escaped.</summary>
public sealed class DomainConnectStatus
{
    internal DomainConnectStatus(DomainName domain, DomainName? zone)
    {
        Domain = domain.Text;
        ZoneName = zone?.Text;
    }

    /// <summary>The domain that was asked about.</summary>
    public string Domain { get; }

    /// <summary>The zone that holds it; null where it was not found.</summary>
    public string? ZoneName { get; }

    /// <summary>True where the DNS host says that it speaks Domain Connect, false where it does not; null where that is not known.</summary>
    public bool? IsSupported { get; internal set; }

    /// <summary>The text at _domainconnect of the zone; null where there is none.</summary>
    public string? Record { get; internal set; }

    /// <summary>The DNS host's name; null where it was not asked (-IncludeHttps).</summary>
    public string? DnsProvider { get; internal set; }

    /// <summary>The DNS host's id, a domain name.</summary>
    public string? DnsProviderId { get; internal set; }

    /// <summary>Where the zone is edited; null where the host does not say.</summary>
    public string? ControlPanelUri { get; internal set; }

    /// <summary>The template that was asked about: its id; null for none.</summary>
    public string? Template { get; internal set; }

    /// <summary>True where the host supports the template, false where it does not; null where that is not known.</summary>
    public bool? SupportsTemplate { get; internal set; }

    /// <summary>The link that applies the template; only for templates whose requests need no signature. It opens the host's page, where the change is confirmed.</summary>
    public string? ApplyUri { get; internal set; }

    /// <summary>What is to be known of the above: why something is empty, what was wrong.</summary>
    public string[] Detail { get; internal set; } = Array.Empty<string>();
}
