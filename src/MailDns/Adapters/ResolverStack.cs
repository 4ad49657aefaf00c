using System;
using System.Collections.Generic;
using System.Net;
using MailDns.Dns;

namespace MailDns.Adapters;

/// <summary>Puts a cmdlet's resolvers together: network or zone files, cache, planned records, aliases.</summary>
internal sealed class ResolverStack
{
    private readonly ResolvingCmdlet _cmdlet;

    public ResolverStack(ResolvingCmdlet cmdlet) => _cmdlet = cmdlet;

    public IDnsResolver Build() => AdapterFactory.CreateResolver(new DnsClientOptions
    {
        Servers = new List<IPEndPoint>(),
        Timeout = TimeSpan.FromSeconds(_cmdlet.TimeoutSec),
        Retries = _cmdlet.Retry,
    });
}
