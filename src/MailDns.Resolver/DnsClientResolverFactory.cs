using MailDns.Dns;

namespace MailDns.Resolver;

/// <summary>Makes network resolvers, which are to be disposed of: on .NET over pooled sockets, on .NET Framework over DnsClient. The one type of this assembly that the module looks for.</summary>
public sealed class DnsClientResolverFactory : IDnsResolverFactory
{
    /// <inheritdoc/>
    IDnsResolver IDnsResolverFactory.Create(DnsClientOptions options) => new DnsClientResolver(options);
}
