using MailDns.Dmarc;

namespace MailDns.Commands;

/// <summary>Creates the record by which a domain consents to receive another domain's DMARC reports (RFC 9990 section 4).</summary>
/// <remarks>
/// Reporters ignore an address in rua or ruf outside the policy domain's organization unless the domain of that address consents:
/// a TXT record at &lt;policy domain&gt;._report._dmarc.&lt;report domain&gt;. It belongs into the zone of the report domain, so that is
/// the default of -ZoneName. Get-DmarcStatus checks it.
/// </remarks>
/// <example>
/// <code>New-DmarcReportAuthorizationRecord contoso.com -ReportDomain reports.fabrikam.com</code>
/// <para>contoso.com._report._dmarc.reports.fabrikam.com with "v=DMARC1;", in the zone reports.fabrikam.com.</para>
/// </example>
/// <example>
/// <code>'contoso.com', 'contoso.net' | New-DmarcReportAuthorizationRecord -ReportDomain dmarc@fabrikam.com | Add-DnsServerResourceRecord -Txt</code>
/// <para>Lets the reports of two domains go to one mailbox, on a Windows DNS server.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "DmarcReportAuthorizationRecord")]
[OutputType(typeof(TxtRecord))]
public sealed class NewDmarcReportAuthorizationRecordCommand : RecordGeneratorCommand
{
    private bool _zoneGiven;

    /// <summary>The domain that receives the reports, or an address in it.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string ReportDomain { get; set; } = string.Empty;

    protected override void BeginProcessing() =>
        // A zone that comes by pipeline is that of the policy domain, not that of this record.
        _zoneGiven = !string.IsNullOrEmpty(ZoneName);

    private protected override IEnumerable<object> Create(DomainName domain, DomainName zone)
    {
        DomainName destination = DomainName.Parse(ReportDomain.Substring(ReportDomain.LastIndexOf('@') + 1));
        yield return DmarcReportAuthorization.Create(domain, destination, _zoneGiven ? zone : destination, TimeToLive);
    }
}
