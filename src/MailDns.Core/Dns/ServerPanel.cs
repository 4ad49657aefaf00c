namespace MailDns.Dns;

/// <summary>Several servers whose answers about one domain are to be compared: those of its zone, or those that the user named.</summary>
internal sealed class ServerPanel : IDisposable
{
    private ServerPanel(ServerPanelResolver resolver, ZoneServers? zone, ZoneDelegation? delegation)
    {
        Resolver = resolver;
        Zone = zone;
        Delegation = delegation;
    }

    /// <summary>Asks all of them, and another resolver for names outside.</summary>
    public ServerPanelResolver Resolver { get; }

    /// <summary>The zone's servers; null where the user named the servers.</summary>
    public ZoneServers? Zone { get; }

    /// <summary>What the zone above says of the zone's servers; null where the user named the servers.</summary>
    public ZoneDelegation? Delegation { get; }

    /// <summary>The servers that the user named, for the names of a domain.</summary>
    public static ServerPanel OfServers(DomainName domain, IReadOnlyList<DnsServer> servers, IDnsResolver outside) =>
        new(new ServerPanelResolver(domain, servers, outside, isAuthoritative: false), zone: null, delegation: null);

    /// <summary>The name servers of the zone that holds a domain.</summary>
    public static async Task<ServerPanel> OfZoneAsync(DomainName domain, ZoneServersReader reader, IDnsResolver outside, CancellationToken cancellationToken)
    {
        ZoneServers zone = await reader.ReadAsync(domain, cancellationToken).ConfigureAwait(false);
        ZoneDelegation? delegation = zone.Failure is null ? await reader.ReadDelegationAsync(zone, cancellationToken).ConfigureAwait(false) : null;
        return new ServerPanel(new ServerPanelResolver(zone.Zone, zone.Servers, outside, isAuthoritative: true), zone, delegation);
    }

    /// <summary>Closes the sockets of the zone's servers; those that the user named are for the whole pipeline.</summary>
    public void Dispose() => Zone?.Dispose();
}
