namespace MailDns.Dns;

/// <summary>Short forms of the common questions.</summary>
internal static class DnsResolverExtensions
{
    public static Task<DnsResponse> QueryAsync(this IDnsResolver resolver, DomainName name, DnsRecordType type, CancellationToken cancellationToken) =>
        resolver.QueryAsync(new DnsQuestion(name, type), cancellationToken);

    public static Task<DnsResponse> QueryTxtAsync(this IDnsResolver resolver, DomainName name, CancellationToken cancellationToken) =>
        resolver.QueryAsync(new DnsQuestion(name, DnsRecordType.Txt), cancellationToken);
}
