using System;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Adapters;

/// <summary>The adapters by what they do. Each loads its library only when first used.</summary>
internal static class AdapterFactory
{
    private static readonly Lazy<IDnsResolverFactory> s_resolver = new(() =>
        IsolatedLoader.Create<IDnsResolverFactory>("MailDns.Resolver", "MailDns.Resolver.DnsClientResolverFactory", "DnsClient"));

    private static readonly Lazy<IJsonTextReader> s_json = new(() =>
        IsolatedLoader.Create<IJsonTextReader>("MailDns.Json", "MailDns.Json.NewtonsoftJsonReader", "Newtonsoft.Json"));

    /// <summary>JSON with positions (Newtonsoft.Json).</summary>
    public static IJsonTextReader Json => s_json.Value;

    /// <summary>DNS over the network (DnsClient).</summary>
    public static IDnsResolver CreateResolver(DnsClientOptions options) => s_resolver.Value.Create(options);
}
