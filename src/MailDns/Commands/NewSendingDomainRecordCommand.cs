using System.Collections;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Makes all records that a mail platform asks a sending domain for, ready to pipe.</summary>
/// <remarks>
/// The records come from the provider's profile. Without -Server and -ZoneFile no network is asked. With one of them the
/// records are merged into what is there: the platform's include goes into the domain's SPF record, never into a second
/// one, a DMARC policy in force is kept, and a CNAME that would stand beside other data is refused. A record that cannot be
/// made right is left out with an error or a warning that says why; the others come out. DMARC starts at p=none unless
/// -Policy says otherwise (RFC 9989 section 5.1). Sender ID and DomainKeys policy records, which nothing reads any more,
/// come only with -IncludeLegacy.
/// </remarks>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey (Get-Content ak.pem -Raw) -AggregateReportUri dmarc@contoso.com</code>
/// <para>The set for a domain that has no mail records yet.</para>
/// </example>
/// <example>
/// <code>New-SendingDomainRecord contoso.com -Provider Altcraft -PublicKey $publicKey -Rua dmarc@contoso.com -Server 10.0.0.53 -Verbose</code>
/// <para>Merged into what the server has; -Verbose tells the SPF lookups before and after.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "SendingDomainRecord")]
[OutputType(typeof(TxtRecord), typeof(CnameRecord), typeof(MxRecord), typeof(NsRecord), typeof(ARecord), typeof(AaaaRecord))]
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

    /// <summary>The zone that holds the records; default: the domain itself.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ZoneName { get; set; }

    /// <summary>Time to live; default one hour. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    /// <summary>DKIM selectors, in the profile's order; default: the profile's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectorCompleter))]
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

    /// <summary>Groups of records of the profile or template that are wanted, where it has groups; default: those that the profile makes by default, all of a template.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ProviderGroup { get; set; } = Array.Empty<string>();

    /// <summary>Also the Sender ID record and the DomainKeys policy, which no receiver reads any more.</summary>
    [Parameter]
    public SwitchParameter IncludeLegacy { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(Provider)))
        {
            _providers.LoadOrStop(this, Provider);
        }

        if (Merges)
        {
            PrepareResolver();
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SendingDomainRecordSet set;
        try
        {
            DomainName domain = DomainName.Parse(Domain);
            SendingDomainRecordOptions options = Options(_providers.Load(this, Provider), string.IsNullOrEmpty(ZoneName) ? domain : DomainName.Parse(ZoneName));
            IDnsResolver? resolver = Merges ? Resolver : null;
            set = Await(token => SendingDomainRecordBuilder.BuildAsync(domain, options, resolver, token));
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            WriteError(ErrorRecords.From(exception, Domain));
            return;
        }

        Write(set);
    }

    // Merging is on request: without a source a generator asks no network.
    private bool Merges => Server is not null || ZoneFile is not null;

    private SendingDomainRecordOptions Options(SendingProvider provider, DomainName zone) => new()
    {
        Provider = provider,
        Zone = zone,
        TimeToLive = TimeToLive,
        IsTimeToLiveGiven = MyInvocation.BoundParameters.ContainsKey(nameof(TimeToLive)),
        Values = ProviderValues.Read(ProviderValue),
        Groups = ProviderGroup,
        Selectors = Selector,
        PublicKey = PublicKey,
        Policy = Policy,
        AggregateReportUri = AggregateReportUri,
        LogoUri = LogoUri?.OriginalString,
        EvidenceUri = EvidenceUri?.OriginalString,
        TrackingHost = TrackingHost,
        BounceHost = BounceHost,
        IncludeLegacy = IncludeLegacy,
    };

    private void Write(SendingDomainRecordSet set)
    {
        foreach (string note in set.Notes)
        {
            WriteVerbose(note);
        }

        foreach (string warning in set.Warnings)
        {
            WriteWarning(warning);
        }

        foreach (Exception error in set.Errors)
        {
            WriteError(ErrorRecords.From(error, Domain));
        }

        WriteObject(set.Records, enumerateCollection: true);
    }
}
