namespace MailDns;

/// <summary>What DNS holds at a domain's bounce host: the domain of the Return-Path.</summary>
public sealed class BounceStatus : AreaStatus
{
    internal BounceStatus(string domain, string hostName, string fqdn)
        : base(domain, fqdn)
    {
        HostName = hostName;
        Fqdn = fqdn;
    }

    /// <summary>The bounce host relative to the domain.</summary>
    public string HostName { get; }

    /// <summary>The bounce host's full name.</summary>
    public string Fqdn { get; }

    /// <summary>The target of the CNAME at the host, escaped; null where there is none.</summary>
    public string? Record { get; internal set; }

    /// <summary>The name at the end of the aliases, escaped; null where the host is no alias.</summary>
    public string? Target { get; internal set; }

    /// <summary>Every name that the aliases lead through, in order, escaped.</summary>
    public string[] Chain { get; internal set; } = System.Array.Empty<string>();

    /// <summary>Where the host should lead, or the MX it should have; null where none was named.</summary>
    public string? ExpectedTarget { get; internal set; }

    /// <summary>The SPF record that counts for the host, escaped; null where there is none.</summary>
    public string? SpfRecord { get; internal set; }

    /// <summary>Preference and exchange of each MX record that counts for the host, escaped.</summary>
    public string[] MailExchanges { get; internal set; } = System.Array.Empty<string>();

    /// <summary>Host and target.</summary>
    public override string ToString() => Record is null ? Fqdn : Fqdn + " CNAME " + Record;
}
