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

        DomainName zone = DomainName.FromDns(Text(nameof(ResourceRecord.ZoneName)) ?? string.Empty);
        DomainName owner = Owner(Text(nameof(ResourceRecord.Name)) ?? string.Empty, zone);
        _ = Enum.TryParse(Text(nameof(ResourceRecord.Purpose)), out RecordPurpose purpose);
        return ZoneRecordReader.Make(new DnsRecord(owner, type, Ttl ?? 3600, ReadData(type)), zone, purpose);
    }

    private static object? Unwrap(object? value) => (value as PSObject)?.BaseObject is { } inner and not PSCustomObject ? inner : value;
}
