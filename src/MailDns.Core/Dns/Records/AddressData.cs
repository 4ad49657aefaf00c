using System.Net;
using System.Net.Sockets;

namespace MailDns.Dns;

/// <summary>The shape of A (RFC 1035 section 3.4.1) and AAAA (RFC 3596 section 2.2): one address.</summary>
internal sealed class AddressData(IPAddress address) : RecordData
{
    public IPAddress Address { get; } = address;

    public static RecordData? ReadV4(ref WireReader reader) => reader.TryReadOctets(4, out byte[] octets) ? new AddressData(new IPAddress(octets)) : null;

    public static RecordData? ReadV6(ref WireReader reader) => reader.TryReadOctets(16, out byte[] octets) ? new AddressData(new IPAddress(octets)) : null;

    public static RecordData ParseV4(ZoneWords words) => new AddressData(words.Expect(1).Address(AddressFamily.InterNetwork));

    public static RecordData ParseV6(ZoneWords words) => new AddressData(words.Expect(1).Address(AddressFamily.InterNetworkV6));

    public override void Write(WireWriter writer) => writer.Octets(Address.GetAddressBytes());

    public override string ToPresentation(bool octal = false) => Address.ToString();

    public override string ToString() => Address.ToString();
}
