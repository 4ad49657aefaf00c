namespace MailDns.Dmarc;

/// <summary>Makes DNS Tree Walks and remembers each lookup, so that several walks over the same names ask once.</summary>
internal sealed class DmarcTreeWalker(IDnsResolver resolver)
{
    private readonly IDnsResolver _resolver = resolver;
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
            response = await _resolver.QueryTxtAsync(name!, cancellationToken).ConfigureAwait(false);
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
