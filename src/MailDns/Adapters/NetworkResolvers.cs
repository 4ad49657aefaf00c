using System.Net;
using System.Net.Sockets;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>Resolvers over the network as a cmdlet's parameters say, without a cache.</summary>
/// <exception cref="FormatException">A server of -Server is not valid.</exception>
internal sealed class NetworkResolvers(IEnumerable<string>? servers, TimeSpan timeout, int retries) : IDisposable
{
    private readonly List<IDisposable> _kept = new();

    /// <summary>The servers that the user named, in order; none for the system's. A name has been resolved, once.</summary>
    public IReadOnlyList<ServerAddress> Servers { get; } = (servers ?? Array.Empty<string>()).Select(Parse).Distinct().ToArray();

    /// <summary>Asks the servers that the user named, in turns, or the system's resolvers.</summary>
    public IDnsResolver CreateAll()
    {
        IDnsResolver[] resolvers = Groups().ToArray();
        return Keep(resolvers.Length == 1 ? resolvers[0] : new FallbackResolver(resolvers));
    }

    /// <summary>The servers that the user named, each asked by itself.</summary>
    public DnsServer[] CreateEach() => Servers.Select(server => new DnsServer(server, Keep(Create(server)))).ToArray();

    /// <summary>Finds the name servers of zones through a resolver, and asks them; what it opens is freed with what it found.</summary>
    public ZoneServersReader CreateZoneReader(IDnsResolver resolver) =>
        new(resolver, server => Create(new[] { server }, recursionDesired: false), NameServerPort.Value);

    /// <summary>Closes the sockets.</summary>
    public void Dispose() => _kept.ForEach(kept => kept.Dispose());

    // Plain servers beside each other take turns within one resolver, which knows when to ask the next one.
    private IEnumerable<IDnsResolver> Groups()
    {
        if (Servers.Count == 0) yield return Create(Array.Empty<IPEndPoint>(), recursionDesired: true);

        for (int i = 0; i < Servers.Count; i++)
        {
            IPEndPoint[] plain = Servers.Skip(i).TakeWhile(server => server.EndPoint is not null).Select(server => server.EndPoint!).ToArray();
            i += Math.Max(0, plain.Length - 1);
            yield return plain.Length > 0 ? Create(plain, recursionDesired: true) : Create(Servers[i]);
        }
    }

    private IDnsResolver Keep(IDnsResolver resolver)
    {
        if (resolver is IDisposable disposable) _kept.Add(disposable);

        return resolver;
    }

    private IDnsResolver Create(ServerAddress server) => server.EndPoint is { } endPoint
        ? Create(new[] { endPoint }, recursionDesired: true)
        : AdapterFactory.CreateResolver(new DnsClientOptions { Secure = server, Timeout = timeout, Retries = retries });

    private IDnsResolver Create(IReadOnlyList<IPEndPoint> servers, bool recursionDesired) => AdapterFactory.CreateResolver(new DnsClientOptions
    {
        Servers = servers,
        Timeout = timeout,
        Retries = retries,
        RecursionDesired = recursionDesired,
    });

    private static ServerAddress Parse(string text)
    {
        if (!ServerAddress.TryParse(text, out ServerAddress? server, out string reason))
            throw new FormatException("-Server " + PrintableText.Quote(text) + " is not a valid DNS server: " + reason);

        return server!.Transport == ServerTransport.Plain && server.EndPoint is null ? Resolve(server) : server;
    }

    // As Resolve-DnsName does, a server's name is looked up by the system.
    private static ServerAddress Resolve(ServerAddress server)
    {
        try
        {
            IPAddress[] addresses = System.Net.Dns.GetHostAddresses(server.Host);
            IPAddress? address = Array.Find(addresses, found => found.AddressFamily == AddressFamily.InterNetwork) ?? addresses.FirstOrDefault();
            return address is not null ? ServerAddress.Of(new IPEndPoint(address, server.Port)) : throw NotFound(server, "it has no address");
        }
        catch (SocketException exception)
        {
            throw NotFound(server, PrintableText.Escape(exception.Message));
        }
    }

    private static FormatException NotFound(ServerAddress server, string reason) =>
        new("-Server " + PrintableText.Quote(server.Host) + ": the name of the server was not found: " + reason + ". Specify its IP address.");
}

/// <summary>
/// The port of name servers: 53. A process that runs name servers of its own on another port, as the tests do, says so by
/// <c>[AppDomain]::CurrentDomain.SetData('MailDns.NameServerPort', 5300)</c>. No parameter: NS records name no port.
/// </summary>
internal static class NameServerPort
{
    private const string DataName = "MailDns.NameServerPort";

    public static int Value => AppDomain.CurrentDomain.GetData(DataName) is { } port
        ? Convert.ToInt32(port, CultureInfo.InvariantCulture)
        : ServerEndpoint.DefaultPort;
}

/// <summary>The servers that are compared in one pipeline: those of each domain's zone, or those of -Server.</summary>
internal sealed class ServerPanels(IDnsResolver source, ZoneServersReader? zones, DnsServer[] servers)
{
    /// <summary>What a pipeline compares; null for a single server, the system's resolvers or zone files.</summary>
    public static ServerPanels? Create(NetworkResolvers network, IDnsResolver source, bool isAuthoritative) =>
        isAuthoritative ? new ServerPanels(source, network.CreateZoneReader(source), System.Array.Empty<DnsServer>())
        : network.Servers.Count > 1 ? new ServerPanels(source, zones: null, network.CreateEach())
        : null;

    /// <summary>The servers for one domain.</summary>
    public Task<ServerPanel> ForAsync(DomainName domain, CancellationToken cancellationToken) => zones is null
        ? Task.FromResult(ServerPanel.OfServers(domain, servers, source))
        : ServerPanel.OfZoneAsync(domain, zones, source, cancellationToken);
}
