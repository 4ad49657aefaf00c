using MailDns.Mx;

namespace MailDns.Commands;

/// <summary>Creates the null MX of a domain that takes no mail (RFC 7505).</summary>
/// <remarks>
/// The record says at once what senders would otherwise find out by trying for days. It has to be the only MX of the domain. A
/// domain that sends mail must not have it: receivers may refuse what cannot be answered (RFC 7505 section 4.2).
/// </remarks>
/// <example>
/// <code>New-NullMxRecord parked.contoso.com -ZoneName contoso.com</code>
/// <para>parked.contoso.com MX 0 "."</para>
/// </example>
/// <example>
/// <code>Get-Content parked.txt | New-NullMxRecord | Add-DnsServerResourceRecord -MX -ComputerName dc1</code>
/// <para>Publishes one for each domain of a list on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "NullMxRecord")]
[OutputType(typeof(MxRecord))]
public sealed class NewNullMxRecordCommand : RecordGeneratorCommand
{
    /// <inheritdoc/>
    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return MxRecordBuilder.CreateNull(domain, zone, TimeToLive);
    }
}
