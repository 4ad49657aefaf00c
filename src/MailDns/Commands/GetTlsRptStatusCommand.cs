using MailDns.TlsRpt;

namespace MailDns.Commands;

/// <summary>Reads the TLS-RPT record of a domain and judges it (RFC 8460).</summary>
/// <remarks>A failed lookup is Unknown, never missing.</remarks>
/// <example>
/// <code>Get-TlsRptStatus contoso.com</code>
/// <para>The record at _smtp._tls.contoso.com.</para>
/// </example>
/// <example>
/// <code>(Get-TlsRptStatus example.com -ZoneFile ./examples/zones/example.com.zone).Findings</code>
/// <para>What is to be said of the record in a zone file.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "TlsRptStatus")]
[OutputType(typeof(TlsRptStatus))]
public sealed class GetTlsRptStatusCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await TlsRptStatusReader.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false) };
}
