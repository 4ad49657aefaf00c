namespace MailDns;

/// <summary>A profile with the values of one domain; a template has become the profile of that domain.</summary>
/// <param name="Provider">The profile, its groups chosen.</param>
/// <param name="Values">What was given for its placeholders.</param>
internal sealed record BoundProvider(SendingProvider Provider, SendingProviderValues Values)
{
    /// <summary>Values that were given and that a template has no variable for: ignored, as the standard asks.</summary>
    public IReadOnlyList<string> Ignored { get; private init; } = Array.Empty<string>();

    /// <summary>True where the groups were named, and DNS does not choose.</summary>
    private bool IsChosen { get; init; }

    /// <summary>
    /// The profile with those of its alternatives that DNS shows: of groups that exclude each other the one with the most
    /// records there, else the one that is made by default.
    /// </summary>
    /// <exception cref="SendingProviderValueException">A template for a name below a zone was given for the zone itself.</exception>
    public async Task<BoundProvider> ChooseAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (Provider.Template is { HostRequired: true } template)
        {
            DnsResponse start = await resolver.QueryAsync(Values.Domain, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
            return start.Records.Any(record => record.Type == DnsRecordType.Soa && record.Owner.Equals(Values.Domain)) ? throw DomainConnectProvider.NeedsHost(template, Values.Domain) : this;
        }

        if (IsChosen || Provider.Template is not null || Provider.Groups.Length == 0) return this;

        var comparer = new ProviderRecordComparer(Provider, Values, resolver);
        SendingProviderRecord[] grouped = Provider.Records.Where(record => record.Group is not null).ToArray();
        ProviderRecordComparison[] found = await Task.WhenAll(grouped.Select(record => comparer.CompareAsync(record, cancellationToken))).ConfigureAwait(false);
        int Present(SendingProviderGroup group) => found.Count(item => item.State == ProviderRecordState.Present && string.Equals(item.Template.Group, group.Name, StringComparison.OrdinalIgnoreCase));
        bool IsBest(SendingProviderGroup group) => Provider.Groups
            .Where(other => ReferenceEquals(other, group) || group.Excludes.Contains(other.Name, StringComparer.OrdinalIgnoreCase))
            .OrderByDescending(Present)
            .ThenByDescending(other => other.IsDefault)
            .First() == group;
        return this with { Provider = Provider.Keep(Provider.Groups.Where(group => group.Excludes.Length > 0 ? IsBest(group) && (group.IsDefault || Present(group) > 0) : group.IsDefault || Present(group) > 0).ToArray()) };
    }

    /// <summary>One profile with all that was given.</summary>
    /// <exception cref="SendingProviderValueException">A value or group is wrong.</exception>
    /// <exception cref="JsonTextException">A template cannot be applied.</exception>
    public static BoundProvider Of(
        SendingProvider provider,
        DomainName domain,
        DomainName? zone,
        IReadOnlyList<KeyValuePair<string, string>> values,
        IReadOnlyList<string> selectors,
        IReadOnlyList<string> groups)
    {
        if (provider.Template is not { } template)
            return new BoundProvider(provider.Choose(groups), new SendingProviderValues(domain, values, selectors)) { IsChosen = groups.Count > 0 };

        SendingProvider bound = DomainConnectProvider.Bind(template, domain, zone ?? ZoneOf(template, values), values, groups);
        return new BoundProvider(bound, new SendingProviderValues(domain, values: null, selectors))
        {
            Ignored = values.Select(value => value.Key).Except(template.Variables.Concat(DomainConnectTemplate.BuiltIn).Select(name => name.Trim('%')), StringComparer.Ordinal).ToArray(),
        };
    }

    /// <summary>Several profiles for one domain: each takes the values and groups that are its own.</summary>
    /// <exception cref="SendingProviderValueException">A value or group is wrong, or belongs to none of them.</exception>
    public static IReadOnlyList<BoundProvider> OfAll(
        IReadOnlyList<SendingProvider> providers,
        DomainName domain,
        IReadOnlyList<KeyValuePair<string, string>> values,
        IReadOnlyList<string> selectors,
        IReadOnlyList<string> groups)
    {
        if (providers.Count == 1) return new[] { Of(providers[0], domain, zone: null, values, selectors, groups) };

        string? homeless = values.Select(value => value.Key).FirstOrDefault(name => !providers.Any(provider => provider.Takes(name)));
        if (providers.Count > 0 && homeless is not null)
        {
            throw new SendingProviderValueException(providers[0].Id, homeless, "None of the profiles " + Names(providers) + " has a placeholder " + PrintableText.Quote(homeless) + ".");
        }

        string? strange = groups.FirstOrDefault(group => !providers.Any(provider => provider.HasGroup(group)));
        if (providers.Count > 0 && strange is not null)
        {
            throw new SendingProviderValueException(providers[0].Id, "ProviderGroup", "None of the profiles " + Names(providers) + " has a group " + PrintableText.Quote(strange) + ".");
        }

        return providers.Select(provider => Of(
            provider,
            domain,
            zone: null,
            values.Where(value => provider.Takes(value.Key)).ToArray(),
            Array.Empty<string>(),
            groups.Where(provider.HasGroup).ToArray())).ToArray();
    }

    // A reader is not told the zone; who wants to say it gives the standard's own variable a value.
    private static DomainName? ZoneOf(DomainConnectTemplate template, IReadOnlyList<KeyValuePair<string, string>> values)
    {
        string? text = values.Where(value => value.Key == SendingProviderValues.DomainName).Select(value => value.Value).FirstOrDefault();
        return text is null ? null
            : DomainName.TryParse(text, out DomainName? zone, out string reason) ? zone
            : throw new SendingProviderValueException(template.Id, SendingProviderValues.DomainName, PrintableText.Quote(text) + " is not a valid domain name: " + reason);
    }

    private static string Names(IEnumerable<SendingProvider> providers) => string.Join(", ", providers.Select(provider => provider.Id));
}
