using MailDns.Publishing;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Compares wanted records with what is there, and gives the plan that Publish-SendingDomainRecord carries out.</summary>
/// <remarks>
/// The wanted records come from the pipeline or from the profile of a platform. The existing records come from DNS (-Server),
/// zone files (-ZoneFile) or objects (-ExistingRecord). Nothing is changed. The plan has one item for each record: Keep, Add,
/// Replace, Remove, Conflict or Unknown. An SPF record gets the wanted mechanisms and keeps its own. A DMARC policy in force is
/// kept or made stricter. Other TXT records, such as proofs of ownership, are not touched. A CNAME record at a name that has
/// other records is a Conflict (RFC 1034 section 3.6.2). If a lookup fails, the action is Unknown. Records that mean the same are
/// equal: letter case and a trailing dot in names, the order of tags, and how a text is split into strings make no difference. If
/// only the time to live differs, the action is Keep, and the item says so.
/// </remarks>
/// <example>
/// <code>Compare-SendingDomain example.com -Provider Altcraft -PublicKey (Get-Content examples/ak.public.pem -Raw) -AggregateReportUri report@example.com -ZoneFile examples/zones/*.zone</code>
/// <para>What to change in a zone file for the records of the platform.</para>
/// </example>
/// <example>
/// <code>New-SpfRecord contoso.com -Include spf.akmta.net | Compare-SendingDomain -ExistingRecord (Get-DnsServerResourceRecord -ZoneName contoso.com)</code>
/// <para>One record against a zone of Windows DNS Server.</para>
/// </example>
/// <example>
/// <code>$plan = $records | Compare-SendingDomain -Server 10.0.0.53; $plan | Where-Object Action -in Conflict, Unknown</code>
/// <para>What a person has to decide before publishing.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "SendingDomain", DefaultParameterSetName = RecordSet)]
[OutputType(typeof(RecordChange))]
public sealed class CompareSendingDomainCommand : ProviderRecordCommand
{
    private const string RecordSet = "Record";
    private readonly List<ResourceRecord> _wanted = new();

    /// <summary>The wanted records: from New-*Record, New-SendingDomainRecord, or exported and imported again.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RecordSet)]
    [ResourceRecordArgument]
    public ResourceRecord[] InputObject { get; set; } = Array.Empty<ResourceRecord>();

    /// <summary>Use the wanted SPF and DMARC records as they are; what only the existing records have is removed.</summary>
    [Parameter]
    public SwitchParameter NoMerge { get; set; }

    /// <summary>
    /// Also remove other records of the same name and kind as a wanted one: a second SPF record, an old key at the selector, MX
    /// records that are not wanted. Texts of no known kind stay in any case.
    /// </summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    internal override IReadOnlyList<DomainName> AskedDomains =>
        IsByProvider ? base.AskedDomains : _wanted.Select(record => record.Zone).Distinct().ToArray();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsByProvider) LoadProvider();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (IsByProvider)
            Build(includeLegacy: false, hasSource: true, Plan);
        else
            _wanted.AddRange(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (!IsByProvider && _wanted.Count > 0)
        {
            PlanSource source = SourceOf(_wanted);
            WriteObject(Await(token => RecordPlanner.PlanAsync(_wanted, source.Resolver, PlanOptions(source), token)), enumerateCollection: true);
        }
    }

    private bool IsByProvider => string.Equals(ParameterSetName, ProviderSet, StringComparison.Ordinal);

    private IReadOnlyList<RecordChange> Plan(SendingDomainRecordSet set)
    {
        PlanSource source = SourceOf(set.Records);
        return Await(token => SendingDomainPlan.PlanAsync(set, source.Resolver, PlanOptions(source), token));
    }

    private RecordPlanOptions PlanOptions(PlanSource source) => new()
    {
        NoMerge = NoMerge,
        Prune = Prune,
        Policy = Policy,
        FirstStringOnly = source.HasFirstStringOnly,
    };
}
