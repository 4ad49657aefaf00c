using System.Net;
using MailDns.Sending;

namespace MailDns.Commands;

/// <summary>Says before a message is sent whether it will pass DMARC, by which path, and what to change (RFC 9989).</summary>
/// <remarks>
/// DMARC passes if SPF passes for a bounce domain, or DKIM for a signing domain, that aligns with the From domain: the same
/// domain in strict mode, the same Organizational Domain in relaxed mode. Specify how mail is sent, or the profile of a platform.
/// With -IPAddress, SPF is evaluated for that address; without it, the bounce domain needs a record that can pass. With -Selector
/// or a profile, the DKIM key must exist. Assumption lists what DNS cannot show. Passed is empty if a lookup failed and the
/// result depends on it.
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
public sealed class TestDmarcAlignmentCommand : ProviderReaderCommand
{
    // RFC 7208 section 4.6.4: an evaluation may take at least 20 seconds.
    private static readonly TimeSpan s_spfTime = TimeSpan.FromSeconds(20);

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

    private protected override Func<DomainName, IDnsResolver, CancellationToken, Task<IReadOnlyList<object>>> Prepare()
    {
        NamedProviders named = Named();
        return named.Providers.Count == 0 && BounceDomain is null && DkimDomain.Length == 0
            ? throw new ArgumentException("Say how mail is sent: -BounceDomain, -DkimDomain or -Provider.")
            : (domain, resolver, token) => ReadAsync(domain, named, resolver, token);
    }

    protected override void BeginProcessing()
    {
        if (!MyInvocation.ExpectingInput && Provider.Length == 0 && BounceDomain is null && DkimDomain.Length == 0)
            ThrowTerminatingError(ErrorRecords.From(new ArgumentException("Say how mail is sent: -BounceDomain, -DkimDomain or -Provider."), null));

        base.BeginProcessing();
    }

    private async Task<IReadOnlyList<object>> ReadAsync(DomainName domain, NamedProviders named, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(s_spfTime);
        var verdicts = new List<object>();
        foreach (AlignmentRequest request in RequestsFor(domain, named))
            verdicts.Add(await DmarcAlignmentPredictor.PredictAsync(request, resolver, deadline.Token, cancellationToken).ConfigureAwait(false));

        return verdicts;
    }

    private IEnumerable<AlignmentRequest> RequestsFor(DomainName domain, NamedProviders named)
    {
        DomainName? bounce = BounceDomain is null ? null : AlignmentRequest.BounceOf(BounceDomain, domain);
        IReadOnlyList<AlignmentSignature> signatures = AlignmentRequest.SignaturesOf(DkimDomain, Selector);
        return named.Providers.Count == 0
            ? new[] { new AlignmentRequest(domain) { Bounce = bounce, Signatures = signatures, IPAddress = IPAddress } }
            : named.Bind(domain, DkimDomain.Length == 0 && named.Providers.Count == 1 ? Selector : Array.Empty<string>())
                .Select(bound => AlignmentRequest.OfProvider(bound.Provider, bound.Values, bounce, signatures, IPAddress));
    }
}
