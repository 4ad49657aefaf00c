using System.Net;

namespace MailDns.Dns;

/// <summary>A (RFC 1035 section 3.4.1) or AAAA (RFC 3596 section 2.2).</summary>
internal sealed class AddressData(IPAddress address) : RecordData
{
    public IPAddress Address { get; } = address;

    public override string ToString() => Address.ToString();
}
