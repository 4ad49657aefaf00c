namespace MailDns.Publishing;

/// <summary>Where a comparison looks: zones at hand, and perhaps a network behind them.</summary>
internal sealed class PlanSource
{
    private PlanSource(IDnsResolver resolver, bool hasFirstStringOnly)
    {
        Resolver = resolver;
        HasFirstStringOnly = hasFirstStringOnly;
    }

    public IDnsResolver Resolver { get; }

    /// <summary>True where an object came from Get-DnsServerResourceRecord, which gives the first string of a text only.</summary>
    public bool HasFirstStringOnly { get; }

    /// <summary>What is there as objects: names outside their zones come from the other resolver, or are Unknown without one.</summary>
    public static PlanSource OfObjects(Cmdlet cmdlet, object[]? existing, IEnumerable<ResourceRecord> wanted, IDnsResolver? others)
    {
        DomainName[] zones = wanted.Select(record => record.Zone).Distinct().Take(2).ToArray();
        var reader = new ExistingZoneReader(zones.Length == 1 ? zones[0] : null);
        object[] objects = existing ?? Array.Empty<object>();
        int unread = objects.Count(item => !reader.TryAdd(item));
        if (objects.Length == 0)
            cmdlet.WriteWarning("-ExistingRecord is empty. A zone has at least its SOA record, so its records are not known.");

        if (unread > 0)
            cmdlet.WriteWarning(unread + (unread == 1 ? " item of -ExistingRecord was" : " items of -ExistingRecord were") + " ignored (not DNS records, or their zone or type is unknown). What has the same name is not known; other data is treated as absent.");

        var resolver = new ZoneFileResolver(reader.Zones);
        return new PlanSource(others is null ? resolver : new AliasFollowingResolver(new ZoneFirstResolver(resolver, others)), reader.HasFirstStringOnly);
    }

    /// <summary>What DNS or zone files answer.</summary>
    public static PlanSource Of(IDnsResolver resolver) => new(resolver, hasFirstStringOnly: false);
}
