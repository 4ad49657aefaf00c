using System.Collections;
using MailDns.Publishing;
using MailDns.Sending;

namespace MailDns;

/// <summary>Base of the cmdlets that start from the records that a platform asks for, and look at those that exist.</summary>
public abstract class ProviderRecordCommand : ResolvingCmdlet
{
    private protected const string ProviderSet = "Provider";
    private readonly ProviderCache _providers = new();

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

    /// <summary>Time to live of new records; default one hour. A bare number is seconds.</summary>
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

    /// <summary>DMARC policy. If specified, it is used even where it is weaker than the policy in force, with a warning; default: the policy in force, or None for a new record.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Alias("P")]
    public DmarcPolicy? Policy { get; set; }

    /// <summary>Where DMARC aggregate reports go. A bare address becomes mailto:.</summary>
    [Parameter(ParameterSetName = ProviderSet)]
    [Alias("Rua")]
    [ValidateNotNullOrEmpty]
    public string[] AggregateReportUri { get; set; } = Array.Empty<string>();

    /// <summary>The https address of the logo; without it no BIMI record is made.</summary>
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
    /// What is not among them is taken as missing; zones without any of them are Unknown; names of other zones are asked for only where -Server is given too.
    /// </summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public object[]? ExistingRecord { get; set; }

    private protected bool HasExistingRecord => MyInvocation.BoundParameters.ContainsKey(nameof(ExistingRecord));

    private protected void LoadProvider()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Provider))) _providers.LoadOrStop(this, Provider);
    }

    private protected PlanSource SourceOf(IReadOnlyList<ResourceRecord> wanted) =>
        HasExistingRecord ? PlanSource.OfObjects(this, ExistingRecord, wanted, HasSource ? Resolver : null) : PlanSource.Of(Resolver);

    /// <summary>Makes the wanted records of the current domain and tells what is to be said of them; what cannot be used is an error.</summary>
    private protected void Build(bool includeLegacy, bool hasSource, Func<SendingDomainRecordSet, IReadOnlyList<object>> read)
    {
        try
        {
            DomainName domain = DomainName.Parse(Domain);
            SendingProvider provider = _providers.Load(this, Provider);
            SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(domain, new()
            {
                Provider = provider,
                Zone = string.IsNullOrEmpty(ZoneName) ? domain : DomainName.Parse(ZoneName),
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
                IncludeLegacy = includeLegacy,
                HasSource = hasSource,
            });
            IReadOnlyList<object> output = read(set);
            foreach (string note in set.Notes)
                WriteVerbose(note);

            foreach (string warning in set.Warnings)
                WriteWarning(warning);

            foreach (Exception error in set.Errors)
                WriteError(ErrorRecords.From(error, Domain));

            if (output is IReadOnlyList<ResourceRecord> records) this.WarnOfLongTexts(records);
            WriteObject(output, enumerateCollection: true);
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            WriteError(ErrorRecords.From(exception, Domain));
        }
    }
}
