namespace MailDns.Adapters;

/// <summary>The servers that are compared in one pipeline: those of each domain's zone, or those of -Server.</summary>
internal sealed class ServerPanels
{
    private readonly IDnsResolver _source;
    private readonly ZoneServersReader? _zones;
    private readonly DnsServer[] _servers;

    private ServerPanels(IDnsResolver source, ZoneServersReader? zones, DnsServer[] servers)
    {
        _source = source;
        _zones = zones;
        _servers = servers;
    }

    /// <summary>What a pipeline compares; null for a single server, the system's resolvers or zone files.</summary>
    public static ServerPanels? Create(NetworkResolvers network, IDnsResolver source, bool isAuthoritative) =>
        isAuthoritative ? new ServerPanels(source, network.CreateZoneReader(source), System.Array.Empty<DnsServer>())
        : network.Servers.Count > 1 ? new ServerPanels(source, zones: null, network.CreateEach())
        : null;

    /// <summary>The servers for one domain.</summary>
    public Task<ServerPanel> ForAsync(DomainName domain, CancellationToken cancellationToken) => _zones is null
        ? Task.FromResult(ServerPanel.OfServers(domain, _servers, _source))
        : ServerPanel.OfZoneAsync(domain, _zones, _source, cancellationToken);
}
