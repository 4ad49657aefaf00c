using System.Net;
using System.Net.Sockets;

namespace MailDns.Https;

/// <summary>The addresses of a host by A and AAAA, IPv4 first.</summary>
internal static class HostLookup
{
    /// <summary>Looks them up.</summary>
    /// <exception cref="SocketException">A lookup failed (TryAgain) while the other gave none, or the host is no name (HostNotFound).</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (!DomainName.TryParseDns(host, out DomainName? name))
            throw new SocketException((int)SocketError.HostNotFound);

        DnsResponse[] answers = await Task.WhenAll(
            resolver.QueryAsync(name!, DnsRecordType.A, cancellationToken),
            resolver.QueryAsync(name!, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IPAddress[] addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.Address).ToArray();
        return addresses.Length == 0 && answers.Any(answer => answer.IsFailure)
            ? throw new SocketException((int)SocketError.TryAgain)
            : addresses;
    }
}
