using MailDns.Mx;

namespace MailDns.Commands;

/// <summary>Creates the null MX of a domain that takes no mail (RFC 7505).</summary>
/// <remarks>
/// Senders learn at once that the domain receives no mail; otherwise they try for days. The record must be the only MX record of
/// the domain. A domain that sends mail must not have it: receivers may refuse mail that cannot be answered (RFC 7505 section
/// 4.2).
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
    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return MxRecordBuilder.CreateNull(domain, zone, TimeToLive);
    }
}
