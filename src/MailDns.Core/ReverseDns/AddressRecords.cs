using System.Net;
using System.Net.Sockets;

namespace MailDns.ReverseDns;

/// <summary>The record that gives a host an address.</summary>
internal static class AddressRecords
{
    /// <summary>A or AAAA, after the address's family.</summary>
    public static ResourceRecord Create(DomainName host, DomainName zone, IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? new ARecord(host, zone, address, TimeSpan.FromHours(1), RecordPurpose.Address)
            : new AaaaRecord(host, zone, address, TimeSpan.FromHours(1), RecordPurpose.Address);
}
