using System.Net;
using MailDns.Adapters;
using MailDns.Bimi;
using MailDns.Blocklists;
using MailDns.Https;
using MailDns.Sending;
using MailDns.Smtp;

namespace MailDns;

/// <summary>Base of everything that checks whole sending domains: the parameters that say what to check, and the check.</summary>
public abstract class SendingDomainCommand : ProviderReaderCommand
{
    private ServerPanels? _panels;
    private Lazy<MarkCertificateTrust>? _marks;
    private SmtpAccess? _mailHosts;
    private BlocklistProbe? _blocklists;

    /// <summary>DKIM selectors in use; default: the profile's, else the usual ones are tried. Also from an object's Selector.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>The tracking host, relative to the domain or in full; default: the profile's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrackingHost { get; set; }

    /// <summary>The bounce host, the domain of the Return-Path, relative to the domain or in full; default: the profile's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? BounceHost { get; set; }

    /// <summary>Names that the domain's own mail servers say in HELO, relative to the domain or in full.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [Alias("Helo")]
    public string[] HeloName { get; set; } = Array.Empty<string>();

    /// <summary>Addresses that the domain's mail is sent from: their names (PTR) are checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public IPAddress[] IPAddress { get; set; } = Array.Empty<IPAddress>();

    /// <summary>
    /// Block lists to ask about the addresses in -IPAddress and about the domain: ids of shipped lists, zones of others, files of lists (JSON), or
    /// Default for the shipped lists that are free, need no registration and are about mail. None is asked without it. See Get-BlocklistStatus.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public string[] Blocklist { get; set; } = Array.Empty<string>();

    /// <summary>The domain sends no mail, and no host may send as it. Cannot be combined with parameters that name a sender.</summary>
    [Parameter]
    public SwitchParameter Parked { get; set; }

    /// <summary>
    /// Mailbox providers whose published requirements are looked at one by one. What DNS cannot show is said, and never
    /// counts as met.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public MailReceiver[] Receiver { get; set; } = Array.Empty<MailReceiver>();

    /// <summary>
    /// Ask every name server of the domain's own zone directly and compare what they say; names outside the zone still come
    /// from the resolver. Servers that do not answer, do not serve the zone or have an older version of it are reported.
    /// </summary>
    [Parameter]
    public SwitchParameter Authoritative { get; set; }

    /// <summary>Also fetch over HTTPS what DNS names, the BIMI logo, its mark certificate and the MTA-STS policy, and ask the tracking host for its certificate. Off by default.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>Also connect to the domain's mail exchangers on port 25 and judge STARTTLS and their certificates, as Get-SmtpTlsStatus does. Off by default.</summary>
    [Parameter]
    public SwitchParameter IncludeSmtp { get; set; }

    /// <summary>With -IncludeHttps and -IncludeSmtp: also fetch from, and connect to, addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>With -IncludeHttps: PEM files with the root certificates that mailboxes trust for BIMI marks; without them no mark certificate's chain passes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] BimiRootCertificatePath { get; set; } = Array.Empty<string>();

    protected override void BeginProcessing()
    {
        if (Parked && (Provider?.FirstOrDefault() ?? TrackingHost ?? BounceHost) is { } sender)
            ThrowTerminatingError(ErrorRecords.From(SendsNothing(), sender));

        if (Parked && (IPAddress.Length > 0 || HeloName.Length > 0))
            ThrowTerminatingError(ErrorRecords.From(new ArgumentException("-Parked says that the domain sends nothing: give no -IPAddress and no -HeloName."), null));

        if (Authoritative && ZoneFile is not null)
        {
            var exception = new ArgumentException("-ZoneFile answers without any network: -Authoritative cannot be given with it.");
            ThrowTerminatingError(ErrorRecords.From(exception, ZoneFile));
        }

        _mailHosts = IncludeSmtp ? AdapterFactory.CreateSmtpAccess(AllowPrivateAddress, SmtpAccess.UsualTimeout) : null;
        _marks = MarkCertificateFiles.LoadTrustOrStop(this, BimiRootCertificatePath);
        _blocklists = Blocklist.Length > 0 ? new BlocklistProbe(BlocklistFiles.LoadOrStop(this, Blocklist)) : null;
        base.BeginProcessing();
        _panels = ZoneFile is null ? ServerPanels.Create(Stack.Network, Source, Authoritative) : null;
    }

    private protected override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare()
    {
        NamedProviders named = Named();
        string[] selectors = Selector.Given();
        return Parked && named.Providers.Count > 0 ? throw SendsNothing() : (domain, resolver, token) => ReadAsync(domain, named, selectors, resolver, token);
    }

    private static ArgumentException SendsNothing() => new("-Parked says that the domain sends nothing: give no platform or host that sends for it.");

    private async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, string[] selectors, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        using ServerPanel? panel = _panels is null ? null : await _panels.ForAsync(domain, cancellationToken).ConfigureAwait(false);
        IDnsResolver asked = panel is null ? resolver : Stack.Complete(panel.Resolver);
        SendingDomainStatus status = await SendingDomainChecker.CheckAsync(RequestFor(domain, named, selectors, panel), asked, cancellationToken).ConfigureAwait(false);
        if (Source is ZoneFileResolver zones) ResultLocator.Locate(status.Results, domain, zones);

        return Output(status).ToArray();
    }

    /// <summary>What the cmdlet writes of one domain.</summary>
    private protected abstract IEnumerable<object> Output(SendingDomainStatus status);

    private SendingDomainRequest RequestFor(DomainName domain, NamedProviders named, string[] selectors, ServerPanel? panel) => new(domain)
    {
        Panel = panel,
        Providers = named.Providers,
        ProviderValues = named.Values,
        ProviderGroups = named.Groups,
        Receivers = Receiver,
        Addresses = IPAddress,
        Blocklists = _blocklists,
        IsParked = Parked,
        Selectors = selectors,
        HeloNames = HeloName.Select(name => HostNames.Resolve(name, domain)).ToArray(),
        Today = DateTime.UtcNow.Date,
        Now = DateTime.UtcNow,
        Https = IncludeHttps ? source => new HttpsAccess(HttpsFetcher.For(source), AllowPrivateAddress) : null,
        Logo = IncludeHttps ? source => new BimiLogoFetch(HttpsFetcher.For(source), AllowPrivateAddress, _marks!.Value) : null,
        Smtp = _mailHosts,
        TrackingHost = TrackingHost is null ? null : HostNames.Resolve(TrackingHost, domain),
        BounceHost = BounceHost is null ? null : HostNames.Resolve(BounceHost, domain),
    };
}
