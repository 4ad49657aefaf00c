using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Creates the records of a parked domain: one that neither sends nor receives mail.</summary>
/// <remarks>
/// Returns an SPF record that authorises no host (RFC 7208), the null MX record (RFC 7505), a revoked DKIM key for every selector
/// (RFC 6376) and a DMARC record that asks receivers to reject all mail from the domain, its subdomains and names that do not
/// exist (RFC 9989). Below -ZoneName the DMARC record has p=reject only: sp and np apply at the Organizational Domain only. With
/// an address for reports you see who tries to send as the domain; an address in another domain needs an authorization record
/// there (New-DmarcReportAuthorizationRecord). Check the result with Test-SendingDomain -Parked. Uses no network.
/// </remarks>
/// <example>
/// <code>New-ParkedDomainRecord contoso.net -AggregateReportUri dmarc@contoso.com</code>
/// <para>The four records of a domain.</para>
/// </example>
/// <example>
/// <code>$records = New-ParkedDomainRecord contoso.net; Test-SendingDomain contoso.net -Parked -PlannedRecord $records</code>
/// <para>Would the domain be safe with these records?</para>
/// </example>
/// <example>
/// <code>Get-Content parked.txt | New-ParkedDomainRecord -Exclude Mx | Add-DnsServerResourceRecord -Txt -ComputerName dc1</code>
/// <para>All but the null MX for each domain of a list, published on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ParkedDomainRecord")]
[OutputType(typeof(TxtRecord), typeof(MxRecord))]
public sealed class NewParkedDomainRecordCommand : RecordGeneratorCommand
{
    /// <summary>DMARC rua: where daily reports go. A bare address becomes a mailto: URI. Default: no reports.</summary>
    [Parameter]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    /// <summary>Parts to leave out: Spf, Mx, Dkim, Dmarc.</summary>
    [Parameter]
    [ValidateSet(nameof(RecordPurpose.Spf), nameof(RecordPurpose.Mx), nameof(RecordPurpose.Dkim), nameof(RecordPurpose.Dmarc))]
    public RecordPurpose[] Exclude { get; set; } = Array.Empty<RecordPurpose>();

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone) =>
        ParkedDomainRecordBuilder.Build(domain, zone, new ParkedDomainRecordOptions
        {
            AggregateReportUri = AggregateReportUri,
            Exclude = Exclude,
            TimeToLive = TimeToLive,
        });
}
