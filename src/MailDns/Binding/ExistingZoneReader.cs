namespace MailDns;

/// <summary>
/// Reads whole zones from the objects of Get-DnsServerResourceRecord, Get-AzDnsRecordSet and this module, also from their
/// deserialized copies. Record types that this module has no class for are kept by their type alone: they forbid an alias.
/// </summary>
/// <param name="defaultZone">The zone of objects that do not tell it; null where several are possible.</param>
internal sealed class ExistingZoneReader(DomainName? defaultZone)
{
    private const uint DefaultTtl = 3600;

    private readonly DomainName? _defaultZone = defaultZone;
    private readonly Dictionary<DomainName, List<DnsRecord>> _zones = new();

    /// <summary>True where an object came from Get-DnsServerResourceRecord, which gives the first string of a text only.</summary>
    public bool HasFirstStringOnly { get; private set; }

    /// <summary>The zones read. What an object's zone does not hold is not there; a zone of which nothing was read is not known.</summary>
    public IReadOnlyList<ZoneFile> Zones => _zones.Select(zone => new ZoneFile(zone.Key.Text, zone.Key, zone.Value)).ToArray();

    /// <summary>Takes one object; false for one that is no record.</summary>
    public bool TryAdd(object? item)
    {
        if (item is null) return false;

        var bag = new PropertyBag(item);
        try
        {
            if (bag.ReadRecord() is { } record)
            {
                Add(record.Zone, record.ToDnsRecord());
                return true;
            }

            return bag.Value("RecordData") is { } data ? TryAddServerRecord(bag, new PropertyBag(data))
                : bag.List("Records") is { } records ? TryAddRecordSet(bag, records)
                : bag.Value("Section") is not null && TryAddAnswer(bag);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private bool TryAddServerRecord(PropertyBag item, PropertyBag data)
    {
        HasFirstStringOnly = true;
        DomainName? zone = item.ZoneName is { } text ? DomainName.FromDns(text) : _defaultZone;
        if (zone is null || item.Text("HostName") is not { } host || item.Type is not { } type) return false;

        Add(zone, new DnsRecord(PropertyBag.Owner(host, zone), type, item.Ttl ?? DefaultTtl, data.ReadData(type)));
        return true;
    }

    private bool TryAddRecordSet(PropertyBag item, IEnumerable<object> records)
    {
        if (item.ZoneName is not { } text || item.Text("Name") is not { } name || item.Type is not { } type)
            return false;

        DomainName zone = DomainName.FromDns(text);
        if (item.Text("TargetResourceId") is { } resource)
        {
            // An alias set answers with what the resource has: it is data, without records to read.
            Add(zone, new DnsRecord(PropertyBag.Owner(name, zone), type, item.Ttl ?? DefaultTtl, new UnknownData("alias of " + resource)));
            return true;
        }

        foreach (object record in records)
            Add(zone, new DnsRecord(PropertyBag.Owner(name, zone), type, item.Ttl ?? DefaultTtl, new PropertyBag(record).ReadData(type)));

        return true;
    }

    // Resolve-DnsName: whole names, and no zone.
    private bool TryAddAnswer(PropertyBag item)
    {
        if (_defaultZone is not { } zone || item.Text("Name") is not { } name || item.Type is not { } type || DomainName.FromDns(name) is var owner && !owner.IsSameOrBelow(zone))
            return false;

        Add(zone, new DnsRecord(DomainName.FromDns(name), type, item.Ttl ?? DefaultTtl, item.ReadData(type)));
        return true;
    }

    private void Add(DomainName zone, DnsRecord record)
    {
        if (!_zones.TryGetValue(zone, out List<DnsRecord>? records))
        {
            records = new List<DnsRecord>();
            _zones.Add(zone, records);
        }

        records.Add(record);
    }
}
