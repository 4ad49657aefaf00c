using System.Collections;
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
public sealed class CompareSendingDomainCommand : ResolvingCmdlet
{
    private const string RecordSet = "Record";
    private const string ProviderSet = "Provider";

    private readonly List<ResourceRecord> _wanted = new();
    private readonly ProviderCache _providers = new();

    /// <summary>The wanted records: from New-*Record, New-SendingDomainRecord, or exported and imported again.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = RecordSet)]
    [ResourceRecordArgument]
    public ResourceRecord[] InputObject { get; set; } = Array.Empty<ResourceRecord>();

    /// <summary>The sending domain, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [Alias("DomainName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string Domain { get; set; } = string.Empty;

    /// <summary>The provider's profile whose records are wanted: its name, or the path of a profile or a Domain Connect template (JSON). Also from an object's Provider.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = string.Empty;

    /// <summary>The zone that contains the records; default: the domain itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    public string? ZoneName { get; set; }

    /// <summary>Time to live of records that are new; default one hour. A bare number is seconds.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [TimeToLiveArgument]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>DKIM selectors, in the profile's order; default: the profile's own. Also from an object's Selector.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>The DKIM public key that the provider gave: bare base64, PEM text, or the whole record text.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [ValidateNotNullOrEmpty]
    public string? PublicKey { get; set; }

    /// <summary>DMARC policy. Named here it is taken even where it is weaker than the one in force, with a warning; default: None, or the one in force.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Alias("P")]
    public DmarcPolicy? Policy { get; set; }

    /// <summary>Where DMARC aggregate reports go. A bare address becomes mailto:.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    /// <summary>The https address of the logo; without it no BIMI record is wanted.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    public Uri? LogoUri { get; set; }

    /// <summary>The https address of the mark certificate (VMC or CMC) for BIMI.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    public Uri? EvidenceUri { get; set; }

    /// <summary>Label of the tracking host, where the profile lets you choose it.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [ValidateNotNullOrEmpty]
    public string? TrackingHost { get; set; }

    /// <summary>Label of the bounce host, where the profile lets you choose it.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [ValidateNotNullOrEmpty]
    public string? BounceHost { get; set; }

    /// <summary>Other values for the profile's placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>; the values of a template's variables by their exact names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>Groups of records of the profile or template that are wanted, where it has groups; default: those that the profile makes by default, all of a template.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [ValidateNotNullOrEmpty]
    public string[] ProviderGroup { get; set; } = Array.Empty<string>();

    /// <summary>For Microsoft 365: the target of the first DKIM alias. From the Selector1CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector1Cname { get; set; }

    /// <summary>For Microsoft 365: the target of the second DKIM alias. From the Selector2CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true, ParameterSetName = ProviderSet)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector2Cname { get; set; }

    /// <summary>
    /// What is there, as objects: all records of the zone, from Get-DnsServerResourceRecord, Get-AzDnsRecordSet or this module.
    /// What is not among them is taken not to be there, and of a zone with none nothing is known; names of other zones are asked for only where -Server is given too.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ExistingRecord { get; set; }

    /// <summary>Use the wanted SPF and DMARC records as they are; what only the existing records have is removed.</summary>
    [Parameter]
    public SwitchParameter NoMerge { get; set; }

    /// <summary>
    /// Also remove other records of the same name and kind as a wanted one: a second SPF record, an old key at the selector, MX
    /// records that are not wanted. Texts of no known kind stay in any case.
    /// </summary>
    [Parameter]
    public SwitchParameter Prune { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (IsByProvider && MyInvocation.BoundParameters.ContainsKey(nameof(Provider)))
            _providers.LoadOrStop(this, Provider);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!IsByProvider)
        {
            _wanted.AddRange(InputObject);
            return;
        }

        try
        {
            DomainName domain = DomainName.Parse(Domain);
            SendingDomainRecordOptions options = Options(_providers.Load(this, Provider), string.IsNullOrEmpty(ZoneName) ? domain : DomainName.Parse(ZoneName));
            SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(domain, options);
            PlanSource source = SourceOf(set.Records);
            IReadOnlyList<RecordChange> plan = Await(token => SendingDomainPlan.PlanAsync(set, source.Resolver, PlanOptions(source), token));
            WriteMessages(set);
            WriteObject(plan, enumerateCollection: true);
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            WriteError(ErrorRecords.From(exception, Domain));
        }
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

    private PlanSource SourceOf(IReadOnlyList<ResourceRecord> wanted) => MyInvocation.BoundParameters.ContainsKey(nameof(ExistingRecord))
        ? PlanSource.OfObjects(this, ExistingRecord, wanted, HasSource ? Resolver : null)
        : PlanSource.Of(Resolver);

    private RecordPlanOptions PlanOptions(PlanSource source) => new()
    {
        NoMerge = NoMerge,
        Prune = Prune,
        Policy = Policy,
        FirstStringOnly = source.HasFirstStringOnly,
    };

    private SendingDomainRecordOptions Options(SendingProvider provider, DomainName zone) => new()
    {
        Provider = provider,
        Zone = zone,
        TimeToLive = TimeToLive,
        IsTimeToLiveGiven = MyInvocation.BoundParameters.ContainsKey(nameof(TimeToLive)),
        Values = ProviderValues.Read(ProviderValue, new[] { provider }, (nameof(Selector1Cname), Selector1Cname), (nameof(Selector2Cname), Selector2Cname)),
        Groups = ProviderGroup,
        Selectors = Selector.Given(),
        PublicKey = PublicKey,
        Policy = Policy,
        AggregateReportUri = AggregateReportUri,
        LogoUri = LogoUri?.OriginalString,
        EvidenceUri = EvidenceUri?.OriginalString,
        TrackingHost = TrackingHost,
        BounceHost = BounceHost,
        HasSource = true,
    };

    private void WriteMessages(SendingDomainRecordSet set)
    {
        foreach (string note in set.Notes)
            WriteVerbose(note);

        foreach (string warning in set.Warnings)
            WriteWarning(warning);

        foreach (Exception error in set.Errors)
            WriteError(ErrorRecords.From(error, Domain));
    }
}
