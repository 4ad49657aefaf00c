using System;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Resolver.Tests.Support;

/// <summary>Short forms for asking through the adapter as the module does.</summary>
internal static class Ask
{
    public static IDnsResolver Resolver(double seconds = 5, int retries = 3, params IPEndPoint[] servers)
    {
        IDnsResolverFactory factory = new DnsClientResolverFactory();
        return factory.Create(new DnsClientOptions { Servers = servers, Timeout = TimeSpan.FromSeconds(seconds), Retries = retries });
    }

    public static Task<DnsResponse> QueryAsync(IPEndPoint server, string name, string type, double seconds = 5, int retries = 3, CancellationToken cancellationToken = default)
    {
        Assert(DnsRecordTypes.TryParse(type, out DnsRecordType parsed));
        Assert(DomainName.TryParseDns(name, out DomainName? asked));
        return Resolver(seconds, retries, server).QueryAsync(new DnsQuestion(asked!, parsed), cancellationToken);
    }

    private static void Assert(bool condition)
    {
        if (!condition)
            throw new ArgumentException("The test asks for no name or no type.");
    }
}
