using System.Net;
using MailDns.Bimi;
using MailDns.Blocklists;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Https;
using MailDns.ReverseDns;
using MailDns.Smtp;
using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>
/// Checks a whole sending domain: every part side by side, then what only the whole shows. Each check of the catalogue gets
/// its result: found, passed, unknown, or nothing to look at.
/// </summary>
internal sealed class SendingDomainChecker
{
    private static readonly Lazy<Dictionary<CheckDefinition, int>> s_places = new(() =>
        CheckCatalog.All.Select((check, index) => (check, index)).ToDictionary(pair => pair.check, pair => pair.index));

    private readonly SendingDomainRequest _request;
    private readonly RecordingResolver _resolver;
    private readonly CheckSheet _sheet;
    private IReadOnlyList<BoundProvider> _providers;

    private SendingDomainChecker(SendingDomainRequest request, IDnsResolver resolver)
    {
        _request = request;
        _resolver = new RecordingResolver(resolver);
        _providers = BoundProvider.OfAll(request.Providers, request.Domain, request.ProviderValues, SendingKeys.ProviderSelectors(request), request.ProviderGroups);
        _sheet = new CheckSheet(request.Domain.Text, CheckCatalog.All.Count);
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
        if (_sheet.Results.Any(result => result.Definition == DnsChecks.NxDomain && result.Status == CheckStatus.Fail))
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

    // Sorting by a number is several times as fast as OrderBy with ThenBy, and a domain has hundreds of results.
    private static CheckResult[] InOrder(IReadOnlyList<CheckResult> results)
    {
        var keys = new long[results.Count];
        var sorted = new CheckResult[results.Count];
        for (int i = 0; i < sorted.Length; i++)
        {
            CheckResult result = sorted[i] = results[i];
            long place = s_places.Value.TryGetValue(result.Definition, out int known) ? known : short.MaxValue;
            keys[i] = ((long)-StatusOrder.Rank(result.Status) << 48) + (place << 32) + i;
        }

        Array.Sort(keys, sorted);
        return sorted;
    }
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

/// <summary>What only the whole shows: an SPF include that is never evaluated, p=reject without a DKIM key.</summary>
internal static class SendingRules
{
    /// <summary>Judges the platforms' includes in the domain's SPF record.</summary>
    public static void ApplySpf(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, SpfStatus spf, DmarcStatus dmarc, CheckSheet sheet)
    {
        CheckDefinition[] checks = { SpfChecks.NotEvaluated, SpfChecks.SharedInclude };
        if (providers.Count == 0 || spf.Spf is null)
        {
            sheet.CompleteNotApplicable(checks, providers.Count == 0 ? "No provider is named." : "There is no SPF record to judge.");
            return;
        }

        (SendingProvider Provider, string? Include)[] found = providers.Select(bound => (bound.Provider, ProviderInclude(request.Domain, bound.Provider, bound.Values, spf.Spf))).ToArray();
        if (found.All(item => item.Include is null))
        {
            sheet.CompleteNotApplicable(checks, "The record includes nothing of " + string.Join(" or ", providers.Select(bound => bound.Provider.Id)) + ".");
            return;
        }

        bool isMain = string.Equals(dmarc.OrganizationalDomain ?? request.Domain.Text, request.Domain.Text, System.StringComparison.Ordinal);
        foreach ((SendingProvider provider, string? include) in found.Where(item => item.Include is not null))
        {
            if (provider.ReturnPath is SendingProviderReturnPath.Bounce or SendingProviderReturnPath.Provider)
            {
                string path = provider.ReturnPath == SendingProviderReturnPath.Provider ? "in the platform's own domain" : "the bounce host";
                sheet.Report(SpfChecks.NotEvaluated.With(include, request.Domain, path));
            }

            // What handles the domain's own mailboxes returns to the domain itself: a bounce subdomain is not to be had there.
            bool isOwnMail = provider.ReturnPath == SendingProviderReturnPath.Domain && provider.Kind is not (SendingProviderKind.EmailServiceProvider or SendingProviderKind.Application);
            if (isMain && !isOwnMail) sheet.Report(SpfChecks.SharedInclude.With(include));
        }

        sheet.CompletePass(checks);
    }

    /// <summary>Judges p=reject against the DKIM keys that were found (RFC 9989 sections 7.4 and 8).</summary>
    public static void ApplyReject(DmarcStatus dmarc, IReadOnlyList<DkimStatus> dkim, bool selectorsKnown, bool isParked, CheckSheet sheet)
    {
        CheckDefinition check = DmarcChecks.RejectWithoutDkim;
        if (dmarc.EffectivePolicy != DmarcPolicy.Reject)
            sheet.NotApplicable(check, "The policy is not reject.");
        else if (isParked)
            sheet.NotApplicable(check, "The domain sends nothing.");
        else if (dkim.Any(status => status.IsValid == true && !status.IsRevoked && status.Record is not null))
            sheet.Pass(check);
        else if (!selectorsKnown || dkim.Any(status => status.Findings.Any(finding => finding.Status == CheckStatus.Unknown)))
            sheet.Unknown(check, "p=reject, and no DKIM key was found; which selectors are in use is not known, or a lookup failed.");
        else
            sheet.Report(check);
    }

    private static string? ProviderInclude(DomainName domain, SendingProvider provider, SendingProviderValues values, SpfRecord record)
    {
        HashSet<string> names = new(System.StringComparer.OrdinalIgnoreCase);
        foreach (SendingProviderRecord template in provider.RecordsOf(RecordPurpose.Spf))
        {
            bool here = SendingProviderExpansion.FindOwner(provider, template, values) is { } owner && owner.Equals(domain);
            bool known = template.IncludeTemplates.All(include => include.Placeholders.Count == 0);
            if (here && known) names.UnionWith(template.Include);
        }

        names.UnionWith(provider.Obsolete.Where(value => value.Role == RecordPurpose.Spf).Select(value => value.Value));
        return record.Terms.OfType<SpfDirective>()
            .Where(term => term.Mechanism == SpfMechanism.Include)
            .Select(term => term.DomainSpec?.ToString() ?? string.Empty)
            .FirstOrDefault(names.Contains);
    }
}

/// <summary>What is to be checked at one domain.</summary>
internal sealed class SendingDomainRequest(DomainName domain)
{
    public DomainName Domain { get; } = domain;

    /// <summary>The platforms that send for the domain; none where none was named.</summary>
    public IReadOnlyList<SendingProvider> Providers { get; init; } = Array.Empty<SendingProvider>();

    /// <summary>Values for the profiles' placeholders.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ProviderValues { get; init; } = Array.Empty<KeyValuePair<string, string>>();

    /// <summary>The groups of the profiles that are in use; empty where nobody says.</summary>
    public IReadOnlyList<string> ProviderGroups { get; init; } = Array.Empty<string>();

    /// <summary>DKIM selectors that are known to be in use; empty for the profile's, else the usual ones are tried.</summary>
    public IReadOnlyList<string> Selectors { get; init; } = Array.Empty<string>();

    /// <summary>The tracking host's full name; null for the profile's.</summary>
    public DomainName? TrackingHost { get; init; }

    /// <summary>The bounce host's full name, the domain of the Return-Path; null for the profile's.</summary>
    public DomainName? BounceHost { get; init; }

    /// <summary>The date of today, for the age that a selector's name tells; null judges no age.</summary>
    public DateTime? Today { get; init; }

    /// <summary>The time, in UTC, for signatures that end; null judges none.</summary>
    public DateTime? Now { get; init; }

    /// <summary>How the BIMI logo is fetched, its host looked up by the resolver of the check; null where nothing is fetched over HTTPS.</summary>
    public Func<IDnsResolver, BimiLogoFetch>? Logo { get; init; }

    /// <summary>How other documents are fetched over HTTPS, their hosts looked up by the resolver of the check; null where nothing is fetched.</summary>
    public Func<IDnsResolver, HttpsAccess>? Https { get; init; }

    /// <summary>How the mail hosts themselves are spoken to; null where they are not.</summary>
    public SmtpAccess? Smtp { get; init; }

    /// <summary>True where the user says that the domain sends no mail.</summary>
    public bool IsParked { get; init; }

    /// <summary>Addresses that the domain's mail is sent from; empty where nobody told.</summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = Array.Empty<IPAddress>();

    /// <summary>The block lists that are asked about the addresses and the domain; null where none is named.</summary>
    public BlocklistProbe? Blocklists { get; init; }

    /// <summary>Names that the domain's mail servers say in HELO; empty where nobody told.</summary>
    public IReadOnlyList<DomainName> HeloNames { get; init; } = Array.Empty<DomainName>();

    /// <summary>The servers whose answers are compared; the resolver of the check asks them. Null where none are.</summary>
    public ServerPanel? Panel { get; init; }

    /// <summary>Receivers whose requirements the domain is to meet.</summary>
    public IReadOnlyList<MailReceiver> Receivers { get; init; } = Array.Empty<MailReceiver>();
}

/// <summary>Finds the line of a zone file that a finding is about, so that an editor or a build server can show it there.</summary>
internal static class ResultLocator
{
    private static readonly char[] s_separators = { ' ', ',', ';', ':', '"', '(', ')', '=' };

    /// <summary>Sets file and line of every result that a person should read.</summary>
    public static void Locate(IEnumerable<CheckResult> results, DomainName domain, ZoneFileResolver zones)
    {
        var found = new Dictionary<string, (string File, int Line)?>(StringComparer.Ordinal);
        foreach (CheckResult result in results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)))
        {
            string key = result.Area + " " + result.Message;
            if (!found.TryGetValue(key, out (string File, int Line)? place))
            {
                place = Find(result, domain, zones);
                found.Add(key, place);
            }

            (result.File, result.Line) = (place?.File, place?.Line);
        }
    }

    // The area's own record, then the record that would mend it, then a name in the message, then the domain and its zone.
    private static (string File, int Line)? Find(CheckResult result, DomainName domain, ZoneFileResolver zones) =>
        OfArea(result.Area, domain, zones)
        ?? result.Record.Select(record => Find(record.Fqdn, zones, found => found.Type == record.DnsType) ?? Find(record.Fqdn, zones, _ => true)).FirstOrDefault(place => place is not null)
        ?? (result.Message + " " + result.Actual).Split(s_separators, StringSplitOptions.RemoveEmptyEntries)
            .Where(word => word.IndexOf('.') > 0 && !word.Equals(domain.Text, StringComparison.OrdinalIgnoreCase))
            .Take(40)
            .Select(word => Find(word.TrimEnd('.'), zones, _ => true)).FirstOrDefault(place => place is not null)
        ?? OfDomain(domain, zones);

    private static (string File, int Line)? OfArea(CheckArea key, DomainName domain, ZoneFileResolver zones) =>
        Areas.All.First(area => area.Key == key) is { Owner: { } owner } area
            ? Find(owner.Length == 0 ? domain.Text : owner + "." + domain.Text, zones, area.IsOwn)
            : null;

    private static (string File, int Line)? OfDomain(DomainName domain, ZoneFileResolver zones)
    {
        for (DomainName name = domain; !name.IsRoot; name = name.Parent)
        {
            if ((zones.Find(name, record => record.Type == DnsRecordType.Soa) ?? zones.Find(name, _ => true)) is { } place)
                return place;
        }

        return null;
    }

    private static (string File, int Line)? Find(string name, ZoneFileResolver zones, Func<DnsRecord, bool> isMeant) =>
        DomainName.TryParseDns(name, out DomainName? owner) ? zones.Find(owner!, isMeant) : null;
}
