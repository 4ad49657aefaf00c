using System;
using System.Collections.Concurrent;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Pooled;

namespace MailDns.Resolver.Tests.Support;

/// <summary>Short forms for asking as the module does, by either exchange. Frees all that it has made.</summary>
internal sealed class Ask(ExchangeKind kind) : IDisposable
{
    private readonly ConcurrentBag<IDisposable> _made = [];

    public ExchangeKind Kind => kind;

    /// <summary>The names that DnsClient cannot ask for or read back: a failure with it and no matter for the other.</summary>
    public bool AsksAllNames => kind is ExchangeKind.Pooled;

    public IDnsResolver Resolver(double seconds = 5, int retries = 3, params IPEndPoint[] servers)
    {
        IDnsExchange exchange = kind is ExchangeKind.Pooled ? new PooledExchange() : new DnsClientExchange();
        var resolver = new DnsClientResolver(new DnsClientOptions { Servers = servers, Timeout = TimeSpan.FromSeconds(seconds), Retries = retries }, exchange);
        _made.Add(resolver);
        return resolver;
    }

    public Task<DnsResponse> QueryAsync(IPEndPoint server, string name, string type, double seconds = 5, int retries = 3, CancellationToken cancellationToken = default)
    {
        Assert(DnsRecordTypes.TryParse(type, out DnsRecordType parsed));
        Assert(DomainName.TryParseDns(name, out DomainName? asked));
        return Resolver(seconds, retries, server).QueryAsync(new DnsQuestion(asked!, parsed), cancellationToken);
    }

    public void Dispose()
    {
        while (_made.TryTake(out IDisposable? made))
            made.Dispose();
    }

    private static void Assert(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The test asks for no name or no type.");
    }
}
