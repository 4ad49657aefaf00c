using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dkim;

namespace MailDns.Sending;

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
