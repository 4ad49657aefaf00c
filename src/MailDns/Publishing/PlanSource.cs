namespace MailDns.Publishing;

/// <summary>Where a comparison looks: zones at hand, and perhaps a network behind them.</summary>
internal static class PlanSource
{
    /// <summary>Answers from the zones; names outside them from the other resolver, or Unknown without one.</summary>
    public static IDnsResolver Of(IReadOnlyList<ZoneFile> zones, IDnsResolver? others)
    {
        var resolver = new ZoneFileResolver(zones);
        return others is null ? resolver : new AliasFollowingResolver(new ZoneFirstResolver(resolver, others));
    }

    /// <summary>The one zone of all records; null where there are several.</summary>
    public static DomainName? OneZone(IEnumerable<ResourceRecord> records)
    {
        DomainName[] zones = records.Select(record => record.Zone).Distinct().Take(2).ToArray();
        return zones.Length == 1 ? zones[0] : null;
    }
}
