using MailDns.Mx;

namespace MailDns.Commands;

/// <summary>Reads where the mail of a domain goes (MX), and says what is wrong with it (RFC 5321, RFC 7505).</summary>
/// <remarks>
/// Returns the mail exchangers by preference with their addresses, and shows whether one is an alias, which is not allowed (RFC
/// 2181 section 10.3). Without an MX record, mail goes to the address of the domain itself; with a null MX record, the domain
/// receives no mail. If a lookup fails, the result is Unknown.
/// </remarks>
/// <example>
/// <code>Get-MxStatus contoso.com</code>
/// <para>Exchangers and findings.</para>
/// </example>
/// <example>
/// <code>Get-MxStatus example.com -ZoneFile ./examples/zones/example.com.zone | Select-Object -ExpandProperty Exchanges</code>
/// <para>The exchangers with their addresses, from a zone file and without a network.</para>
/// </example>
/// <example>
/// <code>Get-AcceptedDomain | Get-MxStatus | Where-Object { -not $_.IsValid }</code>
/// <para>Domains of an Exchange organization whose MX are not right, or not known.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "MxStatus")]
[OutputType(typeof(MxStatus))]
public sealed class GetMxStatusCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await MxStatusReader.ReadAsync(domain, resolver, MxReadOptions.Default, cancellationToken).ConfigureAwait(false) };
}
