namespace MailDns.Dmarc;

/// <summary>What a record asks for one Author Domain, and by which tag (RFC 9989 sections 4.7 and 4.10.1).</summary>
internal sealed class DmarcAppliedPolicy
{
    private DmarcAppliedPolicy(DmarcPolicy? published, DmarcPolicy? effective, string source)
    {
        Published = published;
        Effective = effective;
        Source = source;
    }

    /// <summary>Nothing is known, or no record applies.</summary>
    public static DmarcAppliedPolicy Nothing { get; } = new(published: null, effective: null, string.Empty);

    /// <summary>The policy that the tag names, t left out; null where the record degrades to no DMARC at all.</summary>
    public DmarcPolicy? Published { get; }

    /// <summary>The policy that receivers apply; null where they apply no DMARC.</summary>
    public DmarcPolicy? Effective { get; }

    /// <summary>The tag that decides: p, sp or np; "default" where a missing or wrong tag made it none; empty without a policy.</summary>
    public string Source { get; }

    /// <summary>Applies RFC 9989: one wrong p, sp or np spoils the whole, and t=y lowers by one level.</summary>
    public static DmarcAppliedPolicy Of(DmarcRecord record, DmarcRelation relation)
    {
        if (!record.IsPolicyValid) return Degraded(record);

        (DmarcPolicy policy, string source) = Pick(record, relation);
        return new DmarcAppliedPolicy(policy, record.Testing ? Lower(policy) : policy, source);
    }

    /// <summary>Applies RFC 7489 section 6.6.3: no np and no t.</summary>
    public static DmarcAppliedPolicy OfRfc7489(DmarcRecord record, DmarcRelation relation)
    {
        bool subdomainValid = record.SubdomainPolicy is not null || !record.HasTag(DmarcTags.SubdomainPolicy);
        if (record.Policy is null || !subdomainValid) return Degraded(record);

        (DmarcPolicy policy, string source) = Pick(record, relation == DmarcRelation.Self ? relation : DmarcRelation.ExistingSubdomain);
        return new DmarcAppliedPolicy(policy, policy, source);
    }

    private static DmarcAppliedPolicy Degraded(DmarcRecord record) =>
        record.HasValidReportUri ? new DmarcAppliedPolicy(DmarcPolicy.None, DmarcPolicy.None, "default") : Nothing;

    private static (DmarcPolicy Policy, string Source) Pick(DmarcRecord record, DmarcRelation relation)
    {
        if (relation == DmarcRelation.NonexistentSubdomain && record.NonexistentSubdomainPolicy is { } nonexistent)
            return (nonexistent, DmarcTags.NonexistentPolicy);

        if (relation != DmarcRelation.Self && record.SubdomainPolicy is { } subdomain)
            return (subdomain, DmarcTags.SubdomainPolicy);

        return (record.Policy!.Value, DmarcTags.Policy);
    }

    // RFC 9989 section 4.7, t
    private static DmarcPolicy Lower(DmarcPolicy policy) => policy == DmarcPolicy.Reject ? DmarcPolicy.Quarantine : DmarcPolicy.None;
}

/// <summary>How an Author Domain stands to the domain of the record that applies (RFC 9989 section 4.10.1).</summary>
internal enum DmarcRelation
{
    /// <summary>The record is its own: p.</summary>
    Self,

    /// <summary>It is below and exists: sp, else p.</summary>
    ExistingSubdomain,

    /// <summary>It is below and does not exist (NXDOMAIN): np, else sp, else p.</summary>
    NonexistentSubdomain,
}
