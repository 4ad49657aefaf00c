namespace MailDns.Dmarc;

/// <summary>DMARC Policy Discovery for one domain (RFC 9989 section 4.10), and the view of RFC 7489 where a Public Suffix List is given.</summary>
internal sealed class DmarcDiscovery(DomainName domain, DmarcTreeWalk walk, DmarcTreeWalk walkFromBelow)
{
    public DomainName Domain { get; } = domain;

    /// <summary>The tree walk from the domain.</summary>
    public DmarcTreeWalk Walk { get; } = walk;

    /// <summary>The lookup at _dmarc of the domain itself.</summary>
    public DmarcLookup Own => Walk.Lookups[0];

    /// <summary>The record that applies to the domain.</summary>
    public DmarcSelection Selection { get; } = DmarcSelection.From(walk);

    /// <summary>The record that applies to subdomains of the domain that have none of their own.</summary>
    public DmarcSelection BelowSelection { get; } = DmarcSelection.From(walkFromBelow);

    /// <summary>True where the record that applies is not the domain's own.</summary>
    public bool IsInherited => Selection.Lookup is not null && !ReferenceEquals(Selection.Lookup, Own);

    /// <summary>Whether the domain exists, asked only where the policy is inherited; null where it was not asked or the lookup failed.</summary>
    public bool? Exists { get; private set; }

    /// <summary>The failed lookup of the domain itself, where its existence decides; null otherwise.</summary>
    public DnsResponse? ExistenceFailure { get; private set; }

    /// <summary>What applies to the domain itself.</summary>
    public DmarcAppliedPolicy Policy { get; private set; } = DmarcAppliedPolicy.Nothing;

    /// <summary>What applies to an existing subdomain without a record of its own.</summary>
    public DmarcAppliedPolicy SubdomainPolicy { get; private set; } = DmarcAppliedPolicy.Nothing;

    /// <summary>What applies to a subdomain that does not exist.</summary>
    public DmarcAppliedPolicy NonexistentSubdomainPolicy { get; private set; } = DmarcAppliedPolicy.Nothing;

    /// <summary>The same by RFC 7489; null without a Public Suffix List.</summary>
    public Rfc7489Discovery? Rfc7489 { get; private set; }

    /// <summary>Asks DNS and decides.</summary>
    public static async Task<DmarcDiscovery> RunAsync(
        DomainName domain,
        DmarcTreeWalker walker,
        IDnsResolver resolver,
        PublicSuffixList? suffixes,
        CancellationToken cancellationToken)
    {
        DmarcTreeWalk walk = await walker.WalkAsync(domain, cancellationToken).ConfigureAwait(false);
        DmarcTreeWalk below = await walker.WalkFromBelowAsync(domain, cancellationToken).ConfigureAwait(false);
        var discovery = new DmarcDiscovery(domain, walk, below);
        await discovery.ApplyAsync(resolver, cancellationToken).ConfigureAwait(false);
        if (suffixes is not null)
            discovery.Rfc7489 = await Rfc7489Discovery.RunAsync(domain, walker, suffixes, cancellationToken).ConfigureAwait(false);

        return discovery;
    }

    private async Task ApplyAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (Selection.Record is { } record)
        {
            Policy = IsInherited
                ? await InheritAsync(record, resolver, cancellationToken).ConfigureAwait(false)
                : DmarcAppliedPolicy.Of(record, DmarcRelation.Self);
        }

        if (BelowSelection.Record is { } above)
        {
            SubdomainPolicy = DmarcAppliedPolicy.Of(above, DmarcRelation.ExistingSubdomain);
            NonexistentSubdomainPolicy = DmarcAppliedPolicy.Of(above, DmarcRelation.NonexistentSubdomain);
        }
    }

    // sp where the domain exists, np where it does not; a failed lookup matters only where the two differ.
    private async Task<DmarcAppliedPolicy> InheritAsync(DmarcRecord record, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DmarcAppliedPolicy existing = DmarcAppliedPolicy.Of(record, DmarcRelation.ExistingSubdomain);
        DmarcAppliedPolicy nonexistent = DmarcAppliedPolicy.Of(record, DmarcRelation.NonexistentSubdomain);
        Exists = await ExistsAsync(resolver, cancellationToken).ConfigureAwait(false);
        if (Exists is null && existing.Effective == nonexistent.Effective)
        {
            ExistenceFailure = null;
            return existing;
        }

        return Exists switch
        {
            true => existing,
            false => nonexistent,
            _ => DmarcAppliedPolicy.Nothing,
        };
    }

    // A name exists unless the answer is NXDOMAIN (RFC 8020; RFC 9989 section 3.2.12 and appendix A.4), and whatever is
    // above an existing name exists. An alias exists although its target may not.
    private async Task<bool?> ExistsAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (Own.Response is { IsFailure: false } own && Exist(own)) return true;

        DnsResponse response = await resolver.QueryTxtAsync(Domain, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            ExistenceFailure = response;
            return null;
        }

        return Exist(response);
    }

    private static bool Exist(DnsResponse response) => response.Status != DnsResponseStatus.NxDomain || response.IsAliased;
}

/// <summary>Policy Discovery as receivers of RFC 7489 (section 6.6.3) still make it: the domain, then its Organizational Domain by a Public Suffix List.</summary>
internal sealed class Rfc7489Discovery(DomainName organizationalDomain, DmarcLookup? lookup, DmarcLookup? failure, DmarcAppliedPolicy policy)
{
    public DomainName OrganizationalDomain { get; } = organizationalDomain;

    /// <summary>Where the record that applies stands; null where none does or a lookup failed.</summary>
    public DmarcLookup? Lookup { get; } = lookup;

    /// <summary>The lookup whose failure leaves the question open.</summary>
    public DmarcLookup? Failure { get; } = failure;

    public DmarcAppliedPolicy Policy { get; } = policy;

    public static async Task<Rfc7489Discovery> RunAsync(DomainName domain, DmarcTreeWalker walker, PublicSuffixList suffixes, CancellationToken cancellationToken)
    {
        DomainName organizational = suffixes.OrganizationalDomainOf(domain);
        DmarcLookup lookup = await walker.LookUpAsync(domain, cancellationToken).ConfigureAwait(false);
        DmarcRelation relation = DmarcRelation.Self;
        if (lookup.Record is null && !lookup.IsFailure && !organizational.Equals(domain))
        {
            lookup = await walker.LookUpAsync(organizational, cancellationToken).ConfigureAwait(false);
            relation = DmarcRelation.ExistingSubdomain;
        }

        return lookup.Record is null
            ? new Rfc7489Discovery(organizational, lookup: null, lookup.IsFailure ? lookup : null, DmarcAppliedPolicy.Nothing)
            : new Rfc7489Discovery(organizational, lookup, failure: null, DmarcAppliedPolicy.OfRfc7489(lookup.Record, relation));
    }
}

/// <summary>What a record asks for one Author Domain, and by which tag (RFC 9989 sections 4.7 and 4.10.1).</summary>
internal sealed class DmarcAppliedPolicy(DmarcPolicy? published, DmarcPolicy? effective, string source)
{
    /// <summary>Nothing is known, or no record applies.</summary>
    public static DmarcAppliedPolicy Nothing { get; } = new(published: null, effective: null, string.Empty);

    /// <summary>The policy that the tag names, t left out; null where the record degrades to no DMARC at all.</summary>
    public DmarcPolicy? Published { get; } = published;

    /// <summary>The policy that receivers apply; null where they apply no DMARC.</summary>
    public DmarcPolicy? Effective { get; } = effective;

    /// <summary>The tag that decides: p, sp or np; "default" where a missing or wrong tag made it none; empty without a policy.</summary>
    public string Source { get; } = source;

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

/// <summary>Which record applies to an Author Domain (RFC 9989 section 4.10.1): its own, its Organizational Domain's, or its Public Suffix Domain's.</summary>
internal sealed class DmarcSelection(DmarcOutcome outcome, DmarcLookup? lookup, DmarcLookup? failure)
{
    public DmarcOutcome Outcome { get; } = outcome;

    /// <summary>Where the record that applies stands; null where none does.</summary>
    public DmarcLookup? Lookup { get; } = lookup;

    /// <summary>The lookup whose failure leaves the question open.</summary>
    public DmarcLookup? Failure { get; } = failure;

    public DmarcRecord? Record => Lookup?.Record;
    public DomainName? Domain => Lookup?.Domain;

    public static DmarcSelection From(DmarcTreeWalk walk)
    {
        DmarcLookup? own = walk.At(walk.Start);
        if (own?.Record is not null) return new DmarcSelection(DmarcOutcome.Found, own, failure: null);

        if (walk.OrganizationalDomain is null)
            return new DmarcSelection(DmarcOutcome.Unknown, lookup: null, walk.Failure);

        DmarcLookup? applies = walk.At(walk.OrganizationalDomain) is { Record: not null } organizational
            ? organizational
            : walk.Lookups.LastOrDefault(lookup => lookup.Record is { PublicSuffix: DmarcPublicSuffix.Yes });
        return new DmarcSelection(applies is null ? DmarcOutcome.Missing : DmarcOutcome.Found, applies, failure: null);
    }
}

/// <summary>What stands at _dmarc of one domain (RFC 9989 section 4.10, steps 1 and 2).</summary>
internal sealed class DmarcLookup
{
    public DmarcLookup(DomainName domain, DnsResponse? response)
    {
        Domain = domain;
        Response = response;
        Texts = response?.Texts ?? Array.Empty<string>();
        Candidates = Texts.Where(DmarcParser.IsDmarc).ToArray();
        Record = Candidates.Count == 1 ? DmarcParser.Read(Candidates[0]) : null;
    }

    /// <summary>The domain, without the label _dmarc.</summary>
    public DomainName Domain { get; }

    /// <summary>The answer; null where the name would be longer than DNS allows and cannot exist.</summary>
    public DnsResponse? Response { get; }

    /// <summary>All TXT values there.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Those that begin with v=DMARC1. More than one are all discarded.</summary>
    public IReadOnlyList<string> Candidates { get; }

    /// <summary>The one valid DMARC Policy Record there; null where there is none, or several.</summary>
    public DmarcRecord? Record { get; }

    /// <summary>True when the lookup failed: nothing is known.</summary>
    public bool IsFailure => Response is { IsFailure: true };

    /// <summary>True where a tree walk stops (steps 2 and 6).</summary>
    public bool EndsWalk => Record is { PublicSuffix: DmarcPublicSuffix.Yes or DmarcPublicSuffix.No };
}
