namespace MailDns.Dns;

/// <summary>The zone that holds a name, and the servers that hold the zone.</summary>
internal sealed class ZoneServers(DomainName zone, IReadOnlyList<DnsServer> servers, IReadOnlyList<ServerFault> faults, int leftOut, IReadOnlyList<DnsServer> opened) : IDisposable
{
    private readonly IReadOnlyList<DnsServer> _opened = opened;

    private ZoneServers(DomainName name, string failure)
        : this(name, Array.Empty<DnsServer>(), Array.Empty<ServerFault>(), leftOut: 0, Array.Empty<DnsServer>()) => Failure = failure;

    /// <summary>The zone's apex; the name itself where the zone could not be found.</summary>
    public DomainName Zone { get; } = zone;

    /// <summary>The servers that answer for the zone, those with the newest serial number first.</summary>
    public IReadOnlyList<DnsServer> Servers { get; } = servers;

    /// <summary>The servers that do not.</summary>
    public IReadOnlyList<ServerFault> Faults { get; } = faults;

    /// <summary>Servers or addresses beyond the bound, which were not asked.</summary>
    public int LeftOut { get; } = leftOut;

    /// <summary>Why the zone or its servers could not be found; null where they were.</summary>
    public string? Failure { get; }

    /// <summary>The newest serial number; null without a server.</summary>
    public uint? NewestSerial => Servers.Count == 0 ? null : SerialNumber.Newest(Servers.Select(server => server.Serial ?? 0));

    /// <summary>How long resolvers keep that a name of the zone does not exist (RFC 2308 section 5); null without a server.</summary>
    public TimeSpan? NegativeCacheTime => Servers.Count == 0 ? null : TimeSpan.FromSeconds(Servers.Max(server => server.NegativeTtl ?? 0));

    public static ZoneServers Unknown(DomainName name, string failure) => new(name, failure);

    /// <summary>Closes the sockets of all servers that were asked.</summary>
    public void Dispose()
    {
        foreach (DnsServer server in _opened)
            server.Dispose();
    }

    /// <summary>True for a server whose zone is older than another's.</summary>
    public bool IsLagging(DnsServer server) => NewestSerial is { } newest && server.Serial != newest;
}
