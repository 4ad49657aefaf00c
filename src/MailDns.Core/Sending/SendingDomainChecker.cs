using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bimi;
using MailDns.Caa;
using MailDns.Dane;
using MailDns.Diagnostics;
using MailDns.Dkim;
using MailDns.Dkim.Keys;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.MtaSts;
using MailDns.Mx;
using MailDns.SenderId;
using MailDns.Spf;
using MailDns.TlsRpt;

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
        _values = new SendingProviderValues(request.Domain, request.ProviderValues, ProviderSelectors(request));
        _sheet = new CheckSheet(request.Domain.Text);
    }

    private DomainName Domain => _request.Domain;

    /// <summary>The results of one domain, the worst first, then in the order of the catalogue.</summary>
    /// <exception cref="SendingProviderValueException">A value does not fit the provider's profile.</exception>
    public static Task<IReadOnlyList<CheckResult>> CheckAsync(SendingDomainRequest request, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new SendingDomainChecker(request, resolver).CheckAsync(cancellationToken);

    private static IReadOnlyList<string> ProviderSelectors(SendingDomainRequest request)
    {
        int asked = request.Provider?.RecordsOf(RecordPurpose.Dkim).Length ?? 0;
        return asked > 0 && request.Selectors.Count == asked ? request.Selectors : Array.Empty<string>();
    }

    private async Task<IReadOnlyList<CheckResult>> CheckAsync(CancellationToken cancellationToken)
    {
        Task<ParkedDomain> parkedTask = ParkedDomain.ReadAsync(_request, _resolver, cancellationToken);
        Task<SpfStatus> spf = SpfStatusReader.ReadAsync(Domain, _resolver, cancellationToken);
        Task<SenderIdStatus> senderId = SenderIdStatusReader.ReadAsync(Domain, _resolver, cancellationToken);
        Task<DomainKeysStatus> domainKeys = DomainKeysStatusReader.ReadAsync(Domain, _resolver, cancellationToken);
        Task<BimiStatus> bimi = BimiStatusReader.ReadAsync(Domain, BimiSelector.Default, _resolver, _request.Logo?.Invoke(_resolver), cancellationToken);
        Task<ReverseDnsStatus[]> addresses = Task.WhenAll(_request.Addresses.Select(address => ReverseDnsStatusReader.ReadAsync(address, Domain, _resolver, cancellationToken)));
        Task<IReadOnlyList<CheckResult>> helo = HeloRules.JudgeAsync(_request, _resolver, cancellationToken);
        Task<SendingHosts> hosts = SendingHosts.ReadAsync(_request, _values, _resolver, cancellationToken);

        // These write to sheets of their own, so that all of them can wait for their answers at the same time.
        Task<CheckSheet> provider = ApartAsync(sheet => CompareProviderAsync(sheet, cancellationToken));
        Task<DmarcAlignment?> alignment = PredictAlignmentAsync(cancellationToken);
        Task<CheckSheet> spfHosts = ApartAsync(sheet => new SpfHostRules(Domain, _resolver, sheet).ApplyAsync(_request.HeloNames, cancellationToken));
        Task<CheckSheet> transport = ApartAsync(sheet => AddTransportAsync(sheet, cancellationToken));

        // These depend on whether the domain sends at all.
        ParkedDomain parked = await parkedTask.ConfigureAwait(false);
        DkimReadOptions keys = Keys(parked.IsParked);
        string[] selectors = keys.Selectors.Concat(keys.Expectations.Select(expected => expected.Selector)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        Task<IReadOnlyList<DkimStatus>> dkim = DkimStatusReader.ReadAsync(Domain, keys, _resolver, cancellationToken);
        Task<DmarcStatus> dmarc = DmarcStatusReader.ReadAsync(Domain, _resolver, new DmarcStatusOptions { IsParked = parked.IsParked }, cancellationToken);
        Task<MxStatus> mx = MxStatusReader.ReadAsync(Domain, _resolver, new MxReadOptions { IsParked = parked.IsParked, SendsBecause = parked.SendsBecause }, cancellationToken);
        var names = new NameRules(Domain, _resolver, _sheet);
        Task ahead = names.AskAheadAsync(selectors, cancellationToken);
        await Task.WhenAll(spf, senderId, dkim, domainKeys, dmarc, bimi, mx, addresses, helo, hosts, provider, alignment, spfHosts, transport, ahead).ConfigureAwait(false);

        AddRange((await spf.ConfigureAwait(false)).Results);
        AddRange((await senderId.ConfigureAwait(false)).Results);
        AddRange((await dkim.ConfigureAwait(false)).SelectMany(status => status.Results));
        AddRange((await domainKeys.ConfigureAwait(false)).Results);
        AddRange((await dmarc.ConfigureAwait(false)).Results);
        AddRange((await bimi.ConfigureAwait(false)).Results);
        AddRange((await mx.ConfigureAwait(false)).Results);
        AddRange((await addresses.ConfigureAwait(false)).SelectMany(status => status.Results));
        AddRange(await helo.ConfigureAwait(false));
        AddHosts(await hosts.ConfigureAwait(false));
        AddRange((await provider.ConfigureAwait(false)).Results);
        SendingRules.ApplySpf(_request, _values, await spf.ConfigureAwait(false), await dmarc.ConfigureAwait(false), _sheet);
        SendingRules.ApplyReject(await dmarc.ConfigureAwait(false), await dkim.ConfigureAwait(false), selectors.Length > 0, parked.IsParked, _sheet);
        ParkedRules.Apply(Domain, parked, await spf.ConfigureAwait(false), await dmarc.ConfigureAwait(false), _sheet);
        AddAlignment(await alignment.ConfigureAwait(false));
        AddRange((await spfHosts.ConfigureAwait(false)).Results);
        AddRange((await transport.ConfigureAwait(false)).Results);
        await names.ApplyAsync(selectors, cancellationToken).ConfigureAwait(false);
        _sheet.CompletePass(DnsChecks.All.Where(check => !check.Id.StartsWith("DNS-CNAME-", StringComparison.Ordinal)));
        _sheet.CompleteNotApplicable(DkimKeyChecks.All, "Needs the private key: see Test-DkimKey.");
        _sheet.CompleteNotApplicable(BimiLogoFetch.Checks, _request.Logo is null ? "Needs -IncludeHttps." : "There is no logo to look at.");
        _sheet.CompleteNotApplicable(ReverseDnsChecks.OfAddress, "No sending address is given (-IPAddress).");
        _sheet.CompleteNotApplicable(CheckCatalog.All, "Nothing here to look at.");
        return InOrder(_sheet.Results);
    }

    private async Task<CheckSheet> ApartAsync(Func<CheckSheet, Task> apply)
    {
        var sheet = new CheckSheet(Domain.Text);
        await apply(sheet).ConfigureAwait(false);
        return sheet;
    }

    // How mail to the domain is protected on its way.
    private async Task AddTransportAsync(CheckSheet sheet, CancellationToken cancellationToken)
    {
        Task<MtaStsStatus> mtaSts = MtaStsStatusReader.ReadAsync(Domain, _resolver, _request.Https?.Invoke(_resolver), cancellationToken);
        Task<TlsRptStatus> tlsRpt = TlsRptStatusReader.ReadAsync(Domain, _resolver, cancellationToken);
        Task<IReadOnlyList<TlsaStatus>> dane = TlsaStatusReader.ReadAsync(Domain, Array.Empty<DomainName>(), TlsaRecordBuilder.SmtpPort, _resolver, cancellationToken);
        Task<CaaStatus> caa = CaaStatusReader.ReadAsync(Domain, _resolver, cancellationToken);
        Task dnssec = DnssecRules.ApplyAsync(Domain, _resolver, sheet, cancellationToken);
        await Task.WhenAll(mtaSts, tlsRpt, dane, caa, dnssec).ConfigureAwait(false);
        sheet.AddRange((await mtaSts.ConfigureAwait(false)).Results);
        sheet.AddRange((await tlsRpt.ConfigureAwait(false)).Results);
        sheet.AddRange((await dane.ConfigureAwait(false)).SelectMany(status => status.Results));
        sheet.AddRange((await caa.ConfigureAwait(false)).Results);
    }

    // The user's selectors, else those that the profile names; none: the usual ones are tried, and absence proves nothing.
    private DkimReadOptions Keys(bool isParked) => new()
    {
        IsParked = isParked,
        Selectors = _request.Selectors,
        Expectations = _request.Provider is { } provider && (_request.Selectors.Count == 0 || _values.Selectors.Count > 0)
            ? ProviderKeys.Expectations(provider, _values)
            : Array.Empty<DkimExpectation>(),
        ProviderName = _request.Provider?.Name,
        Today = _request.Today,
    };

    private void AddRange(IEnumerable<CheckResult> results) => _sheet.AddRange(results);

    private void AddHosts(SendingHosts hosts)
    {
        AddRange(hosts.Tracking.SelectMany(status => status.Results));
        AddRange(hosts.Bounce.SelectMany(status => status.Results));
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

    private async Task CompareProviderAsync(CheckSheet sheet, CancellationToken cancellationToken)
    {
        if (_request.Provider is not { } provider)
        {
            sheet.CompleteNotApplicable(ProviderChecks.All, "No provider is named.");
            return;
        }

        ProviderComparison comparison = await ProviderComparison.CompareAsync(provider, _values, _resolver, cancellationToken).ConfigureAwait(false);
        ProviderRules.Apply(comparison, sheet);
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
