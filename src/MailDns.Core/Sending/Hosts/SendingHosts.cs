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

    public static async Task<SendingHosts> ReadAsync(SendingDomainRequest request, SendingProviderValues values, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        Task<TrackingStatus>[] tracking = TrackingHosts(request, values)
            .Select(host => TrackingStatusReader.ReadAsync(request.Domain, host.Key, host.Value, resolver, request.Https?.Invoke(resolver), cancellationToken))
            .ToArray();
        Task<BounceStatus>[] bounce = BounceHosts(request, values)
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

    private static IEnumerable<KeyValuePair<DomainName, ExpectedName?>> TrackingHosts(SendingDomainRequest request, SendingProviderValues values)
    {
        if (request.Provider is { } provider && provider.RecordsOf(RecordPurpose.Tracking).Length > 0 && CanName(provider, RecordPurpose.Tracking, values, request.TrackingHost))
        {
            return ProviderHosts.Tracking(provider, values, request.TrackingHost).Select(host => new KeyValuePair<DomainName, ExpectedName?>(host.Key, host.Value));
        }

        return request.TrackingHost is { } named
            ? new[] { new KeyValuePair<DomainName, ExpectedName?>(named, null) }
            : Array.Empty<KeyValuePair<DomainName, ExpectedName?>>();
    }

    private static IEnumerable<KeyValuePair<DomainName, BounceExpectation>> BounceHosts(SendingDomainRequest request, SendingProviderValues values)
    {
        if (request.Provider is { } provider && provider.RecordsOf(RecordPurpose.Bounce).Length > 0 && CanName(provider, RecordPurpose.Bounce, values, request.BounceHost))
        {
            return ProviderHosts.Bounce(provider, values, request.BounceHost);
        }

        return request.BounceHost is { } named
            ? new[] { new KeyValuePair<DomainName, BounceExpectation>(named, BounceExpectation.None) }
            : Array.Empty<KeyValuePair<DomainName, BounceExpectation>>();
    }

    // A host that is made of an account's value nobody gave cannot be looked up; the comparison of the profile says so.
    private static bool CanName(SendingProvider provider, RecordPurpose role, SendingProviderValues values, DomainName? given) =>
        given is not null || provider.RecordsOf(role).All(record => SendingProviderExpansion.FindOwner(provider, record, values) is not null);
}
