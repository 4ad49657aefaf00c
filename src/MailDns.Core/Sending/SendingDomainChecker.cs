using MailDns.Bimi;
using MailDns.Blocklists;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.ReverseDns;
using MailDns.Smtp;

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
    private readonly CheckSheet _sheet;
    private IReadOnlyList<BoundProvider> _providers;

    private SendingDomainChecker(SendingDomainRequest request, IDnsResolver resolver)
    {
        _request = request;
        _resolver = new RecordingResolver(resolver);
        _providers = BoundProvider.OfAll(request.Providers, request.Domain, request.ProviderValues, SendingKeys.ProviderSelectors(request), request.ProviderGroups);
        _sheet = new CheckSheet(request.Domain.Text);
    }

    private DomainName Domain => _request.Domain;

    /// <summary>Reads and judges one domain.</summary>
    /// <exception cref="SendingProviderValueException">A value does not fit the provider's profile.</exception>
    public static Task<SendingDomainStatus> CheckAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new SendingDomainChecker(request, resolver).CheckAsync(cancellationToken);

    private async Task<SendingDomainStatus> CheckAsync(CancellationToken cancellationToken)
    {
        _providers = await Task.WhenAll(_providers.Select(bound => bound.ChooseAsync(_resolver, cancellationToken))).ConfigureAwait(false);
        IReadOnlyList<string> selectors = SendingKeys.KnownSelectors(_request, _providers);
        var names = new NameRules(Domain, _resolver, _sheet);
        Task<SendingDomainParts> partsTask = new AreaReading(_request, _providers, _resolver, cancellationToken).ReadAllAsync();
        Task<IReadOnlyList<CheckResult>> helo = HeloRules.JudgeAsync(_request, _resolver, cancellationToken);
        Task<ProviderComparison[]> comparisonTask = CompareProvidersAsync(cancellationToken);
        Task<DmarcAlignment[]> alignmentTask = PredictAlignmentAsync(cancellationToken);

        // These write to sheets of their own, so that all of them can wait for their answers at the same time.
        Task<CheckSheet> spfHosts = ApartAsync(sheet => new SpfHostRules(Domain, _resolver, sheet).ApplyAsync(_request.HeloNames, cancellationToken));
        Task ahead = Task.WhenAll(names.AskAheadAsync(selectors, cancellationToken), _resolver.QueryAsync(Domain, DnsRecordType.Soa, cancellationToken));
        await Task.WhenAll(partsTask, helo, comparisonTask, alignmentTask, spfHosts, ahead).ConfigureAwait(false);

        SendingDomainParts parts = await partsTask.ConfigureAwait(false);
        ProviderComparison[] comparisons = await comparisonTask.ConfigureAwait(false);
        DmarcAlignment[] alignments = await alignmentTask.ConfigureAwait(false);
        DmarcAlignment? alignment = alignments.OrderBy(item => item.Passed is { } passed ? passed ? 2 : 0 : 1).FirstOrDefault();
        AddRange(parts.Results);
        AddRange(await helo.ConfigureAwait(false));
        CompleteHosts(parts);
        AddComparisons(comparisons);
        ApplyRules(parts, selectors);
        AddAlignments(alignments);
        AddRange((await spfHosts.ConfigureAwait(false)).Results);
        await DnssecRules.ApplyAsync(Domain, _resolver, _sheet, cancellationToken).ConfigureAwait(false);
        await new ReceiverRules(Domain, parts, alignment, selectors.Count > 0, _resolver, _sheet).ApplyAsync(_request.Receivers, cancellationToken).ConfigureAwait(false);
        await names.ApplyAsync(selectors, cancellationToken).ConfigureAwait(false);
        Complete(parts);
        return new SendingDomainStatus(_request, parts, alignment, InOrder(_sheet.Results));
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
        SpfStatus spf = parts.One<SpfStatus>();
        DmarcStatus dmarc = parts.One<DmarcStatus>();
        SendingRules.ApplySpf(_request, _providers, spf, dmarc, _sheet);
        SendingRules.ApplyReject(dmarc, parts.Many<DkimStatus>(), selectors.Count > 0, parts.Parked.IsParked, _sheet);
        ParkedRules.Apply(Domain, parts.Parked, spf, dmarc, _sheet);
    }

    private void Complete(SendingDomainParts parts)
    {
        ServerRules.Apply(_request.Panel, _sheet);
        _sheet.CompletePass(DnsChecks.OfDomain);
        _sheet.CompleteNotApplicable(DkimKeyChecks.All, "Needs the private key: see Test-DkimKey.");
        _sheet.CompleteNotApplicable(BimiLogoFetch.Checks, _request.Logo is null ? "Needs -IncludeHttps." : "There is no logo to look at.");
        _sheet.CompleteNotApplicable(SmtpChecks.All, "Needs -IncludeSmtp.");
        _sheet.CompleteNotApplicable(ReverseDnsChecks.OfAddress, "No sending address is given (-IPAddress).");
        _sheet.CompleteNotApplicable(BlocklistChecks.All, _request.Blocklists is null ? "No block list is named (-Blocklist)." : "The lists named have entries of addresses, and none is given (-IPAddress).");
        _sheet.CompleteNotApplicable(CheckCatalog.All, "Nothing here to look at.");
        if (_sheet.Results.Any(result => result.Id == DnsChecks.NxDomain.Id && result.Status == CheckStatus.Fail))
        {
            // A policy above it may still hold for mail in its name.
            IEnumerable<CheckDefinition> ofNothing = CheckCatalog.All.Where(check => (check.Area != CheckArea.Dmarc || parts.One<DmarcStatus>().Record is null) && check.Area != CheckArea.Receiver && !DnsChecks.OfServers.Contains(check));
            _sheet.WithdrawPasses(ofNothing, Domain + " does not exist.");
        }
    }

    private void AddRange(IEnumerable<CheckResult> results) => _sheet.AddRange(results);

    private void CompleteHosts(SendingDomainParts parts)
    {
        string reason = _providers.Count == 0 ? "No provider and no host is named." : "The profile names no such host, or needs a value for it.";
        if (parts.Many<TrackingStatus>().Length == 0) _sheet.CompleteNotApplicable(TrackingChecks.All, reason);
        if (parts.Many<BounceStatus>().Length == 0) _sheet.CompleteNotApplicable(BounceChecks.All, reason);
    }

    private Task<ProviderComparison[]> CompareProvidersAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_providers.Select(bound => ProviderComparison.CompareAsync(bound.Provider, bound.Values, _resolver, cancellationToken)));

    private void AddComparisons(ProviderComparison[] comparisons)
    {
        if (comparisons.Length == 0) _sheet.CompleteNotApplicable(ProviderChecks.All, "No provider is named.");

        foreach (ProviderComparison comparison in comparisons)
        {
            var sheet = new CheckSheet(Domain.Text);
            ProviderRules.Apply(comparison, sheet);
            AddRange(comparisons.Length == 1 ? sheet.Results : sheet.Results.Select(result => result.Of(comparison.Provider.Name)));
        }
    }

    private Task<DmarcAlignment[]> PredictAlignmentAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(AlignmentRequests().Select(request => DmarcAlignmentPredictor.PredictAsync(request, _resolver, CancellationToken.None, cancellationToken)));

    // Without a provider or a bounce host nobody knows what DMARC will look at.
    private void AddAlignments(DmarcAlignment[] alignments)
    {
        if (alignments.Length == 0)
            _sheet.CompleteNotApplicable(AlignmentChecks.All.Concat(DmarcChecks.Sending), "No provider and no bounce host is named: how mail is sent is not known.");

        foreach (DmarcAlignment alignment in alignments)
            AddRange(alignment.Results);
    }

    private IReadOnlyList<AlignmentRequest> AlignmentRequests()
    {
        var requests = new List<AlignmentRequest>();
        foreach (BoundProvider bound in _providers)
        {
            try
            {
                requests.Add(AlignmentRequest.OfProvider(bound.Provider, bound.Values, _request.BounceHost, Array.Empty<AlignmentSignature>(), address: null));
            }
            catch (SendingProviderValueException)
            {
                // The comparison of the profile says which value is missing.
            }
        }

        if (_providers.Count == 0 && _request.BounceHost is { } bounce)
            requests.Add(new AlignmentRequest(Domain) { Bounce = bounce });

        return requests;
    }

    private static IReadOnlyList<CheckResult> InOrder(IEnumerable<CheckResult> results) =>
        results
            .OrderByDescending(result => StatusOrder.Rank(result.Status))
            .ThenBy(result => s_places.Value.TryGetValue(result.Id, out int place) ? place : int.MaxValue)
            .ToArray();
}

/// <summary>Which DKIM keys of a domain are looked at.</summary>
internal static class SendingKeys
{
    /// <summary>The user's selectors, else those that the profiles name; none: the usual ones are tried, and absence proves nothing.</summary>
    public static DkimReadOptions OptionsOf(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, bool isParked) => new()
    {
        IsParked = isParked,
        Selectors = request.Selectors,
        Expectations = providers.Where(bound => request.Selectors.Count == 0 || bound.Values.Selectors.Count > 0)
            .SelectMany(bound => ProviderKeys.Expectations(bound.Provider, bound.Values))
            .GroupBy(expected => expected.Selector, StringComparer.OrdinalIgnoreCase)
            .Select(same => same.First())
            .ToArray(),
        ProviderName = providers.Count == 0 ? null : string.Join(" and ", providers.Select(bound => bound.Provider.Name)),
        Today = request.Today,
    };

    /// <summary>The selectors that are known to be in use, each once.</summary>
    public static IReadOnlyList<string> KnownSelectors(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers)
    {
        DkimReadOptions keys = OptionsOf(request, providers, isParked: false);
        return keys.Selectors.Concat(keys.Expectations.Select(expected => expected.Selector)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    /// <summary>Selectors that fill the profile's own, in its order: only for one profile, and only where as many are given as it asks for.</summary>
    public static IReadOnlyList<string> ProviderSelectors(SendingDomainRequest request)
    {
        int asked = request.Providers.Count == 1 ? request.Providers[0].RecordsOf(RecordPurpose.Dkim).Length : 0;
        return asked > 0 && request.Selectors.Count == asked ? request.Selectors : Array.Empty<string>();
    }
}
