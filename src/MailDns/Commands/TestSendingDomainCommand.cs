using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Dns;
using MailDns.Https;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Checks all that DNS shows of a mail-sending domain: SPF, Sender ID, DKIM, DMARC, BIMI, tracking and bounce hosts.</summary>
/// <remarks>
/// Gives one result a check, the worst first. With -Provider the domain is also compared with what the platform asks for.
/// With -PlannedRecord the records are laid over DNS, or over -ZoneFile, as if they were published. A failed lookup is
/// Unknown: never missing, and never passed. Checks that have nothing to look at are left out unless
/// -IncludeNotApplicable asks for them. With -Quiet there is one bool a domain: true when nothing failed and nothing is
/// unknown; warnings do not count.
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
[Cmdlet(VerbsDiagnostic.Test, "SendingDomain")]
[OutputType(typeof(CheckResult), typeof(bool))]
public sealed class TestSendingDomainCommand : DomainReaderCommand
{
    private SendingProvider? _provider;

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

    /// <summary>Also fetch over HTTPS what DNS names, today the BIMI logo, and judge it. Off by default.</summary>
    [Parameter]
    public SwitchParameter IncludeHttps { get; set; }

    /// <summary>With -IncludeHttps: also fetch from addresses that are not of the public Internet.</summary>
    [Parameter]
    public SwitchParameter AllowPrivateAddress { get; set; }

    /// <summary>One bool a domain in place of the results.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>Also the checks that have nothing to look at.</summary>
    [Parameter]
    public SwitchParameter IncludeNotApplicable { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _provider = ProviderFiles.LoadOrStop(this, Provider);

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
            Today = DateTime.UtcNow.Date,
            Logo = IncludeHttps ? source => new BimiLogoFetch(HttpsFetcher.For(source), AllowPrivateAddress) : null,
            TrackingHost = TrackingHost is null ? null : HostNames.Resolve(TrackingHost, domain),
            BounceHost = BounceHost is null ? null : HostNames.Resolve(BounceHost, domain),
        };
        IReadOnlyList<CheckResult> results = (await SendingDomainChecker.CheckAsync(request, resolver, cancellationToken).ConfigureAwait(false)).Results;
        return Quiet
            ? new object[] { !results.Any(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown) }
            : results.Where(result => IncludeNotApplicable || result.Status != CheckStatus.NotApplicable).ToArray();
    }
}
