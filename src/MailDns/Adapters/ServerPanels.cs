using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Adapters;

/// <summary>The servers that are compared in one pipeline: those of each domain's zone, or those of -Server.</summary>
internal sealed class ServerPanels
{
    private readonly ResolverStack _stack;
    private readonly IDnsResolver _source;
    private readonly DnsServer[] _servers;
    private readonly bool _isAuthoritative;

    private ServerPanels(ResolverStack stack, IDnsResolver source, DnsServer[] servers, bool isAuthoritative)
    {
        _stack = stack;
        _source = source;
        _servers = servers;
        _isAuthoritative = isAuthoritative;
    }

    /// <summary>Finds the name servers of zones.</summary>
    public static ZoneServersReader ZoneReader(ResolverStack stack, IDnsResolver source) =>
        new(source, server => stack.Connect(server, recursionDesired: false), NameServerPort.Value);

    /// <summary>The servers of -Server, each asked by itself.</summary>
    public static DnsServer[] Named(ResolverStack stack) =>
        stack.Servers.Select(server => ServerPanel.Named(server, stack.Connect(server, recursionDesired: true))).ToArray();

    /// <summary>What a pipeline compares; null for a single server, the system's resolvers or zone files.</summary>
    public static ServerPanels? Create(ResolverStack stack, IDnsResolver source, bool isAuthoritative)
    {
        DnsServer[] servers = Named(stack);
        return isAuthoritative || servers.Length > 1 ? new ServerPanels(stack, source, servers, isAuthoritative) : null;
    }

    /// <summary>The servers for one domain.</summary>
    public Task<ServerPanel> ForAsync(DomainName domain, CancellationToken cancellationToken) => _isAuthoritative
        ? ServerPanel.OfZoneAsync(domain, ZoneReader(_stack, _source), _source, cancellationToken)
        : Task.FromResult(ServerPanel.OfServers(domain, _servers, _source));
}
