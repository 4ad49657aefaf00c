namespace MailDns.Sending;

/// <summary>The tracking and bounce hosts that a profile names, with what should stand there.</summary>
internal static class ProviderHosts
{
    /// <summary>The tracking hosts and their targets.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain and what was given for the placeholders.</param>
    /// <param name="host">The host to take instead of the profile's; null for the profile's.</param>
    /// <exception cref="SendingProviderValueException">The profile's host needs a value, and no host was given.</exception>
    /// <exception cref="InvalidOperationException">The profile has no tracking record.</exception>
    public static IReadOnlyList<KeyValuePair<DomainName, ExpectedName>> Tracking(SendingProvider provider, SendingProviderValues values, DomainName? host) =>
        RecordsOf(provider, RecordPurpose.Tracking, values)
            .Select(record => new KeyValuePair<DomainName, ExpectedName>(
                host ?? Host(provider, record, values),
                ExpectedName.Of(record.TargetTemplate!, provider, record, values)))
            .ToArray();

    /// <summary>The bounce hosts and what should stand there: an alias, or MX and SPF.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain and what was given for the placeholders.</param>
    /// <param name="host">The host to take instead of the profile's; null for the profile's.</param>
    /// <exception cref="SendingProviderValueException">The profile's host needs a value, and no host was given.</exception>
    /// <exception cref="InvalidOperationException">The profile has no bounce record.</exception>
    public static IReadOnlyList<KeyValuePair<DomainName, BounceExpectation>> Bounce(SendingProvider provider, SendingProviderValues values, DomainName? host) =>
        RecordsOf(provider, RecordPurpose.Bounce, values)
            .GroupBy(record => record.Host, StringComparer.Ordinal)
            .Select(group => new KeyValuePair<DomainName, BounceExpectation>(
                host ?? Host(provider, group.First(), values),
                Expect(provider, values, group.ToArray())))
            .ToArray();

    private static BounceExpectation Expect(SendingProvider provider, SendingProviderValues values, SendingProviderRecord[] records)
    {
        ExpectedName Name(SendingProviderRecord record, SendingProviderTemplate template) => ExpectedName.Of(template, provider, record, values);
        SendingProviderRecord? alias = Array.Find(records, record => record.DnsType == DnsRecordType.Cname);
        if (alias is not null) return new BounceExpectation(Name(alias, alias.TargetTemplate!));

        ExpectedName[] includes = provider.RecordsOf(RecordPurpose.Spf)
            .Where(record => string.Equals(record.Host, records[0].Host, StringComparison.Ordinal))
            .SelectMany(record => record.IncludeTemplates.Select(include => Name(record, include)))
            .ToArray();
        return new BounceExpectation(
            alias: null,
            records.Select(record => Name(record, record.TargetTemplate!)).ToArray(),
            records.Any(record => record.Exclusive),
            includes);
    }

    private static DomainName Host(SendingProvider provider, SendingProviderRecord record, SendingProviderValues values) =>
        SendingProviderExpansion.RequireOwner(provider, record, values);

    private static SendingProviderRecord[] RecordsOf(SendingProvider provider, RecordPurpose role, SendingProviderValues values)
    {
        SendingProviderExpansion.CheckValues(provider, values);
        SendingProviderRecord[] records = provider.RecordsOf(role);
        return records.Length > 0
            ? records
            : throw new InvalidOperationException("Profile " + provider.Id + " names no " + (role == RecordPurpose.Bounce ? "bounce" : "tracking") + " host; give -HostName and -Target instead of -Provider.");
    }
}
