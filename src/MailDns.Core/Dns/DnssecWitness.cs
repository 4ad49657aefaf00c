namespace MailDns.Dns;

/// <summary>
/// What a resolver's answers tell of DNSSEC. A clear AD bit means an unsigned zone only where the resolver validates at all;
/// one that does says AD for the root, which is signed.
/// </summary>
internal static class DnssecWitness
{
    /// <summary>True where the resolver says that it validated the root's SOA.</summary>
    public static async Task<bool> ValidatesAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse root = await resolver.QueryAsync(DomainName.Root, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
        return root.IsAuthenticated;
    }
}
