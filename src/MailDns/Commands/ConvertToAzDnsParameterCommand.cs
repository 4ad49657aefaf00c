using System.Collections.Specialized;
using MailDns.Formats;

namespace MailDns.Commands;

/// <summary>Makes tables of parameters for New-AzDnsRecordSet: one a record set, all records of a name and type together.</summary>
/// <remarks>
/// Azure DNS writes record sets whole. Two texts at one name are one set, and piping them one by one would fail at the second
/// or, with -Overwrite, lose the first; here they are merged. DnsRecords of each table holds tables for New-AzDnsRecordConfig,
/// so that this works without Az.Dns too: make the records of them first, then splat the set (see the examples).
/// New-AzDnsRecordSet refuses a set that is there already. With -Overwrite it replaces the set, proofs of ownership included:
/// put all values to be kept into the pipeline, or change the set that Get-AzDnsRecordSet gives.
/// Texts stay whole and unquoted, as Azure wants them. One that is empty, longer than 4096 characters, or has other than
/// printable ASCII gives an error, and its whole set is left out; so does TLSA, which New-AzDnsRecordConfig is not known to take.
/// </remarks>
/// <example>
/// <code>foreach ($set in $records | ConvertTo-AzDnsParameter -ResourceGroupName dns) { $set.DnsRecords = @(foreach ($r in $set.DnsRecords) { New-AzDnsRecordConfig @r }); New-AzDnsRecordSet @set }</code>
/// <para>Creates the record sets.</para>
/// </example>
/// <example>
/// <code>New-DmarcRecord contoso.com -Rua dmarc@contoso.com | ConvertTo-AzDnsParameter -ResourceGroupName dns</code>
/// <para>Shows Name, ZoneName, ResourceGroupName, RecordType, Ttl and DnsRecords.</para>
/// </example>
/// <seealso href="https://learn.microsoft.com/powershell/module/az.dns/new-azdnsrecordset"/>
[Cmdlet(VerbsData.ConvertTo, "AzDnsParameter")]
[OutputType(typeof(OrderedDictionary))]
public sealed class ConvertToAzDnsParameterCommand : RecordConverterCommand
{
    /// <summary>The zone's resource group, put into each table. Left out, it is given to New-AzDnsRecordSet itself.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    protected override void EndProcessing()
    {
        var errors = new List<RecordExportError>();
        IReadOnlyList<OrderedDictionary> tables = AzDnsParameters.Create(Records, ResourceGroupName, errors);
        WriteErrors(errors);
        foreach (OrderedDictionary table in tables)
            WriteObject(table);
    }
}
