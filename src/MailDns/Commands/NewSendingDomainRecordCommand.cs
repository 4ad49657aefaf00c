using System.Collections;
using MailDns.Publishing;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Creates all records that a mail platform asks a sending domain to publish.</summary>
/// <remarks>
/// The records come from the profile of the platform. With -Server, -ZoneFile or -ExistingRecord they are merged into the
/// existing records, by the same rules as in Compare-SendingDomain: the include of the platform is added to the SPF record of the
/// domain, never as a second record; a DMARC policy in force is kept; a CNAME record at a name that has other records is refused;
/// if a lookup fails, the record is unknown. Without these parameters no network is used, and a warning lists records that may
/// exist already. A record that cannot be created correctly is left out, with an error or a warning that says why; the others are
/// returned. DMARC starts at p=none unless -Policy is specified (RFC 9989 section 5.1). Sender ID and DomainKeys policy records,
/// which no receiver uses today, are returned only with -IncludeLegacy.
/// </remarks>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey (Get-Content ak.pem -Raw) -AggregateReportUri dmarc@contoso.com</code>
/// <para>The set for a domain that has no mail records yet.</para>
/// </example>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey $publicKey -Rua dmarc@contoso.com -Server 10.0.0.53 -Verbose</code>
/// <para>Merged into the existing records; -Verbose shows the SPF lookups before and after.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "SendingDomainRecord")]
[OutputType(typeof(TxtRecord), typeof(CnameRecord), typeof(MxRecord), typeof(NsRecord), typeof(ARecord), typeof(AaaaRecord), typeof(SrvRecord))]
public sealed class NewSendingDomainRecordCommand : ResolvingCmdlet
{
    private readonly ProviderCache _providers = new();

    /// <summary>The sending domain, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string Domain { get; set; } = string.Empty;

    /// <summary>The provider's profile: its name, or the path of a profile or a Domain Connect template (JSON). Also from an object's Provider.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = string.Empty;

    /// <summary>The zone that contains the records; default: the domain itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ZoneName { get; set; }

    /// <summary>Time to live; default one hour. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>DKIM selectors, in the profile's order; default: the profile's own. Also from an object's Selector.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>The DKIM public key that the provider gave: bare base64, PEM text, or the whole record text.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? PublicKey { get; set; }

    /// <summary>DMARC policy; default: None for a new record, the policy in force for one that is there.</summary>
    [Parameter]
    [Alias("P")]
    public DmarcPolicy? Policy { get; set; }

    /// <summary>Where DMARC aggregate reports go. A bare address becomes mailto:.</summary>
    [Parameter]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    /// <summary>The https address of the logo; without it no BIMI record is made.</summary>
    [Parameter]
    public Uri? LogoUri { get; set; }

    /// <summary>The https address of the mark certificate (VMC or CMC) for BIMI.</summary>
    [Parameter]
    public Uri? EvidenceUri { get; set; }

    /// <summary>Label of the tracking host, where the profile lets you choose it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrackingHost { get; set; }

    /// <summary>Label of the bounce host, where the profile lets you choose it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BounceHost { get; set; }

    /// <summary>Other values for the profile's placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>; the values of a template's variables by their exact names.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>
    /// What is there, as objects: all records of the zone, from Get-DnsServerResourceRecord, Get-AzDnsRecordSet or this module.
    /// What is not among them is taken not to be there; names of other zones are asked for only where -Server is given too.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ExistingRecord { get; set; }

    /// <summary>Groups of records of the profile or template that are wanted, where it has groups; default: those that the profile makes by default, all of a template.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProviderGroup { get; set; } = Array.Empty<string>();

    /// <summary>For Microsoft 365: the target of the first DKIM alias. From the Selector1CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector1Cname { get; set; }

    /// <summary>For Microsoft 365: the target of the second DKIM alias. From the Selector2CNAME of Get-DkimSigningConfig (Exchange Online).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    public string? Selector2Cname { get; set; }

    /// <summary>Also the Sender ID record and the DomainKeys policy, which no receiver reads any more.</summary>
    [Parameter]
    public SwitchParameter IncludeLegacy { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Provider))) _providers.LoadOrStop(this, Provider);
        if (Server is not null || ZoneFile is not null) PrepareResolver();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            DomainName domain = DomainName.Parse(Domain);
            SendingDomainRecordOptions options = Options(_providers.Load(this, Provider), string.IsNullOrEmpty(ZoneName) ? domain : DomainName.Parse(ZoneName));
            SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(domain, options);
            Write(set, Merges ? Merge(set) : Alone(domain, set));
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            WriteError(ErrorRecords.From(exception, Domain));
        }
    }

    // Merging is on request: without a source a generator asks no network.
    private bool Merges => Server is not null || ZoneFile is not null || MyInvocation.BoundParameters.ContainsKey(nameof(ExistingRecord));

    private IReadOnlyList<ResourceRecord> Merge(SendingDomainRecordSet set)
    {
        PlanSource source = MyInvocation.BoundParameters.ContainsKey(nameof(ExistingRecord))
            ? PlanSource.OfObjects(this, ExistingRecord, set.Records, HasSource ? Resolver : null)
            : PlanSource.Of(Resolver);
        var options = new RecordPlanOptions { Policy = Policy, FirstStringOnly = source.HasFirstStringOnly };
        IReadOnlyList<RecordChange> plan = Await(token => SendingDomainPlan.PlanAsync(set, source.Resolver, options, token));
        return SendingDomainPlan.Records(plan, set);
    }

    // Where the next command merges, nothing is lost.
    private IReadOnlyList<ResourceRecord> Alone(DomainName domain, SendingDomainRecordSet set)
    {
        string[] kinds = set.Records.Select(record => record.Purpose).Where(purpose => purpose is RecordPurpose.Spf or RecordPurpose.Dmarc).Distinct().Select(purpose => purpose.ToString().ToUpperInvariant()).ToArray();
        if (kinds.Length > 0 && !this.PipesInto("Compare-SendingDomain", "Publish-SendingDomainRecord"))
        {
            WriteWarning("What is published for " + domain + " now was not looked at. If it has " + (kinds.Length == 1 ? "an " + kinds[0] + " record" : "SPF and DMARC records") + " already, specify -Server, -ZoneFile or -ExistingRecord, or use Compare-SendingDomain, so that these are merged and none is published twice.");
        }

        return set.Records;
    }

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
        IncludeLegacy = IncludeLegacy,
        HasSource = Merges,
    };

    private void Write(SendingDomainRecordSet set, IReadOnlyList<ResourceRecord> records)
    {
        foreach (string note in set.Notes)
            WriteVerbose(note);

        foreach (string warning in set.Warnings)
            WriteWarning(warning);

        foreach (Exception error in set.Errors)
            WriteError(ErrorRecords.From(error, Domain));

        this.WarnOfLongTexts(records);
        WriteObject(records, enumerateCollection: true);
    }
}
