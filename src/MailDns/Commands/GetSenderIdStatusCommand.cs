using MailDns.SenderId;

namespace MailDns.Commands;

/// <summary>Reads the Sender ID records of a domain (RFC 4406, Historic). To have none is as it should be.</summary>
/// <remarks>Finds records that begin with spf2.0, and those that were meant to. A failed lookup is Unknown.</remarks>
/// <example>
/// <code>Get-SenderIdStatus contoso.com</code>
/// <para>The records and what is to be said of them.</para>
/// </example>
/// <example>
/// <code>Get-DnsServerZone | Get-SenderIdStatus | Where-Object Records</code>
/// <para>Zones that still publish Sender ID.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SenderIdStatus")]
[OutputType(typeof(SenderIdStatus))]
public sealed class GetSenderIdStatusCommand : DomainReaderCommand
{
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new object[] { await SenderIdStatusReader.ReadAsync(domain, resolver, cancellationToken).ConfigureAwait(false) };
}
