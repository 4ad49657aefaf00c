using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>
/// One DNS record of a zone. Its properties carry the names that Add-DnsServerResourceRecord, New-AzDnsRecordSet and
/// New-AzDnsRecordConfig bind from the pipeline. <see cref="object.ToString"/> is the record's text.
/// </summary>
public abstract class ResourceRecord
{
    private protected ResourceRecord(RecordTypeDefinition definition, DomainName owner, DomainName zone, RecordData data, TimeSpan timeToLive, RecordPurpose purpose)
    {
        if (!owner.IsSameOrBelow(zone))
            throw DomainNameException.Misplaced(owner, "it is not within the zone " + zone + ".");

        if (timeToLive < TimeSpan.Zero || timeToLive.TotalSeconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(timeToLive), "A time to live is 0 to 2147483647 seconds (RFC 2181 section 8).");

        TypeDefinition = definition;
        Data = data;
        Owner = owner;
        Zone = zone;
        ZoneName = zone.Text;
        Name = owner.RelativeTo(zone);
        Fqdn = owner.Text;
        Ttl = (uint)timeToLive.TotalSeconds;
        Purpose = purpose;
    }

    /// <summary>The zone that holds the record, without a trailing dot.</summary>
    public string ZoneName { get; }

    /// <summary>The owner relative to the zone; <c>@</c> at its apex.</summary>
    public string Name { get; }

    /// <summary>The owner's full name, without a trailing dot.</summary>
    public string Fqdn { get; }

    /// <summary>The type's mnemonic: TXT, CNAME, MX.</summary>
    public string RecordType => DnsRecordTypes.Mnemonic(DnsType);

    /// <summary>The same as <see cref="RecordType"/>, under the name that Get-DnsServerResourceRecord binds.</summary>
    public string RRType => RecordType;

    /// <summary>Time to live, in whole seconds.</summary>
    public TimeSpan TimeToLive => TimeSpan.FromSeconds(Ttl);

    /// <summary>Time to live in seconds, under the name that Azure DNS binds.</summary>
    public uint Ttl { get; }

    /// <summary>What the record is for.</summary>
    public RecordPurpose Purpose { get; }

    internal DomainName Owner { get; }
    internal DomainName Zone { get; }
    internal RecordTypeDefinition TypeDefinition { get; }
    internal RecordData Data { get; }
    internal DnsRecordType DnsType => TypeDefinition.Number;

    internal DnsRecord ToDnsRecord() => new(Owner, DnsType, Ttl, Data);

    private protected static TimeSpan TimeToLiveOf(DnsRecord record) => TimeSpan.FromSeconds(Math.Min(record.Ttl, int.MaxValue));

    private protected static DomainName ParseOwner(string zoneName, string name)
    {
        DomainName zone = ParseZone(zoneName);
        return name == "@" ? zone : zone.Prepend(ParseRelative(name).Text);
    }

    private protected static DomainName ParseZone(string zoneName) => ParseRelative(zoneName);

    private protected static DomainName ParseTarget(string target) => target == "." ? DomainName.Root : ParseRelative(target);

    private protected static IPAddress CheckFamily(IPAddress address, AddressFamily family)
    {
        if (address is null) throw new ArgumentNullException(nameof(address));

        return address.AddressFamily == family
            ? address
            : throw new ArgumentException(address + " is not an " + (family == AddressFamily.InterNetwork ? "IPv4" : "IPv6") + " address.", nameof(address));
    }

    private static DomainName ParseRelative(string text)
    {
        // A wildcard owner (RFC 4592) is the one name with another character than a host's.
        if (text == "*" || (text is not null && text.StartsWith("*.", StringComparison.Ordinal)))
            return text == "*" ? DomainName.FromDns("*") : ParseRelative(text.Substring(2)).Prepend("*");

        return DomainName.TryParseRelative(text, out DomainName? name, out string reason)
            ? name!
            : throw new DomainNameException(text ?? string.Empty, reason);
    }
}
