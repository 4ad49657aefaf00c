using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>An AAAA record (RFC 3596 section 2.2): the IPv6 address of a host.</summary>
public sealed class AaaaRecord : ResourceRecord
{
    private static readonly RecordField s_address = new(nameof(IPv6Address), data => ((AddressData)data).Address)
    {
        Azure = "Ipv6Address",
        Others = ["IPAddress", "IP6Address"],
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Aaaa, AddressData.ReadV6, AddressData.ParseV6)
    {
        Fields = [s_address],
        Bind = fields => new AddressData(CheckFamily(fields.Address(s_address), AddressFamily.InterNetworkV6)),
        Make = (record, zone, purpose) => new AaaaRecord(record.Owner, zone, ((AddressData)record.Data).Address, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "AAAA",
        Purpose = RecordPurpose.Address,
    };

    /// <summary>Creates a record from its zone, its name relative to it and its address.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public AaaaRecord(string zoneName, string name, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), address, timeToLive, purpose)
    {
    }

    internal AaaaRecord(DomainName owner, DomainName zone, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new AddressData(CheckFamily(address, AddressFamily.InterNetworkV6)), timeToLive, purpose)
    {
    }

    /// <summary>The address, under the name that Add-DnsServerResourceRecord binds.</summary>
    public IPAddress IPv6Address => ((AddressData)Data).Address;

    /// <summary>The address, e.g. "2001:db8::1".</summary>
    public override string ToString() => IPv6Address.ToString();
}
