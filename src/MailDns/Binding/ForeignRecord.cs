using System.Net;

namespace MailDns;

/// <summary>Reads the properties of the objects that Get-DnsServerResourceRecord and Get-AzDnsRecordSet give.</summary>
internal static class ForeignRecord
{
    /// <summary>The RDATA; of a type that is not read, a stand-in.</summary>
    /// <exception cref="FormatException">A property is missing or none of its kind.</exception>
    public static RecordData ReadData(DnsRecordType type, PSObject data) => type switch
    {
        DnsRecordType.Txt => new TxtData(TextOf(data)),
        DnsRecordType.Cname => new NameData(Name(data, "HostNameAlias", "Cname")),
        DnsRecordType.Ns => new NameData(Name(data, "NameServer", "Nsdname")),
        DnsRecordType.Mx => new MxData(Convert.ToUInt16(Value(data, "Preference"), CultureInfo.InvariantCulture), Name(data, "MailExchange", "Exchange")),
        DnsRecordType.A => new AddressData(IPAddress.Parse(Any(data, "IPv4Address", "Ipv4Address"))),
        DnsRecordType.Aaaa => new AddressData(IPAddress.Parse(Any(data, "IPv6Address", "Ipv6Address"))),
        DnsRecordType.Caa when Value(data, "Tag") is not null => new CaaData(Convert.ToByte(Value(data, "Flags"), CultureInfo.InvariantCulture), Any(data, "Tag"), Any(data, "Value")),
        _ => new OpaqueData(string.Empty),
    };

    /// <summary>The owner of a name relative to its zone.</summary>
    public static DomainName Owner(string name, DomainName zone) =>
        name == "@" ? zone : name.EndsWith(".", StringComparison.Ordinal) ? DomainName.FromDns(name) : zone.Prepend(name);

    /// <summary>The zone, where the object tells it.</summary>
    public static string? ZoneOf(PSObject item)
    {
        if (Text(item, "ZoneName") is { } zone)
        {
            return zone;
        }

        // An Active Directory integrated zone tells its name only so: DC=@,DC=contoso.com,cn=MicrosoftDNS,...
        string[] parts = (Text(item, "DistinguishedName") ?? string.Empty).Split(',');
        return parts.Length > 2 && parts[1].StartsWith("DC=", StringComparison.OrdinalIgnoreCase) ? parts[1].Substring(3) : null;
    }

    /// <summary>Seconds.</summary>
    public static uint Ttl(PSObject item) => (Value(item, "TimeToLive") ?? Value(item, "Ttl")) switch
    {
        TimeSpan span => (uint)Math.Max(0, Math.Min(int.MaxValue, span.TotalSeconds)),
        { } number => Convert.ToUInt32(number, CultureInfo.InvariantCulture),
        null => 3600,
    };

    public static object? Value(PSObject item, string name) => item.Properties[name]?.Value is { } value ? (value as PSObject)?.BaseObject is { } inner and not PSCustomObject ? inner : value : null;

    public static string? Text(PSObject item, string name) => Value(item, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static string TextOf(PSObject data) => Value(data, "DescriptiveText")?.ToString() ?? Value(data, "Value")?.ToString() ?? throw new FormatException("no text");

    private static string Any(PSObject data, params string[] names) =>
        names.Select(name => Text(data, name)).FirstOrDefault(text => text is not null) ?? throw new FormatException("no " + names[0]);

    private static DomainName Name(PSObject data, params string[] names) => DomainName.FromDns(Any(data, names));
}
