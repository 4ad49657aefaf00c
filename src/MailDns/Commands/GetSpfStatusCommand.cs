using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Reads the SPF record of a domain with everything it includes, and says what is wrong with it (RFC 7208).</summary>
/// <remarks>
/// Follows the whole tree of includes and redirects, and counts lookups and void lookups as RFC 7208 section 4.6.4 does. Each
/// finding gives the place of the fault, and the corrected record if there is one. If a lookup fails, what depends on it is
/// Unknown, never missing.
/// </remarks>
/// <example>
/// <code>Get-SpfStatus contoso.com</code>
/// <para>The record, the lookups it costs, and the findings.</para>
/// </example>
/// <example>
/// <code>Get-DnsServerZone | Get-SpfStatus | Where-Object LookupCount -gt 8</code>
/// <para>Zones that are near the limit of ten lookups.</para>
/// </example>
/// <example>
/// <code>New-SpfRecord contoso.com -Include spf.akmta.net | ForEach-Object { Get-SpfStatus contoso.com -PlannedRecord $_ }</code>
/// <para>Judges a record before it is published.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SpfStatus")]
[OutputType(typeof(SpfStatus))]
public sealed class GetSpfStatusCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await SpfStatusReader.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false) };
}
