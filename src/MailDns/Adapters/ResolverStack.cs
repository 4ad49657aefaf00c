using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using MailDns.Dns;

namespace MailDns.Adapters;

/// <summary>
/// Puts a cmdlet's resolvers together, inside out: the network or zone files, the pipeline's cache, planned records as if
/// published, aliases followed through all of them.
/// </summary>
internal sealed class ResolverStack : IDisposable
{
    private readonly ResolvingCmdlet _cmdlet;
    private IDnsResolver? _network;

    public ResolverStack(ResolvingCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>Builds the stack.</summary>
    /// <exception cref="FormatException">A server address is none, or a zone file is broken.</exception>
    public IDnsResolver Build()
    {
        // What files hold does not grow old.
        var clock = Stopwatch.StartNew();
        CachingResolver resolver = _cmdlet.ZoneFile is null
            ? new CachingResolver(Network(), () => clock.Elapsed)
            : new CachingResolver(ZoneFiles(), static () => TimeSpan.Zero);

        // The overlay follows aliases itself, from planned names to published ones and back.
        return _cmdlet.PlannedRecord is { Length: > 0 } planned
            ? new OverlayResolver(resolver, planned)
            : new AliasFollowingResolver(resolver);
    }

    /// <summary>Closes the sockets of the network resolver, if there is one.</summary>
    public void Dispose() => (_network as IDisposable)?.Dispose();

    private IDnsResolver Network() => _network = AdapterFactory.CreateResolver(new DnsClientOptions
    {
        Servers = (_cmdlet.Server ?? Array.Empty<string>()).Select(ParseServer).ToArray(),
        Timeout = TimeSpan.FromSeconds(_cmdlet.TimeoutSec),
        Retries = _cmdlet.Retry,
    });

    private ZoneFileResolver ZoneFiles()
    {
        if (_cmdlet.Server is not null)
        {
            throw new ArgumentException("-ZoneFile answers without any network: -Server cannot be given with it.");
        }

        var files = new List<ZoneFile>();
        foreach (string path in _cmdlet.ZoneFile!)
        {
            files.AddRange(ZoneFileLoader.Load(_cmdlet, path));
        }

        return new ZoneFileResolver(files);
    }

    private static IPEndPoint ParseServer(string text) =>
        ServerEndpoint.TryParse(text, out IPEndPoint? endpoint, out string reason)
            ? endpoint!
            : throw new FormatException("-Server " + Text.PrintableText.Quote(text) + " is no server address: " + reason);
}
