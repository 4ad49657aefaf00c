using MailDns.Spf;

namespace MailDns.Commands;

/// <summary>Creates an SPF record, which says what hosts may send for a domain (RFC 7208).</summary>
/// <remarks>
/// Terms that need no lookup come first, "all" or redirect last. Every value is checked, and a record that receivers would
/// refuse is not made: a broken value, more than ten terms with lookups, an include of the domain itself. A domain has one
/// SPF record; where there is one already, use Add-SpfMechanism. Uses no network.
/// </remarks>
/// <example>
/// <code>New-SpfRecord contoso.com -Include spf.akmta.net -Mx ''</code>
/// <para>v=spf1 mx include:spf.akmta.net -all</para>
/// </example>
/// <example>
/// <code>New-SpfRecord contoso.com -IPv4 8.8.8.0/24, 8.8.4.4 -A www.contoso.com -All SoftFail | Add-DnsServerResourceRecord -Txt</code>
/// <para>Publishes the record on a Windows DNS server.</para>
/// </example>
/// <example>
/// <code>New-SpfRecord parked.contoso.com -ZoneName contoso.com</code>
/// <para>v=spf1 -all: this name sends no mail.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "SpfRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewSpfRecordCommand : SpfGeneratorCommand
{
    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        TxtRecord record = SpfRecordBuilder.Create(domain, zone, Options, TimeToLive);
        foreach (string warning in SpfRecordBuilder.Warnings(domain, record.Text))
            yield return CmdletMessage.Warning(warning);

        yield return record;
    }
}
