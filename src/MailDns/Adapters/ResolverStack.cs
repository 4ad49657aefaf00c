using System.Diagnostics;

namespace MailDns.Adapters;

/// <summary>
/// Puts a cmdlet's resolvers together, inside out: the network or zone files, the pipeline's cache, planned records as if
/// published, aliases followed through all of them.
/// </summary>
internal sealed class ResolverStack(ResolvingCmdlet cmdlet) : IDisposable
{
    private readonly ResolvingCmdlet _cmdlet = cmdlet;
    private NetworkResolvers? _network;

    /// <summary>The network as the parameters say.</summary>
    /// <exception cref="FormatException">A server address is none.</exception>
    public NetworkResolvers Network => _network ??= new NetworkResolvers(_cmdlet.Server, TimeSpan.FromSeconds(_cmdlet.TimeoutSec), _cmdlet.Retry);

    /// <summary>What is asked: the network with the pipeline's cache, or zone files.</summary>
    /// <exception cref="FormatException">A server address is none, or a zone file is broken.</exception>
    public IDnsResolver BuildSource()
    {
        if (_cmdlet.ZoneFile is not null)
        {
            return ZoneFiles();
        }

        var clock = Stopwatch.StartNew();
        return new CachingResolver(Network.CreateAll(), () => clock.Elapsed);
    }

    /// <summary>A source with planned records laid over it and aliases followed.</summary>
    public IDnsResolver Complete(IDnsResolver source) =>

        // The overlay follows aliases itself, from planned names to published ones and back.
        _cmdlet.PlannedRecord is { Length: > 0 } planned
            ? new OverlayResolver(source, planned)
            : new AliasFollowingResolver(source);

    /// <summary>Closes the sockets of the network resolvers, if there are any.</summary>
    public void Dispose() => _network?.Dispose();

    private ZoneFileResolver ZoneFiles()
    {
        if (_cmdlet.Server is not null)
        {
            throw new ArgumentException("-ZoneFile answers without any network: -Server cannot be given with it.");
        }

        var files = new List<ZoneFile>();
        foreach (string path in _cmdlet.ZoneFile!)
        {
            files.AddRange(ZoneFileLoader.Load(_cmdlet, path, zone: null, _cmdlet.AskedDomains));
        }

        return new ZoneFileResolver(files);
    }
}
