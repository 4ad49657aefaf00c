namespace MailDns;

/// <summary>A whole profile against what DNS holds for a domain, record by record.</summary>
internal sealed class ProviderComparison
{
    private ProviderComparison(SendingProvider provider, DomainName domain, IReadOnlyList<ProviderRecordComparison> records)
    {
        Provider = provider;
        Domain = domain;
        Records = records;
    }

    public SendingProvider Provider { get; }

    public DomainName Domain { get; }

    /// <summary>The records in the order of the profile.</summary>
    public IReadOnlyList<ProviderRecordComparison> Records { get; }

    /// <summary>Compares. Values that are not given are matched by their pattern.</summary>
    /// <param name="provider">The profile.</param>
    /// <param name="values">The domain, and what was given for the profile's placeholders.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    /// <exception cref="SendingProviderValueException">A value does not fit its parameter.</exception>
    public static async Task<ProviderComparison> CompareAsync(
        SendingProvider provider,
        SendingProviderValues values,
        IDnsResolver resolver,
        CancellationToken cancellationToken)
    {
        SendingProviderExpansion.CheckValues(provider, values);
        var comparer = new ProviderRecordComparer(provider, values, resolver);
        ProviderRecordComparison[] records = await Task.WhenAll(
            RecordsOf(provider).Select(record => comparer.CompareAsync(record, cancellationToken))).ConfigureAwait(false);
        return new ProviderComparison(provider, values.Domain, records);
    }

    // A platform that asks for no SPF record any more may still be included.
    private static IEnumerable<SendingProviderRecord> RecordsOf(SendingProvider provider)
    {
        bool hasOldSpf = provider.RecordsOf(RecordPurpose.Spf).Length == 0 && provider.Obsolete.Any(old => old.Role == RecordPurpose.Spf);
        if (!hasOldSpf) return provider.Records;

        var none = new SendingProviderRecord(RecordPurpose.Spf, DnsRecordType.Txt, SendingProviderTemplate.Placeholder(SendingProviderValues.DomainName), provider.Obsolete.First(old => old.Role == RecordPurpose.Spf).Source) { Required = false };
        none.SetTerms(Array.Empty<SendingProviderTemplate>(), all: null);
        return provider.Records.Concat(new[] { none });
    }

    /// <summary>The records in one of the states.</summary>
    public ProviderRecordComparison[] In(params ProviderRecordState[] states) =>
        Records.Where(record => Array.IndexOf(states, record.State) >= 0).ToArray();
}
