using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dkim;

namespace MailDns.Sending;

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
