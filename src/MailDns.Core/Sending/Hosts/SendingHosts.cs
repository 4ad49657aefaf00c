namespace MailDns.Sending;

/// <summary>The tracking and bounce hosts of a request, read: those of the profile, or those that were named.</summary>
internal sealed class SendingHosts
{
    private SendingHosts(IReadOnlyList<TrackingStatus> tracking, IReadOnlyList<BounceStatus> bounce)
    {
        Tracking = tracking;
        Bounce = bounce;
    }

    public IReadOnlyList<TrackingStatus> Tracking { get; }

    public IReadOnlyList<BounceStatus> Bounce { get; }

    public static async Task<SendingHosts> ReadAsync(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        Task<TrackingStatus>[] tracking = TrackingHosts(request, providers)
            .Select(host => TrackingStatusReader.ReadAsync(request.Domain, host.Key, host.Value, resolver, request.Https?.Invoke(resolver), cancellationToken))
            .ToArray();
        Task<BounceStatus>[] bounce = BounceHosts(request, providers)
            .Select(host => ReadBounceAsync(request.Domain, host, resolver, cancellationToken))
            .ToArray();
        return new SendingHosts(
            await Task.WhenAll(tracking).ConfigureAwait(false),
            await Task.WhenAll(bounce).ConfigureAwait(false));
    }

    private static async Task<BounceStatus> ReadBounceAsync(DomainName domain, KeyValuePair<DomainName, BounceExpectation> host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        BounceOrganization organization = await BounceOrganization.ReadAsync(domain, host.Key, resolver, cancellationToken).ConfigureAwait(false);
        return await BounceStatusReader.ReadAsync(domain, host.Key, host.Value, organization, resolver, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<KeyValuePair<DomainName, ExpectedName?>> TrackingHosts(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers)
    {
        KeyValuePair<DomainName, ExpectedName?>[] named = Naming(providers, RecordPurpose.Tracking, request.TrackingHost)
            .SelectMany(bound => ProviderHosts.Tracking(bound.Provider, bound.Values, request.TrackingHost))
            .Select(host => new KeyValuePair<DomainName, ExpectedName?>(host.Key, host.Value))
            .ToArray();
        return named.Length == 0 && request.TrackingHost is { } given ? new[] { new KeyValuePair<DomainName, ExpectedName?>(given, null) } : named;
    }

    private static IEnumerable<KeyValuePair<DomainName, BounceExpectation>> BounceHosts(SendingDomainRequest request, IReadOnlyList<BoundProvider> providers)
    {
        KeyValuePair<DomainName, BounceExpectation>[] named = Naming(providers, RecordPurpose.Bounce, request.BounceHost)
            .SelectMany(bound => ProviderHosts.Bounce(bound.Provider, bound.Values, request.BounceHost))
            .ToArray();
        return named.Length == 0 && request.BounceHost is { } given ? new[] { new KeyValuePair<DomainName, BounceExpectation>(given, BounceExpectation.None) } : named;
    }

    // A host that is made of an account's value nobody gave cannot be looked up; the comparison of the profile says so.
    private static IEnumerable<BoundProvider> Naming(IReadOnlyList<BoundProvider> providers, RecordPurpose role, DomainName? given) =>
        providers.Where(bound => bound.Provider.RecordsOf(role) is { Length: > 0 } records
            && (given is not null || records.All(record => SendingProviderExpansion.FindOwner(bound.Provider, record, bound.Values) is not null)));
}
