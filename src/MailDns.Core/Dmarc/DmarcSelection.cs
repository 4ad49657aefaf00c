namespace MailDns.Dmarc;

/// <summary>Which record applies to an Author Domain (RFC 9989 section 4.10.1): its own, its Organizational Domain's, or its Public Suffix Domain's.</summary>
internal sealed class DmarcSelection
{
    private DmarcSelection(DmarcOutcome outcome, DmarcLookup? lookup, DmarcLookup? failure)
    {
        Outcome = outcome;
        Lookup = lookup;
        Failure = failure;
    }

    public DmarcOutcome Outcome { get; }

    /// <summary>Where the record that applies stands; null where none does.</summary>
    public DmarcLookup? Lookup { get; }

    /// <summary>The lookup whose failure leaves the question open.</summary>
    public DmarcLookup? Failure { get; }

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
