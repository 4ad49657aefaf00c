using MailDns.Formats;

namespace MailDns;

/// <summary>Base of the converters that need all records at once, because they merge record sets.</summary>
public abstract class RecordConverterCommand : MailDnsCmdlet
{
    private readonly List<ResourceRecord> _records = new();

    /// <summary>Records of MailDns (New-*Record, ConvertFrom-DnsZone), also imported from CLIXML or handed back by a job.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [Alias("Record")]
    [ResourceRecordArgument]
    [ValidateNotNullOrEmpty]
    public ResourceRecord[] InputObject { get; set; } = Array.Empty<ResourceRecord>();

    private protected IReadOnlyList<ResourceRecord> Records => _records;

    protected override void ProcessRecord() => _records.AddRange(InputObject);

    private protected void WriteErrors(IEnumerable<RecordExportError> errors)
    {
        foreach (RecordExportError error in errors)
            WriteError(ErrorRecords.From(error.Exception, error.Owner));
    }
}
