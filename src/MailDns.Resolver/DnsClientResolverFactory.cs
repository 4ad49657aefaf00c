using MailDns.Dns;
using MailDns.Resolver.Secure;

namespace MailDns.Resolver;

/// <summary>Makes network resolvers, which are to be disposed of: on .NET over pooled sockets, on .NET Framework over DnsClient. The one type of this assembly that the module looks for.</summary>
public sealed class DnsClientResolverFactory : IDnsResolverFactory
{
    IDnsResolver IDnsResolverFactory.Create(DnsClientOptions options) => options.Secure switch
    {
        null => new DnsClientResolver(options),
        { Uri: { } uri } server => Secure(server, new HttpsChannel(uri, options.Validate), options),
        { } server => Secure(server, new TlsChannel(server.Host, server.Port, options.Validate), options),
    };

    private static SecureResolver Secure(ServerAddress server, ISecureChannel channel, DnsClientOptions options) =>
        new(server, channel, options.Timeout, options.Retries, options.RecursionDesired);
}
