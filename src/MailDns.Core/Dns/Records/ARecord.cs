using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>An A record (RFC 1035 section 3.4.1): the IPv4 address of a host.</summary>
public sealed class ARecord : ResourceRecord
{
    private static readonly RecordField s_address = new(nameof(IPv4Address), data => ((AddressData)data).Address)
    {
        Azure = "Ipv4Address",
        Others = ["IPAddress", "IP4Address"],
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.A, AddressData.ReadV4, AddressData.ParseV4)
    {
        Fields = [s_address],
        Bind = fields => new AddressData(CheckFamily(fields.Address(s_address), AddressFamily.InterNetwork)),
        Make = (record, zone, purpose) => new ARecord(record.Owner, zone, ((AddressData)record.Data).Address, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "A",
        Purpose = RecordPurpose.Address,
    };

    /// <summary>Creates a record from its zone, its name relative to it and its address.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public ARecord(string zoneName, string name, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), address, timeToLive, purpose)
    {
    }

    internal ARecord(DomainName owner, DomainName zone, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new AddressData(CheckFamily(address, AddressFamily.InterNetwork)), timeToLive, purpose)
    {
    }

    /// <summary>The address, under the name that Add-DnsServerResourceRecord and Azure DNS (as an alias) bind.</summary>
    public IPAddress IPv4Address => ((AddressData)Data).Address;

    /// <summary>The address, e.g. "192.0.2.1".</summary>
    public override string ToString() => IPv4Address.ToString();
}
