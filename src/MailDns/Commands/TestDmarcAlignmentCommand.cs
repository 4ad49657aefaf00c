using System.Collections;
using System.Net;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Says before a message is sent whether it will pass DMARC, by which path, and what to change (RFC 9989).</summary>
/// <remarks>
/// DMARC passes when SPF passes for a bounce domain, or DKIM for a signing domain, that aligns with the From domain: the same domain
/// with strict alignment, the same Organizational Domain with relaxed. Give how mail is sent, or a provider's profile that says it.
/// With -IPAddress SPF is evaluated for that address; without, it is enough that the bounce domain has a record that can pass. With
/// -Selector, or a profile, the DKIM key must be there. What DNS cannot tell is listed in Assumption. Passed is empty where a failed
/// lookup leaves the verdict open.
/// </remarks>
/// <example>
/// <code>Test-DmarcAlignment contoso.com -BounceDomain ac-bounces.contoso.com -DkimDomain contoso.com -IPAddress 192.0.2.7</code>
/// <para>The verdict for mail sent from one address.</para>
/// </example>
/// <example>
/// <code>Test-DmarcAlignment contoso.com -Provider altcraft -PlannedRecord $records</code>
/// <para>The verdict once the planned records are published.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "DmarcAlignment")]
[OutputType(typeof(DmarcAlignment))]
public sealed class TestDmarcAlignmentCommand : DomainReaderCommand
{
    // RFC 7208 section 4.6.4: an evaluation may take at least 20 seconds.
    private static readonly TimeSpan s_spfTime = TimeSpan.FromSeconds(20);

    private SendingProvider? _profile;

    /// <summary>The domain of the Return-Path (MAIL FROM): a full name, or one label below the From domain. Default: the profile's.</summary>
    [Parameter]
    [Alias("ReturnPath", "MailFrom")]
    [ValidateNotNullOrEmpty]
    public string? BounceDomain { get; set; }

    /// <summary>The domains of the DKIM signatures (d=). Default: the profile's.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] DkimDomain { get; set; } = Array.Empty<string>();

    /// <summary>The selectors of those signatures: their keys are looked up. Without them keys are taken for granted.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(SelectorCompleter))]
    public string[] Selector { get; set; } = Array.Empty<string>();

    /// <summary>The address that mail is sent from.</summary>
    [Parameter]
    [Alias("IP")]
    [ValidateNotNull]
    public IPAddress? IPAddress { get; set; }

    /// <summary>A provider's profile: its name, or the path of a profile of your own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Provider { get; set; }

    /// <summary>Values for the profile's placeholders, e.g. <c>@{ bounceHost = 'ac-bounces' }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? ProviderValue { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Provider is null && BounceDomain is null && DkimDomain.Length == 0)
        {
            var exception = new ArgumentException("Say how mail is sent: -BounceDomain, -DkimDomain or -Provider.");
            ThrowTerminatingError(ErrorRecords.From(exception, Provider));
        }

        _profile = ProviderFiles.LoadOrStop(this, Provider);
        base.BeginProcessing();
    }

    /// <inheritdoc/>
    private protected override async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_spfTime);
        return new object[] { await DmarcAlignmentPredictor.PredictAsync(RequestFor(domain), resolver, deadline.Token, cancellationToken).ConfigureAwait(false) };
    }

    private AlignmentRequest RequestFor(DomainName domain)
    {
        DomainName? bounce = BounceDomain is null ? null : AlignmentRequest.BounceOf(BounceDomain, domain);
        IReadOnlyList<AlignmentSignature> signatures = AlignmentRequest.SignaturesOf(DkimDomain, Selector);
        return _profile is null
            ? new AlignmentRequest(domain) { Bounce = bounce, Signatures = signatures, IPAddress = IPAddress }
            : AlignmentRequest.OfProvider(_profile, new SendingProviderValues(domain, ProviderValues.Read(ProviderValue), DkimDomain.Length == 0 ? Selector : null), bounce, signatures, IPAddress);
    }
}
