using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>An A record (RFC 1035 section 3.4.1): the IPv4 address of a host.</summary>
public sealed class ARecord : ResourceRecord
{
    /// <summary>Creates a record from its zone, its name relative to it and its address.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="ArgumentException">The address is not IPv4.</exception>
    public ARecord(string zoneName, string name, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), address, timeToLive, purpose)
    {
    }

    internal ARecord(DomainName owner, DomainName zone, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose) => IPv4Address = CheckFamily(address, AddressFamily.InterNetwork);

    /// <inheritdoc/>
    public override string RecordType => "A";

    /// <summary>The address, under the name that Add-DnsServerResourceRecord and Azure DNS (as an alias) bind.</summary>
    public IPAddress IPv4Address { get; }

    internal override DnsRecordType DnsType => DnsRecordType.A;

    /// <summary>The address, e.g. "192.0.2.1".</summary>
    public override string ToString() => IPv4Address.ToString();

    private protected override RecordData ToRecordData() => new AddressData(IPv4Address);
}
