using MailDns.MtaSts;

namespace MailDns.Commands;

/// <summary>Creates the TXT record that announces an MTA-STS policy (RFC 8461 section 3.1).</summary>
/// <remarks>
/// Senders fetch the policy from https://mta-sts.domain/.well-known/mta-sts.txt (New-MtaStsPolicy writes it) and keep it for its max_age.
/// They fetch it again when the id of this record changes: publish a new id whenever the policy changed, after the policy is in place.
/// </remarks>
/// <example>
/// <code>New-MtaStsRecord contoso.com</code>
/// <para>_mta-sts.contoso.com with the time of now as the id.</para>
/// </example>
/// <example>
/// <code>New-MtaStsRecord contoso.com -Id 20260101 | Add-DnsServerResourceRecord -Txt -ComputerName dc1</code>
/// <para>Publishes "v=STSv1; id=20260101" on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "MtaStsRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewMtaStsRecordCommand : RecordGeneratorCommand
{
    /// <summary>1 to 32 letters and digits, another one for every change of the policy; default: the time of now in UTC, as 20260131T120000Z.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Id { get; set; }

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        yield return MtaStsRecordBuilder.Create(domain, zone, Id ?? MtaStsRecordBuilder.IdOf(DateTime.UtcNow), TimeToLive);
    }
}
