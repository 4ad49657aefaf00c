namespace MailDns.Dmarc;

/// <summary>One DNS Tree Walk (RFC 9989 section 4.10) and the Organizational Domain that it gives (section 4.10.2).</summary>
internal sealed class DmarcTreeWalk
{
    /// <summary>Most queries of one walk, and the number of labels above which names are skipped.</summary>
    public const int MaxQueries = 8;

    public DmarcTreeWalk(DomainName start, IReadOnlyList<DmarcLookup> lookups)
    {
        Start = start;
        Lookups = lookups;
        Failure = lookups.FirstOrDefault(lookup => lookup.IsFailure);
        OrganizationalDomain = Select();
    }

    /// <summary>The name at which the walk starts.</summary>
    public DomainName Start { get; }

    /// <summary>The lookups in their order. The last one is where the walk stopped, failed, or ran out of labels.</summary>
    public IReadOnlyList<DmarcLookup> Lookups { get; }

    /// <summary>The lookup that failed and so ended the walk; null where all is known.</summary>
    public DmarcLookup? Failure { get; }

    /// <summary>
    /// The Organizational Domain of <see cref="Start"/>; null where a failed lookup leaves it open. A failure at a
    /// top-level domain leaves nothing open when a record stands one label below it: whoever operates a public suffix
    /// publishes with psd=y (section 5.2), and then that name is the Organizational Domain as well.
    /// </summary>
    public DomainName? OrganizationalDomain { get; }

    /// <summary>The names to be asked, _dmarc left out: the start, then at most seven labels, down to the top-level domain.</summary>
    public static IReadOnlyList<DomainName> Targets(DomainName start)
    {
        var targets = new List<DomainName>();
        DomainName target = start;
        while (!target.IsRoot)
        {
            targets.Add(target);
            target = target.LabelCount >= MaxQueries ? target.LastLabels(MaxQueries - 1) : target.Parent;
        }

        return targets;
    }

    /// <summary>The lookup at a domain; null where the walk did not come by.</summary>
    public DmarcLookup? At(DomainName domain) => Lookups.FirstOrDefault(lookup => lookup.Domain.Equals(domain));

    /// <summary>
    /// Whether two walks end at the same Organizational Domain; null where failed lookups leave it open. Where both come
    /// to a common name that has a record, what lies above is the same for both and need not be known; and names that
    /// share no more than a top-level domain have nothing in common.
    /// </summary>
    public static bool? HaveSameOrganizationalDomain(DmarcTreeWalk one, DmarcTreeWalk other)
    {
        if (one.Start.Equals(other.Start)) return true;

        if (one.OrganizationalDomain is not null && other.OrganizationalDomain is not null)
            return one.OrganizationalDomain.Equals(other.OrganizationalDomain);

        if (one.MeetsAtRecord(other)) return true;

        // An Organizational Domain is the name or above it, and never a top-level domain that was not seen to publish so.
        return CommonLabels(one.Start, other.Start) < 2 ? false : null;
    }

    // A common name with a record, reached by both walks because no psd tag below it ended them.
    private bool MeetsAtRecord(DmarcTreeWalk other)
    {
        foreach (DmarcLookup lookup in Lookups)
        {
            if (lookup.EndsWalk) return false;
            if (lookup.Record is not null && other.At(lookup.Domain) is not null) return true;
        }

        return false;
    }

    private static int CommonLabels(DomainName one, DomainName other)
    {
        int common = 0;
        while (common < one.LabelCount && common < other.LabelCount && one.LastLabels(common + 1).Equals(other.LastLabels(common + 1)))
            common++;

        return common;
    }

    private DomainName? Select()
    {
        foreach (DmarcLookup lookup in Lookups)
        {
            if (lookup.Record?.PublicSuffix == DmarcPublicSuffix.No) return lookup.Domain;

            if (lookup.Record?.PublicSuffix == DmarcPublicSuffix.Yes && !lookup.Domain.Equals(Start))
                return Start.LastLabels(lookup.Domain.LabelCount + 1);
        }

        DmarcLookup? highest = Lookups.LastOrDefault(lookup => lookup.Record is not null);
        if (Failure is null) return highest?.Domain ?? Start;

        bool decided = Failure.Domain.LabelCount == 1 && highest?.Domain.LabelCount == 2;
        return decided ? highest!.Domain : null;
    }
}

/// <summary>Makes DNS Tree Walks and remembers each lookup, so that several walks over the same names ask once.</summary>
internal sealed class DmarcTreeWalker(IDnsResolver resolver)
{
    private readonly Dictionary<DomainName, DmarcLookup> _lookups = new();
    private readonly List<DomainName> _queried = new();

    /// <summary>The names that were asked for TXT, in order, _dmarc included.</summary>
    public IReadOnlyList<DomainName> QueriedNames => _queried;

    /// <summary>The lookup at _dmarc.<paramref name="domain"/>.</summary>
    public async Task<DmarcLookup> LookUpAsync(DomainName domain, CancellationToken cancellationToken)
    {
        if (_lookups.TryGetValue(domain, out DmarcLookup? known)) return known;

        DnsResponse? response = null;
        if (domain.TryPrepend(DmarcRecordBuilder.Label, out DomainName? name))
        {
            _queried.Add(name!);
            response = await resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
        }

        return _lookups[domain] = new DmarcLookup(domain, response);
    }

    /// <summary>The walk from a domain.</summary>
    public Task<DmarcTreeWalk> WalkAsync(DomainName start, CancellationToken cancellationToken) =>
        WalkAsync(start, DmarcTreeWalk.Targets(start), cancellationToken);

    /// <summary>
    /// The walk that any name one label below <paramref name="parent"/> would make, if it had no record of its own. Its
    /// first lookup, at that name, is left out.
    /// </summary>
    public Task<DmarcTreeWalk> WalkFromBelowAsync(DomainName parent, CancellationToken cancellationToken)
    {
        DomainName next = parent.LabelCount >= DmarcTreeWalk.MaxQueries ? parent.LastLabels(DmarcTreeWalk.MaxQueries - 1) : parent;
        DomainName start = next.TryPrepend("*", out DomainName? below) ? below! : next;
        return WalkAsync(start, DmarcTreeWalk.Targets(next), cancellationToken);
    }

    // A failed lookup ends the walk: a psd tag there could have ended it as well, so nothing above counts.
    private async Task<DmarcTreeWalk> WalkAsync(DomainName start, IReadOnlyList<DomainName> targets, CancellationToken cancellationToken)
    {
        var lookups = new List<DmarcLookup>(targets.Count);
        foreach (DomainName target in targets)
        {
            DmarcLookup lookup = await LookUpAsync(target, cancellationToken).ConfigureAwait(false);
            lookups.Add(lookup);
            if (lookup.IsFailure || lookup.EndsWalk) break;
        }

        return new DmarcTreeWalk(start, lookups);
    }
}
