namespace MailDns.Sending;

/// <summary>Host names as a person gives them: relative to the domain ("trk") or in full ("trk.example.com").</summary>
internal static class HostNames
{
    /// <summary>
    /// The host's full name. A name that ends in the domain, or in a dot, is a full one; any other is relative to the domain.
    /// </summary>
    /// <exception cref="DomainNameException">The text is no name, or the result is too long.</exception>
    public static DomainName Resolve(string? text, DomainName domain)
    {
        string trimmed = (text ?? string.Empty).Trim();
        if (trimmed == "@") return domain;

        if (!DomainName.TryParseRelative(trimmed, out DomainName? name, out string reason))
            throw new DomainNameException(trimmed, reason);

        bool full = trimmed.EndsWith(".", StringComparison.Ordinal) || name!.IsSameOrBelow(domain);
        return full ? name! : domain.Prepend(name!.Text);
    }

    /// <summary>The host below its domain, for a record that is to be made there.</summary>
    /// <exception cref="DomainNameException">It is the domain itself, outside it, or no name.</exception>
    public static DomainName ResolveBelow(string? text, DomainName domain)
    {
        DomainName host = Resolve(text, domain);
        if (host.Equals(domain))
        {
            throw new DomainNameException(
                host.Text,
                "a CNAME cannot be at the domain itself, where SPF, MX and other records are; use a host below it (RFC 1034 section 3.6.2).");
        }

        return host.IsBelow(domain)
            ? host
            : throw new DomainNameException(host.Text, "it is not below " + PrintableText.Quote(domain.Text) + "; the mail's From domain has to be above it.");
    }

    /// <summary>The name as a person would write it for this domain.</summary>
    public static string Relative(DomainName host, DomainName domain) => host.IsSameOrBelow(domain) ? host.RelativeTo(domain) : host.Text;
}

/// <summary>The tracking and bounce hosts of a request: those of the profile, or those that were named.</summary>
internal static class SendingHosts
{
    public static Task<TrackingStatus[]> ReadTrackingAsync(AreaReading part) => Task.WhenAll(TrackingHosts(part.Request, part.Providers)
        .Select(host => TrackingStatusReader.ReadAsync(part.Domain, host.Key, host.Value, part.Resolver, part.Request.Https?.Invoke(part.Resolver), part.Token)));

    public static Task<BounceStatus[]> ReadBounceAsync(AreaReading part) => Task.WhenAll(BounceHosts(part.Request, part.Providers)
        .Select(host => ReadBounceAsync(part.Domain, host, part.Resolver, part.Token)));

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
