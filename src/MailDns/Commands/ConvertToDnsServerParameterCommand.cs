using System.Collections.Specialized;
using MailDns.Formats;

namespace MailDns.Commands;

/// <summary>Makes a table of parameters for Add-DnsServerResourceRecord from each record, whatever its type.</summary>
/// <remarks>
/// Add-DnsServerResourceRecord takes one type a pipeline, because a switch picks it. These tables are splatted one by one, so
/// a mixed set needs no sorting: TXT, CNAME, MX, NS, A, AAAA and TLSA by their own parameters, CAA as type 257 with its data
/// in hexadecimal (RFC 3597).
/// The cmdlet takes no text over 254 characters, and every 2048-bit DKIM key is longer. Such a record gives the error
/// RecordTooLong and no table. Ways out, the best first: an alias to the platform's key (New-DkimRecord -CnameTarget);
/// ConvertTo-DnsRecordText -Format DnsCmd; -Format NsUpdate; -Format Zone for a zone kept in a file. A text with a quote or with
/// other than printable ASCII gives RecordValueNotSupported.
/// Nothing is removed: today's SPF record goes before the new one is added.
/// </remarks>
/// <example>
/// <code>foreach ($p in New-TrackingRecord contoso.com -Target trk.example.net | ConvertTo-DnsServerParameter) { Add-DnsServerResourceRecord @p -ComputerName dc1 }</code>
/// <para>Adds the records on a server. Any set of records can take the place of New-TrackingRecord.</para>
/// </example>
/// <example>
/// <code>New-DmarcRecord contoso.com -Rua dmarc@contoso.com | ConvertTo-DnsServerParameter</code>
/// <para>Shows ZoneName, Name, TimeToLive, Txt and DescriptiveText.</para>
/// </example>
/// <seealso href="https://learn.microsoft.com/powershell/module/dnsserver/add-dnsserverresourcerecord"/>
[Cmdlet(VerbsData.ConvertTo, "DnsServerParameter")]
[OutputType(typeof(OrderedDictionary))]
public sealed class ConvertToDnsServerParameterCommand : MailDnsCmdlet
{
    /// <summary>Records of MailDns (New-*Record, ConvertFrom-DnsZone), also imported from CLIXML or handed back by a job.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Record")]
    [ResourceRecordArgument]
    [ValidateNotNullOrEmpty]
    public ResourceRecord[] InputObject { get; set; } = Array.Empty<ResourceRecord>();

    protected override void ProcessRecord()
    {
        foreach (ResourceRecord record in InputObject)
        {
            OrderedDictionary table;
            try
            {
                table = DnsServerParameters.Create(record);
            }
            catch (RecordExportException exception)
            {
                WriteError(ErrorRecords.From(exception, record));
                continue;
            }

            WriteObject(table);
        }
    }
}
