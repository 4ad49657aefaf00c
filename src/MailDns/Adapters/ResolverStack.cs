using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using MailDns.Dns;

namespace MailDns.Adapters;

/// <summary>
/// Puts a cmdlet's resolvers together, inside out: the network or zone files, the pipeline's cache, planned records as if
/// published, aliases followed through all of them.
/// </summary>
internal sealed class ResolverStack
{
    private readonly ResolvingCmdlet _cmdlet;

    public ResolverStack(ResolvingCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>The servers that the user named, in order.</summary>
    /// <exception cref="FormatException">A server address is none.</exception>
    public IPEndPoint[] Servers => (_cmdlet.Server ?? Array.Empty<string>()).Select(ParseServer).Distinct().ToArray();

    /// <summary>What is asked: the network or zone files, with the pipeline's cache.</summary>
    /// <exception cref="FormatException">A server address is none, or a zone file is broken.</exception>
    public IDnsResolver BuildSource() => new CachingResolver(_cmdlet.ZoneFile is null ? Network(Servers) : ZoneFiles());

    /// <summary>A source with planned records laid over it and aliases followed.</summary>
    public IDnsResolver Complete(IDnsResolver source) =>

        // The overlay follows aliases itself, from planned names to published ones and back.
        _cmdlet.PlannedRecord is { Length: > 0 } planned
            ? new OverlayResolver(source, planned)
            : new AliasFollowingResolver(source);

    /// <summary>Asks one server alone, without a cache.</summary>
    public IDnsResolver Connect(IPEndPoint server, bool recursionDesired) => Network(new[] { server }, recursionDesired);

    private IDnsResolver Network(IReadOnlyList<IPEndPoint> servers, bool recursionDesired = true) => AdapterFactory.CreateResolver(new DnsClientOptions
    {
        Servers = servers,
        Timeout = TimeSpan.FromSeconds(_cmdlet.TimeoutSec),
        Retries = _cmdlet.Retry,
        RecursionDesired = recursionDesired,
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
