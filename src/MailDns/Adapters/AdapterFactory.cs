using System;
using MailDns.Dns;

namespace MailDns.Adapters;

/// <summary>The adapters by what they do. Each loads its library only when first used.</summary>
internal static class AdapterFactory
{
    private static readonly Lazy<IDnsResolverFactory> s_resolver = new(() =>
        IsolatedLoader.Create<IDnsResolverFactory>("MailDns.Resolver", "MailDns.Resolver.DnsClientResolverFactory", "DnsClient"));

    /// <summary>DNS over the network (DnsClient).</summary>
    public static IDnsResolver CreateResolver(DnsClientOptions options) => s_resolver.Value.Create(options);
}
