namespace MailDns.Dmarc;

/// <summary>Policy Discovery as receivers of RFC 7489 (section 6.6.3) still make it: the domain, then its Organizational Domain by a Public Suffix List.</summary>
internal sealed class Rfc7489Discovery
{
    private Rfc7489Discovery(DomainName organizationalDomain, DmarcLookup? lookup, DmarcLookup? failure, DmarcAppliedPolicy policy)
    {
        OrganizationalDomain = organizationalDomain;
        Lookup = lookup;
        Failure = failure;
        Policy = policy;
    }

    public DomainName OrganizationalDomain { get; }

    /// <summary>Where the record that applies stands; null where none does or a lookup failed.</summary>
    public DmarcLookup? Lookup { get; }

    /// <summary>The lookup whose failure leaves the question open.</summary>
    public DmarcLookup? Failure { get; }

    public DmarcAppliedPolicy Policy { get; }

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
