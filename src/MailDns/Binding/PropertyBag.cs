using System.Collections;
using MailDns.Formats;

namespace MailDns;

/// <summary>
/// The properties of an object that some module gave, by their names: of MailDns itself and copies from jobs, remote sessions and files, of
/// Get-DnsServerResourceRecord, Resolve-DnsName and Get-AzDnsRecordSet. What a record's data are called where is told by the record types.
/// </summary>
internal sealed class PropertyBag(PSObject item)
{
    private const string DeserializedPrefix = "Deserialized.MailDns.";

    public PropertyBag(object item)
        : this(PSObject.AsPSObject(item))
    {
    }

    public PSObject Item { get; } = item;

    /// <summary>True for the copy of an object of this module.</summary>
    public bool IsCopy => Item.TypeNames.Count > 0 && Item.TypeNames[0].StartsWith(DeserializedPrefix, StringComparison.Ordinal);

    /// <summary>The zone, where the object tells it.</summary>
    public string? ZoneName
    {
        get
        {
            if (Text(nameof(ResourceRecord.ZoneName)) is { } zone) return zone;

            // An Active Directory integrated zone tells its name only so: DC=@,DC=contoso.com,cn=MicrosoftDNS,...
            string[] parts = (Text("DistinguishedName") ?? string.Empty).Split(',');
            return parts.Length > 2 && parts[1].StartsWith("DC=", StringComparison.OrdinalIgnoreCase) ? parts[1].Substring(3) : null;
        }
    }

    /// <summary>The time to live in seconds, where the object tells it.</summary>
    public uint? Ttl => (Value("TimeToLive") ?? Value("Ttl")) switch
    {
        TimeSpan span => (uint)Math.Max(0, Math.Min(int.MaxValue, span.TotalSeconds)),
        null => null,
        { } value => uint.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out uint seconds) ? seconds : null,
    };

    /// <summary>The record type, by its mnemonic or its number.</summary>
    public DnsRecordType? Type
    {
        get
        {
            foreach (string name in new[] { "RecordType", "QueryType", "Type" })
            {
                string text = Text(name) ?? string.Empty;
                if (DnsRecordTypes.TryParse(text, out DnsRecordType type) || DnsRecordTypes.TryParse("TYPE" + text, out type))
                    return type;
            }

            return null;
        }
    }

    public object? Value(string name) => Unwrap(Item.Properties[name]?.Value);

    /// <summary>Null where there is none or an empty one.</summary>
    public string? Text(string name) => Value(name)?.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>The items of a list; null where the property is none.</summary>
    public IEnumerable<object>? List(string name) =>
        Value(name) is IEnumerable items and not string ? items.Cast<object?>().Where(one => one is not null).Select(one => one!) : null;

    /// <summary>The owner of a name relative to its zone.</summary>
    public static DomainName Owner(string name, DomainName zone) =>
        name == "@" ? zone : name.EndsWith(".", StringComparison.Ordinal) ? DomainName.FromDns(name) : zone.Prepend(name);

    /// <summary>The RDATA, of a type that is not read a stand-in.</summary>
    /// <exception cref="FormatException">A property is missing, or its value is not of its kind.</exception>
    public RecordData ReadData(DnsRecordType type)
    {
        if (RecordTypes.Find(type) is not { Bind: { } bind } definition) return new UnknownData(string.Empty);

        // The cmdlets of Windows DNS show a type without a set of its own as octets that they do not explain.
        bool isShown = definition.DnsServerSwitch is not null || definition.Fields.Any(field => field.Names.Any(name => Value(name) is not null));
        return isShown ? bind(new RecordFields(Value)) : new UnknownData(string.Empty);
    }

    /// <summary>The record of this module that the object is, or is a copy of; null for anything else and for a copy that is not whole.</summary>
    public ResourceRecord? ReadRecord()
    {
        if (Item.BaseObject is ResourceRecord record) return record;

        if (!IsCopy || Text(nameof(ResourceRecord.RecordType)) is not { } text || !DnsRecordTypes.TryParse(text, out DnsRecordType type) || RecordTypes.Find(type)?.Make is null)
            return null;

        // A record of no zone would be one of the root.
        if (Text(nameof(ResourceRecord.ZoneName)) is not { } zoneName || Text(nameof(ResourceRecord.Name)) is not { } name) return null;

        DomainName zone = DomainName.FromDns(zoneName);
        DomainName owner = Owner(name, zone);
        _ = Enum.TryParse(Text(nameof(ResourceRecord.Purpose)), out RecordPurpose purpose);
        return ZoneRecordReader.Make(new DnsRecord(owner, type, Ttl ?? 3600, ReadData(type)), zone, purpose);
    }

    private static object? Unwrap(object? value) => (value as PSObject)?.BaseObject is { } inner and not PSCustomObject ? inner : value;
}

/// <summary>
/// Reads whole zones from the objects of Get-DnsServerResourceRecord, Get-AzDnsRecordSet and this module, also from their
/// deserialized copies. Record types that this module has no class for are kept by their type alone: they forbid an alias.
/// </summary>
/// <param name="defaultZone">The zone of objects that do not tell it; null where several are possible.</param>
internal sealed class ExistingZoneReader(DomainName? defaultZone)
{
    private const uint DefaultTtl = 3600;
    private readonly Dictionary<DomainName, List<DnsRecord>> _zones = new();
    private readonly List<(DomainName Zone, DomainName Owner, DnsRecordType? Type)> _unread = new();

    /// <summary>True where an object came from Get-DnsServerResourceRecord, which gives the first string of a text only.</summary>
    public bool HasFirstStringOnly { get; private set; }

    /// <summary>The zones read. What an object's zone does not hold is not there; a zone of which nothing was read is not known.</summary>
    public IReadOnlyList<ZoneFile> Zones => _zones.Select(zone => new ZoneFile(zone.Key.Text, zone.Key, zone.Value) { Skipped = UnreadOf(zone.Key) }).ToArray();

    /// <summary>Takes one object; false for one that cannot be read. Where it tells its name, that name is not known.</summary>
    public bool TryAdd(object? item)
    {
        if (TryRead(item)) return true;

        var bag = new PropertyBag(item ?? string.Empty);
        try
        {
            if ((bag.ZoneName is { } told ? DomainName.FromDns(told) : defaultZone) is { } zone && (bag.Text("HostName") ?? bag.Text("Name")) is { } name)
                _unread.Add((zone, bag.Value("Section") is null ? PropertyBag.Owner(name, zone) : DomainName.FromDns(name), bag.Type));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            // It tells no name.
        }

        return false;
    }

    private SkippedZoneEntry[] UnreadOf(DomainName zone) => _unread
        .Where(unread => unread.Zone.Equals(zone))
        .Select(unread => new SkippedZoneEntry(new ZoneFileException(zone.Text, 1, 1, "a record of " + unread.Owner + " cannot be read", "MailDns limit"), unread.Owner, unread.Type is { } type ? new[] { type } : null))
        .ToArray();

    private bool TryRead(object? item)
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
        DomainName? zone = item.ZoneName is { } text ? DomainName.FromDns(text) : defaultZone;
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
        if (defaultZone is not { } zone || item.Text("Name") is not { } name || item.Type is not { } type || DomainName.FromDns(name) is var owner && !owner.IsSameOrBelow(zone))
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
