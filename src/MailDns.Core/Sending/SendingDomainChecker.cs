using MailDns.Bimi;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>
/// Checks a whole sending domain: every part side by side, then what only the whole shows. Each check of the catalogue gets
/// its result: found, passed, unknown, or nothing to look at.
/// </summary>
internal sealed class SendingDomainChecker
{
    private static readonly Lazy<Dictionary<string, int>> s_places = new(() =>
        CheckCatalog.All.Select((check, index) => (check.Id, index)).ToDictionary(pair => pair.Id, pair => pair.index, StringComparer.Ordinal));

    private readonly SendingDomainRequest _request;
    private readonly RecordingResolver _resolver;
    private readonly SendingProviderValues _values;
    private readonly CheckSheet _sheet;

    private SendingDomainChecker(SendingDomainRequest request, IDnsResolver resolver)
    {
        _request = request;
        _resolver = new RecordingResolver(resolver);
        _values = new SendingProviderValues(request.Domain, request.ProviderValues, SendingKeys.ProviderSelectors(request));
        _sheet = new CheckSheet(request.Domain.Text);
    }

    private DomainName Domain => _request.Domain;

    /// <summary>Reads and judges one domain.</summary>
    /// <exception cref="SendingProviderValueException">A value does not fit the provider's profile.</exception>
    public static Task<SendingDomainReport> CheckAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new SendingDomainChecker(request, resolver).CheckAsync(cancellationToken);

    private async Task<SendingDomainReport> CheckAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> selectors = SendingKeys.KnownSelectors(_request, _values);
        var names = new NameRules(Domain, _resolver, _sheet);
        Task<SendingDomainParts> partsTask = SendingDomainParts.ReadAsync(_request, _values, _resolver, cancellationToken);
        Task<ProviderComparison?> comparisonTask = CompareProviderAsync(cancellationToken);
        Task<DmarcAlignment?> alignmentTask = PredictAlignmentAsync(cancellationToken);

        // These write to sheets of their own, so that all of them can wait for their answers at the same time.
        Task<CheckSheet> spfHosts = ApartAsync(sheet => new SpfHostRules(Domain, _resolver, sheet).ApplyAsync(_request.HeloNames, cancellationToken));
        Task<CheckSheet> dnssec = ApartAsync(sheet => DnssecRules.ApplyAsync(Domain, _resolver, sheet, cancellationToken));
        Task ahead = names.AskAheadAsync(selectors, cancellationToken);
        await Task.WhenAll(partsTask, comparisonTask, alignmentTask, spfHosts, dnssec, ahead).ConfigureAwait(false);

        SendingDomainParts parts = await partsTask.ConfigureAwait(false);
        ProviderComparison? comparison = await comparisonTask.ConfigureAwait(false);
        DmarcAlignment? alignment = await alignmentTask.ConfigureAwait(false);
        AddRange(parts.Results);
        CompleteHosts(parts.Hosts);
        AddComparison(comparison);
        ApplyRules(parts, selectors);
        AddAlignment(alignment);
        AddRange((await spfHosts.ConfigureAwait(false)).Results);
        AddRange((await dnssec.ConfigureAwait(false)).Results);
        await new ReceiverRules(Domain, parts, alignment, selectors.Count > 0, _resolver, _sheet).ApplyAsync(_request.Receivers, cancellationToken).ConfigureAwait(false);
        await names.ApplyAsync(selectors, cancellationToken).ConfigureAwait(false);
        Complete();
        return new SendingDomainReport(_request, parts, comparison, alignment, InOrder(_sheet.Results));
    }

    private async Task<CheckSheet> ApartAsync(Func<CheckSheet, Task> apply)
    {
        var sheet = new CheckSheet(Domain.Text);
        await apply(sheet).ConfigureAwait(false);
        return sheet;
    }

    // What only the whole shows.
    private void ApplyRules(SendingDomainParts parts, IReadOnlyList<string> selectors)
    {
        SendingRules.ApplySpf(_request, _values, parts.Spf, parts.Dmarc, _sheet);
        SendingRules.ApplyReject(parts.Dmarc, parts.Dkim, selectors.Count > 0, parts.Parked.IsParked, _sheet);
        ParkedRules.Apply(Domain, parts.Parked, parts.Spf, parts.Dmarc, _sheet);
    }

    private void Complete()
    {
        ServerRules.Apply(_request.Panel, _sheet);
        _sheet.CompletePass(DnsChecks.All.Where(check => !check.Id.StartsWith("DNS-CNAME-", StringComparison.Ordinal)));
        _sheet.CompleteNotApplicable(DkimKeyChecks.All, "Needs the private key: see Test-DkimKey.");
        _sheet.CompleteNotApplicable(BimiLogoFetch.Checks, _request.Logo is null ? "Needs -IncludeHttps." : "There is no logo to look at.");
        _sheet.CompleteNotApplicable(ReverseDnsChecks.OfAddress, "No sending address is given (-IPAddress).");
        _sheet.CompleteNotApplicable(CheckCatalog.All, "Nothing here to look at.");
    }

    private void AddRange(IEnumerable<CheckResult> results) => _sheet.AddRange(results);

    private void CompleteHosts(SendingHosts hosts)
    {
        string reason = _request.Provider is null ? "No provider and no host is named." : "The profile names no such host, or needs a value for it.";
        if (hosts.Tracking.Count == 0)
        {
            _sheet.CompleteNotApplicable(TrackingChecks.All, reason);
        }

        if (hosts.Bounce.Count == 0)
        {
            _sheet.CompleteNotApplicable(BounceChecks.All, reason);
        }
    }

    private async Task<ProviderComparison?> CompareProviderAsync(CancellationToken cancellationToken) =>
        _request.Provider is { } provider
            ? await ProviderComparison.CompareAsync(provider, _values, _resolver, cancellationToken).ConfigureAwait(false)
            : null;

    private void AddComparison(ProviderComparison? comparison)
    {
        if (comparison is null)
        {
            _sheet.CompleteNotApplicable(ProviderChecks.All, "No provider is named.");
            return;
        }

        ProviderRules.Apply(comparison, _sheet);
    }

    private async Task<DmarcAlignment?> PredictAlignmentAsync(CancellationToken cancellationToken) =>
        AlignmentRequestOf() is { } request
            ? await DmarcAlignmentPredictor.PredictAsync(request, _resolver, CancellationToken.None, cancellationToken).ConfigureAwait(false)
            : null;

    // Without a provider or a bounce host nobody knows what DMARC will look at.
    private void AddAlignment(DmarcAlignment? alignment)
    {
        if (alignment is null)
        {
            _sheet.CompleteNotApplicable(AlignmentChecks.All.Concat(DmarcChecks.Sending), "No provider and no bounce host is named: how mail is sent is not known.");
            return;
        }

        AddRange(alignment.Results);
    }

    private AlignmentRequest? AlignmentRequestOf()
    {
        try
        {
            return _request.Provider is { } provider
                ? AlignmentRequest.OfProvider(provider, _values, _request.BounceHost, Array.Empty<AlignmentSignature>(), address: null)
                : _request.BounceHost is { } bounce
                    ? new AlignmentRequest(Domain) { Bounce = bounce }
                    : null;
        }
        catch (SendingProviderValueException)
        {
            // The comparison of the profile says which value is missing.
            return null;
        }
    }

    private static IReadOnlyList<CheckResult> InOrder(IEnumerable<CheckResult> results) =>
        results
            .OrderBy(result => Rank(result.Status))
            .ThenBy(result => s_places.Value.TryGetValue(result.Id, out int place) ? place : int.MaxValue)
            .ToArray();

    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Fail => 0,
        CheckStatus.Unknown => 1,
        CheckStatus.Warning => 2,
        CheckStatus.Info => 3,
        CheckStatus.Pass => 4,
        _ => 5,
    };
}

/// <summary>A whole sending domain as it was read: its parts, what only the whole shows, and the result of every check.</summary>
internal sealed class SendingDomainReport(
    SendingDomainRequest request,
    SendingDomainParts parts,
    ProviderComparison? comparison,
    DmarcAlignment? alignment,
    IReadOnlyList<CheckResult> results)
{
    public SendingDomainRequest Request { get; } = request;

    public DomainName Domain => Request.Domain;

    public SendingDomainParts Parts { get; } = parts;

    /// <summary>The provider's profile against DNS; null where no provider was named.</summary>
    public ProviderComparison? Comparison { get; } = comparison;

    /// <summary>The verdict of DMARC; null where it is not known how mail is sent.</summary>
    public DmarcAlignment? Alignment { get; } = alignment;

    /// <summary>One result or more a check of the catalogue: the worst first, then in the order of the catalogue.</summary>
    public IReadOnlyList<CheckResult> Results { get; } = results;
}

/// <summary>Which DKIM keys of a domain are looked at.</summary>
internal static class SendingKeys
{
    /// <summary>The user's selectors, else those that the profile names; none: the usual ones are tried, and absence proves nothing.</summary>
    public static DkimReadOptions OptionsOf(SendingDomainRequest request, SendingProviderValues values, bool isParked) => new()
    {
        IsParked = isParked,
        Selectors = request.Selectors,
        Expectations = request.Provider is { } provider && (request.Selectors.Count == 0 || values.Selectors.Count > 0)
            ? ProviderKeys.Expectations(provider, values)
            : Array.Empty<DkimExpectation>(),
        ProviderName = request.Provider?.Name,
        Today = request.Today,
    };

    /// <summary>The selectors that are known to be in use, each once.</summary>
    public static IReadOnlyList<string> KnownSelectors(SendingDomainRequest request, SendingProviderValues values)
    {
        DkimReadOptions keys = OptionsOf(request, values, isParked: false);
        return keys.Selectors.Concat(keys.Expectations.Select(expected => expected.Selector)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>Selectors that fill the profile's own, in its order: only where as many are given as it asks for.</summary>
    public static IReadOnlyList<string> ProviderSelectors(SendingDomainRequest request)
    {
        int asked = request.Provider?.RecordsOf(RecordPurpose.Dkim).Length ?? 0;
        return asked > 0 && request.Selectors.Count == asked ? request.Selectors : Array.Empty<string>();
    }
}
