namespace MailDns;

/// <summary>Who sends with a domain in From, as DMARC aggregate reports tell, and what mends it. Several of one source add up.</summary>
public sealed class DmarcSource
{
    /// <summary>The domain in From.</summary>
    public string Domain { get; internal set; } = string.Empty;

    /// <summary>The domain of the policy that applied.</summary>
    public string PolicyDomain { get; internal set; } = string.Empty;

    /// <summary>The source by its strongest evidence: a platform's name, a key, a term of the SPF record, a domain or a network.</summary>
    public string Source { get; internal set; } = string.Empty;

    /// <summary>Id of the platform's profile; null where no profile is known.</summary>
    public string? Provider { get; internal set; }

    /// <summary>What the source is to the owner of the domain.</summary>
    public DmarcSourceClass Class { get; internal set; }

    /// <summary>Why it has that class.</summary>
    public string Reason { get; internal set; } = string.Empty;

    /// <summary>Messages.</summary>
    public long Messages { get; internal set; }

    /// <summary>Messages that passed DMARC by the receivers' verdicts.</summary>
    public long Passed { get; internal set; }

    /// <summary>Messages that passed by DKIM.</summary>
    public long DkimAligned { get; internal set; }

    /// <summary>Messages that passed by SPF.</summary>
    public long SpfAligned { get; internal set; }

    /// <summary>Messages that did not pass because a receiver's lookup failed.</summary>
    public long TemporaryErrors { get; internal set; }

    /// <summary>The networks that sent: /24 of IPv4, /48 of IPv6; at most 100 of them.</summary>
    public string[] Networks { get; internal set; } = Array.Empty<string>();

    /// <summary>Start of the first period in UTC; null where no report tells it.</summary>
    public DateTime? First { get; internal set; }

    /// <summary>End of the last period in UTC; null where no report tells it.</summary>
    public DateTime? Last { get; internal set; }

    /// <summary>The organizations that reported it; at most 100 of them.</summary>
    public string[] Reporters { get; internal set; } = Array.Empty<string>();

    /// <summary>What says who it is, the strongest first.</summary>
    public string[] Evidence { get; internal set; } = Array.Empty<string>();

    /// <summary>The keys whose signatures passed and belong to the domain, as names in DNS.</summary>
    public string[] DkimKeys { get; internal set; } = Array.Empty<string>();

    /// <summary>Counts by the day on which the periods of the reports began.</summary>
    public DmarcSourceDay[] Days { get; internal set; } = Array.Empty<DmarcSourceDay>();

    /// <summary>What to do; null where there is nothing to do.</summary>
    public string? Recommendation { get; internal set; }

    /// <summary>Records that mend it, ready for Compare-SendingDomain; empty where none can be made from here.</summary>
    public ResourceRecord[] Record { get; internal set; } = Array.Empty<ResourceRecord>();

    /// <summary>True for mail of the owner.</summary>
    internal bool IsOwn => Class is DmarcSourceClass.OwnPassing or DmarcSourceClass.OwnFragile or DmarcSourceClass.OwnFailing;

    /// <summary>Messages that failed and are no temporary errors.</summary>
    internal long Failed => Math.Max(0, Messages - Passed - TemporaryErrors);

    /// <summary>Domain, source, class and counts.</summary>
    public override string ToString() => Domain + ": " + Source + " " + Class + " " + Passed + "/" + Messages;
}
