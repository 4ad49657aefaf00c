namespace MailDns.Dmarc;

/// <summary>DMARC Policy Discovery for one domain (RFC 9989 section 4.10), and the view of RFC 7489 where a Public Suffix List is given.</summary>
internal sealed class DmarcDiscovery
{
    private DmarcDiscovery(DomainName domain, DmarcTreeWalk walk, DmarcTreeWalk walkFromBelow)
    {
        Domain = domain;
        Walk = walk;
        Selection = DmarcSelection.From(walk);
        BelowSelection = DmarcSelection.From(walkFromBelow);
    }

    public DomainName Domain { get; }

    /// <summary>The tree walk from the domain.</summary>
    public DmarcTreeWalk Walk { get; }

    /// <summary>The lookup at _dmarc of the domain itself.</summary>
    public DmarcLookup Own => Walk.Lookups[0];

    /// <summary>The record that applies to the domain.</summary>
    public DmarcSelection Selection { get; }

    /// <summary>The record that applies to subdomains of the domain that have none of their own.</summary>
    public DmarcSelection BelowSelection { get; }

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
