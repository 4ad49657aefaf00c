namespace MailDns.Publishing;

/// <summary>How a plan is made.</summary>
internal sealed class RecordPlanOptions
{
    /// <summary>True: wanted SPF and DMARC records stand as they are given; what is there and not in them goes.</summary>
    public bool NoMerge { get; init; }

    /// <summary>True: other records of the same kind and purpose at the same name go. Texts of no known kind never do.</summary>
    public bool Prune { get; init; }

    /// <summary>True where only the includes of a wanted SPF record are asked for, as by a platform's profile.</summary>
    public bool IncludesOnly { get; init; }

    /// <summary>The DMARC policy that was asked for by name; null: a policy in force is never weakened.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>True where the source may give only the first string of a text (Get-DnsServerResourceRecord).</summary>
    public bool FirstStringOnly { get; init; }
}
