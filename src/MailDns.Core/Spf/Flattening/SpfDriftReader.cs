namespace MailDns.Spf;

/// <summary>Compares the record that is published with the one that it was flattened from.</summary>
internal sealed class SpfDriftReader(DomainName domain, SpfRecord source)
{
    private readonly SpfRecord _source = source;

    /// <summary>Evaluates both now, for every address.</summary>
    /// <exception cref="RecordParseException">The source is no SPF record.</exception>
    public static Task<SpfDrift> ReadAsync(DomainName domain, string source, IDnsResolver resolver, CancellationToken cancellationToken) =>
        new SpfDriftReader(domain, SpfParser.Parse(source)).ReadAsync(new WalkResolver(resolver, SpfOptimizer.MaxQuestions), cancellationToken);

    private async Task<SpfDrift> ReadAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var reader = new SpfDecisionReader(resolver, new Dictionary<DomainName, SpfRecord>());
        SpfFetch published = await reader.FetchAsync(domain, cancellationToken).ConfigureAwait(false);
        if (published.Record is null)
            return Result(record: null, published.IsUnknown ? null : false, (published.IsUnknown ? "Unknown: " : string.Empty) + published.Problem + ".");

        SpfPartition source = (await reader.ReadAsync(domain, _source, cancellationToken).ConfigureAwait(false)).Partition;
        SpfDecision decision = await reader.ReadAsync(domain, published.Record, cancellationToken).ConfigureAwait(false);
        SpfPartition record = decision.Partition;
        string text = published.Record.Source;
        return Unknown(source, "the source") is { } sourceFailure ? Result(text, inSync: null, sourceFailure)
            : Unknown(record, "the published record") is { } recordFailure ? Result(text, inSync: null, recordFailure)
            : Error(source, "source") is { } sourceError ? Result(text, inSync: false, sourceError)
            : Error(record, "published record") is { } recordError ? Result(text, inSync: false, recordError)
            : !decision.Cost.IsWithinLimits ? Result(text, inSync: false, "The published record takes " + decision.Cost.Excess + ", a permerror (RFC 7208 section 4.6.4).")
            : Compare(text, source, record);
    }

    private SpfDrift Compare(string text, SpfPartition source, SpfPartition record)
    {
        AddressSet added = source.Pass.Subtract(record.Pass);
        AddressSet removed = record.Pass.Subtract(source.Pass);
        AddressSet changed = source.Differences(record).Subtract(added).Subtract(removed);
        bool inSync = source.Equals(record);
        string message = inSync
            ? domain + ": every address has the verdict of the source."
            : domain + ": " + string.Join(", ", Counts(added, removed, changed)) + ". Flatten the source again and publish the result.";
        return new SpfDrift(domain.Text, PrintableText.Escape(_source.Source), PrintableText.Escape(text), inSync, Blocks(added), Blocks(removed), Blocks(changed), message);
    }

    private static IEnumerable<string> Counts(AddressSet added, AddressSet removed, AddressSet changed)
    {
        if (!added.IsEmpty) yield return Networks(added) + " passed by the source only";
        if (!removed.IsEmpty) yield return Networks(removed) + " passed by the published record only";
        if (!changed.IsEmpty) yield return Networks(changed) + " with another verdict";
    }

    private static string Networks(AddressSet set) => set.ToBlocks().Count == 1 ? "1 network" : set.ToBlocks().Count + " networks";

    private static string[] Blocks(AddressSet set) => set.ToBlocks().Select(static block => block.ToString()).ToArray();

    private static string? Unknown(SpfPartition partition, string which) =>
        partition.Errors.FirstOrDefault(static step => step.Kind == SpfStepKind.TempError) is { } error
            ? "Unknown: what " + PrintableText.Quote(error.Mechanism) + " of " + which + " authorises: " + error.Reason + "."
            : null;

    private static string? Error(SpfPartition partition, string which) =>
        partition.Errors.Count > 0
            ? "The " + which + " is in error at " + PrintableText.Quote(partition.Errors[0].Mechanism) + ": " + partition.Errors[0].Reason + "."
            : null;

    private SpfDrift Result(string? record, bool? inSync, string message)
    {
        string[] none = Array.Empty<string>();
        return new SpfDrift(domain.Text, PrintableText.Escape(_source.Source), record is null ? null : PrintableText.Escape(record), inSync, none, none, none, message);
    }
}
