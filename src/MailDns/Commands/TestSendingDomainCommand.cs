using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Dns;
using MailDns.Https;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Checks all that DNS shows of a mail-sending domain: SPF, Sender ID, DKIM, DMARC, BIMI, MX, tracking and bounce hosts, MTA-STS, TLS-RPT, DANE, CAA, DNSSEC.</summary>
/// <remarks>
/// Gives one result a check, the worst first. With -Provider the domain is also compared with what the platform asks for.
/// With -PlannedRecord the records are laid over DNS, or over -ZoneFile, as if they were published. A failed lookup is
/// Unknown: never missing, and never passed. Checks that have nothing to look at are left out unless
/// -IncludeNotApplicable asks for them. -IPAddress and -HeloName add what receivers ask of the sending servers. A domain that
/// sends nothing is judged as parked: with -Parked, or where its null MX and its "v=spf1 -all" say so. With -Quiet there is one bool a domain: true when nothing failed and nothing is
/// unknown; warnings do not count. Those bools keep the order of the input, since nothing else tells which is whose; the
/// results of several domains are written as each domain is done, and -Ordered keeps the order there too.
/// </remarks>
/// <example>
/// <code>Test-SendingDomain contoso.com -Provider Altcraft | Where-Object { -not $_.Passed }</code>
/// <para>What is wrong, or not known, at a domain that sends through Altcraft.</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -Provider Altcraft -PlannedRecord $records -Quiet</code>
/// <para>Would it be right if these records were published?</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | Test-SendingDomain -Server 10.0.0.53 | Where-Object Status -in Fail, Unknown</code>
/// <para>Many domains, asked of one server.</para>
/// </example>
/// <example>
/// <code>Test-SendingDomain contoso.com -IPAddress 203.0.113.25 -HeloName mail | Where-Object Area -eq Ptr</code>
/// <para>Does the sending server have a name that leads back to it, and does it say one that exists?</para>
/// </example>
/// <example>
/// <code>Get-Content parked.txt | Test-SendingDomain -Parked | Where-Object { $_.Record } | Select-Object -ExpandProperty Record</code>
/// <para>The records that domains without mail still lack, ready to publish.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SendingDomain")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestSendingDomainCommand : DomainReaderCommand
{
    private SendingProvider? _provider;
    private Lazy<MarkCertificateTrust>? _marks;

    /// <summary>A provider's profile: its name, or the path of a profile of your own (JSON).</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Values for the profile's placeholders, e.g. <c>@{ region = 'eu-west-1' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <summary>DKIM selectors in use; default: the profile's, else the usual ones are tried.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
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
    public string[] HeloName { get; set; } = Array.Empty<string>();

    /// <summary>Addresses that the domain's mail is sent from: their names (PTR) are checked.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public IPAddress[] IPAddress { get; set; } = Array.Empty<IPAddress>();

    /// <summary>The domain sends no mail: nobody may send as it. Cannot be given with what names a sender.</summary>
    [Parameter]
    public SwitchParameter Parked { get; set; }

    /// <summary>Also fetch over HTTPS what DNS names, the BIMI logo, its mark certificate and the MTA-STS policy, and ask the tracking host for its certificate. Off by default.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetch from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>With -IncludeHttps: PEM files with the root certificates that mailboxes trust for BIMI marks; without them no mark certificate's chain passes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] BimiRootCertificatePath { get; set; } = Array.Empty<string>();

    /// <summary>One bool a domain in place of the results, in the order of the input.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Also the checks that have nothing to look at.</summary>
    [Parameter]
    public SwitchParameter IncludeNotApplicable { get; set; }

    /// <inheritdoc/>
    private protected override bool KeepsOrder => Ordered || Quiet;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Parked && (Provider ?? TrackingHost ?? BounceHost) is { } sender)
        {
            ThrowTerminatingError(ErrorRecords.From(new ArgumentException("-Parked says that the domain sends nothing: give no platform or host that sends for it."), sender));
        }

        if (Parked && (IPAddress.Length > 0 || HeloName.Length > 0))
        {
            ThrowTerminatingError(ErrorRecords.From(new ArgumentException("-Parked says that the domain sends nothing: give no -IPAddress and no -HeloName."), null));
        }

        _provider = ProviderFiles.LoadOrStop(this, Provider);
        _marks = MarkCertificateFiles.LoadTrustOrStop(this, BimiRootCertificatePath);

        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var request = new SendingDomainRequest(domain)
        {
            Provider = _provider,
            ProviderValues = ProviderValues.Read(ProviderValue),
            Selectors = Selector,
            HeloNames = HeloName.Select(name => HostNames.Resolve(name, domain)).ToArray(),
            Addresses = IPAddress,
            IsParked = Parked,
            Today = DateTime.UtcNow.Date,
            Https = IncludeHttps ? source => new HttpsAccess(HttpsFetcher.For(source), AllowPrivateAddress) : null,
            Logo = IncludeHttps ? source => new BimiLogoFetch(HttpsFetcher.For(source), AllowPrivateAddress, _marks!.Value) : null,
            TrackingHost = TrackingHost is null ? null : HostNames.Resolve(TrackingHost, domain),
            BounceHost = BounceHost is null ? null : HostNames.Resolve(BounceHost, domain),
        };
        IReadOnlyList<CheckResult> results = await SendingDomainChecker.CheckAsync(request, resolver, cancellationToken).ConfigureAwait(false);
        return Quiet
            ? new object[] { !results.Any(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown) }
            : results.Where(result => IncludeNotApplicable || result.Status != CheckStatus.NotApplicable).ToArray();
    }
}
