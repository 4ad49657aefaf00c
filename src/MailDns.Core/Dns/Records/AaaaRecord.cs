using System.Net;
using System.Net.Sockets;

namespace MailDns;

/// <summary>An AAAA record (RFC 3596 section 2.2): the IPv6 address of a host.</summary>
public sealed class AaaaRecord : ResourceRecord
{
    /// <summary>Creates a record from its zone, its name relative to it and its address.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    /// <exception cref="ArgumentException">The address is not IPv6.</exception>
    public AaaaRecord(string zoneName, string name, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), address, timeToLive, purpose)
    {
    }

    internal AaaaRecord(DomainName owner, DomainName zone, IPAddress address, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose) => IPv6Address = CheckFamily(address, AddressFamily.InterNetworkV6);

    /// <inheritdoc/>
    public override string RecordType => "AAAA";

    /// <summary>The address, under the name that Add-DnsServerResourceRecord binds.</summary>
    public IPAddress IPv6Address { get; }

    internal override DnsRecordType DnsType => DnsRecordType.Aaaa;

    /// <summary>The address, e.g. "2001:db8::1".</summary>
    public override string ToString() => IPv6Address.ToString();

    private protected override RecordData ToRecordData() => new AddressData(IPv6Address);
}
