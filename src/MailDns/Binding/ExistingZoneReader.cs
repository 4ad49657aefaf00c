using System.Collections;

namespace MailDns;

/// <summary>
/// Reads whole zones from the objects of Get-DnsServerResourceRecord, Get-AzDnsRecordSet and this module, also from their
/// deserialized copies. Record types that this module has no class for are kept by their type alone: they forbid an alias.
/// </summary>
/// <param name="defaultZone">The zone of objects that do not tell it; null where several are possible.</param>
internal sealed class ExistingZoneReader(DomainName? defaultZone)
{
    private readonly DomainName? _defaultZone = defaultZone;
    private readonly Dictionary<DomainName, List<DnsRecord>> _zones = new();

    /// <summary>True where an object came from Get-DnsServerResourceRecord, which gives the first string of a text only.</summary>
    public bool HasFirstStringOnly { get; private set; }

    /// <summary>The zones read. What an object's zone does not hold is not there; a zone of which nothing was read is not known.</summary>
    public IReadOnlyList<ZoneFile> Zones => _zones.Select(zone => new ZoneFile(zone.Key.Text, zone.Key, zone.Value)).ToArray();

    /// <summary>Takes one object; false for one that is no record.</summary>
    public bool TryAdd(object? item)
    {
        if (item is null)
        {
            return false;
        }

        PSObject wrapped = PSObject.AsPSObject(item);
        if (ResourceRecordReader.TryRead(wrapped, out ResourceRecord? record))
        {
            Add(record!.Zone, record.ToDnsRecord());
            return true;
        }

        try
        {
            return ForeignRecord.Value(wrapped, "RecordData") is { } data ? TryAddServerRecord(wrapped, PSObject.AsPSObject(data))
                : ForeignRecord.Value(wrapped, "Records") is IEnumerable records and not string && TryAddRecordSet(wrapped, records);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }

    private bool TryAddServerRecord(PSObject item, PSObject data)
    {
        HasFirstStringOnly = true;
        DomainName? zone = ForeignRecord.ZoneOf(item) is { } text ? DomainName.FromDns(text) : _defaultZone;
        if (zone is null || ForeignRecord.Text(item, "HostName") is not { } host || !TryReadType(item, out DnsRecordType type))
        {
            return false;
        }

        Add(zone, new DnsRecord(ForeignRecord.Owner(host, zone), type, ForeignRecord.Ttl(item), ForeignRecord.ReadData(type, data)));
        return true;
    }

    private bool TryAddRecordSet(PSObject item, IEnumerable records)
    {
        if (ForeignRecord.Text(item, "ZoneName") is not { } text || ForeignRecord.Text(item, "Name") is not { } name || !TryReadType(item, out DnsRecordType type))
        {
            return false;
        }

        DomainName zone = DomainName.FromDns(text);
        foreach (object? record in records)
        {
            if (record is not null)
            {
                Add(zone, new DnsRecord(ForeignRecord.Owner(name, zone), type, ForeignRecord.Ttl(item), ForeignRecord.ReadData(type, PSObject.AsPSObject(record))));
            }
        }

        return true;
    }

    private static bool TryReadType(PSObject item, out DnsRecordType type)
    {
        type = default;
        return ForeignRecord.Value(item, "RecordType") is { } value && DnsRecordTypes.TryParse(value.ToString() ?? string.Empty, out type);
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
