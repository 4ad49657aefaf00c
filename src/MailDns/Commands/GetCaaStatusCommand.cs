using MailDns.Caa;

namespace MailDns.Commands;

/// <summary>Reads the CAA records that apply to a domain and judges them (RFC 8659, RFC 9495).</summary>
/// <remarks>
/// Looks at the domain and then at each name above it until one has records, as authorities do. Says whether they shut out the certificates
/// that the domain's BIMI record and MTA-STS host need. A failed lookup is Unknown: authorities then do not issue.
/// </remarks>
/// <example>
/// <code>Get-CaaStatus contoso.com</code>
/// <para>The records, the name where they are, and findings.</para>
/// </example>
/// <example>
/// <code>Get-CaaStatus example.com -ZoneFile ./examples/zones/example.com.zone, ./examples/zones/com.zone</code>
/// <para>From zone files; the parent zone is asked where the domain has none.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "CaaStatus")]
[OutputType(typeof(CaaStatus))]
public sealed class GetCaaStatusCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await CaaStatusReader.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false) };
}
