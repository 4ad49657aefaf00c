namespace MailDns.Dns;

/// <summary>Planned records by owner, and the names that exist because of them.</summary>
internal sealed class PlannedRecords
{
    private readonly Dictionary<DomainName, List<DnsRecord>> _byOwner = new();
    private readonly HashSet<DomainName> _ancestors = new();
    private readonly Dictionary<DomainName, DomainName> _zones = new();

    public PlannedRecords(IEnumerable<ResourceRecord> records)
    {
        foreach (ResourceRecord record in records)
        {
            DnsRecord planned = record.ToDnsRecord();
            if (!_byOwner.TryGetValue(planned.Owner, out List<DnsRecord>? set))
            {
                set = new List<DnsRecord>();
                _byOwner.Add(planned.Owner, set);
            }

            set.Add(planned);
            AddAncestors(planned.Owner, record.Zone);
        }
    }

    /// <summary>The records planned at exactly this name; null for none.</summary>
    public IReadOnlyList<DnsRecord>? At(DomainName name) => _byOwner.TryGetValue(name, out List<DnsRecord>? records) ? records : null;

    /// <summary>True for names that exist once the plan is published: owners and what is above them (RFC 4592 section 2.2.2).</summary>
    public bool Exists(DomainName name) => _byOwner.ContainsKey(name) || _ancestors.Contains(name);

    /// <summary>The zone of the planned records at or below the name, or of those at the nearest name above it that exist because of the plan; null for none.</summary>
    public DomainName? ZoneOf(DomainName name)
    {
        while (!_zones.ContainsKey(name) && !name.IsRoot)
            name = name.Parent;

        return _zones.TryGetValue(name, out DomainName? zone) ? zone : null;
    }

    /// <summary>True where a name that exists because of the plan is nearer to <paramref name="name"/> than the wildcard above it that answers now.</summary>
    public bool Hides(DomainName name, DomainName? wildcard)
    {
        DomainName end = wildcard?.Parent ?? DomainName.Root;
        for (; !name.Equals(end) && !name.IsRoot; name = name.Parent)
        {
            if (_zones.ContainsKey(name)) return true;
        }

        return false;
    }

    /// <summary>The nearest name above <paramref name="name"/> with a planned wildcard below it, where no planned name is nearer (RFC 4592 section 3.3.1).</summary>
    public bool TryFindWildcard(DomainName name, out DomainName? encloser, out IReadOnlyList<DnsRecord>? records)
    {
        for (encloser = name; !encloser.IsRoot;)
        {
            encloser = encloser.Parent;
            if (encloser.TryPrepend("*", out DomainName? wildcard) && At(wildcard!) is { } found)
            {
                records = found;
                return true;
            }

            if (Exists(encloser)) break;
        }

        records = null;
        return false;
    }

    private void AddAncestors(DomainName owner, DomainName zone)
    {
        DomainName name = owner;
        if (name.IsBelow(zone)) _zones[name] = zone;

        while (!name.IsRoot)
        {
            name = name.Parent;
            if (name.IsBelow(zone)) _zones[name] = zone;

            _ancestors.Add(name);
        }
    }
}
