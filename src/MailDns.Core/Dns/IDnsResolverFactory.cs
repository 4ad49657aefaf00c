namespace MailDns.Dns;

/// <summary>What the network adapter offers: a public class MailDns.Resolver.DnsClientResolverFactory with a parameterless constructor implements it.</summary>
internal interface IDnsResolverFactory
{
    IDnsResolver Create(DnsClientOptions options);
}
