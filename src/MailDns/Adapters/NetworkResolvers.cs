using System.Net;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>Resolvers over the network as a cmdlet's parameters say, without a cache.</summary>
/// <exception cref="FormatException">A server address is none.</exception>
internal sealed class NetworkResolvers(IEnumerable<string>? servers, TimeSpan timeout, int retries) : IDisposable
{
    private readonly List<IDisposable> _kept = new();
    private readonly TimeSpan _timeout = timeout;
    private readonly int _retries = retries;

    /// <summary>The servers that the user named, in order; none for the system's.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; } = (servers ?? Array.Empty<string>()).Select(Parse).Distinct().ToArray();

    /// <summary>Asks the servers that the user named, in turns, or the system's resolvers.</summary>
    public IDnsResolver CreateAll() => Keep(Create(Servers, recursionDesired: true));

    /// <summary>The servers that the user named, each asked by itself.</summary>
    public DnsServer[] CreateEach() => Servers.Select(server => ServerPanel.Named(server, Keep(Create(new[] { server }, recursionDesired: true)))).ToArray();

    /// <summary>Finds the name servers of zones through a resolver, and asks them; what it opens is freed with what it found.</summary>
    public ZoneServersReader CreateZoneReader(IDnsResolver resolver) =>
        new(resolver, server => Create(new[] { server }, recursionDesired: false), NameServerPort.Value);

    /// <summary>Closes the sockets.</summary>
    public void Dispose() => _kept.ForEach(kept => kept.Dispose());

    private IDnsResolver Keep(IDnsResolver resolver)
    {
        if (resolver is IDisposable disposable)
        {
            _kept.Add(disposable);
        }

        return resolver;
    }

    private IDnsResolver Create(IReadOnlyList<IPEndPoint> servers, bool recursionDesired) => AdapterFactory.CreateResolver(new DnsClientOptions
    {
        Servers = servers,
        Timeout = _timeout,
        Retries = _retries,
        RecursionDesired = recursionDesired,
    });

    private static IPEndPoint Parse(string text) =>
        ServerEndpoint.TryParse(text, out IPEndPoint? endpoint, out string reason)
            ? endpoint!
            : throw new FormatException("-Server " + PrintableText.Quote(text) + " is not a valid server address: " + reason);
}
