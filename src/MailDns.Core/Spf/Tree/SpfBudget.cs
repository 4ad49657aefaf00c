namespace MailDns.Spf;

/// <summary>What a record costs of the limits of RFC 7208 section 4.6.4, and what is wrong below it.</summary>
internal sealed class SpfBudget
{
    private SpfBudget(int lookups, int voids, bool isWhole, IReadOnlyList<string> errors, IReadOnlyList<string> failures)
    {
        Lookups = lookups;
        Voids = voids;
        IsWhole = isWhole;
        Errors = errors;
        Failures = failures;
    }

    public int Lookups { get; }

    public int Voids { get; }

    /// <summary>False when the numbers are the least: only the record's own terms were counted, or a part is not known.</summary>
    public bool IsWhole { get; }

    /// <summary>Terms that make the record a permerror, and why; escaped for display.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Lookups that failed; escaped for display.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>True when the record is a permerror.</summary>
    public bool IsBroken => Problem is not null;

    /// <summary>Why the record is a permerror, as far as is known; null while it is none.</summary>
    public string? Problem
    {
        get
        {
            if (Errors.Count > 0) return Errors[0];
            if (Lookups > SpfCost.MaxLookups) return "it takes " + Lookups + " lookups of " + SpfCost.MaxLookups;

            return Voids > SpfCost.MaxVoids
                ? "it takes " + Voids + " void lookups of " + SpfCost.MaxVoids
                : null;
        }
    }

    /// <summary>Counts the record's own terms.</summary>
    public static SpfBudget OfTerms(SpfRecord record)
    {
        int all = record.All?.Offset ?? int.MaxValue;
        bool includes = false;
        int lookups = 0;
        foreach (SpfTerm term in record.Terms.Where(static term => term.IsLookup))
        {
            if (term is SpfModifier ? record.All is null : term.Offset < all)
            {
                lookups++;
                includes |= term is SpfModifier or SpfDirective { Mechanism: SpfMechanism.Include };
            }
        }

        return new SpfBudget(lookups, voids: 0, isWhole: !includes, System.Array.Empty<string>(), System.Array.Empty<string>());
    }

    /// <summary>Counts the record with everything that it includes.</summary>
    public static async Task<SpfBudget> CountAsync(DomainName domain, SpfRecord record, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        SpfNode root = await SpfTreeWalker.WalkAsync(domain, record.Source, resolver, cancellationToken).ConfigureAwait(false);
        SpfNode[] nodes = root.SelfAndDescendants.Where(static node => node.IsLive).ToArray();
        string[] failures = nodes.Select(FailureOf).OfType<string>().ToArray();
        return new SpfBudget(
            root.CumulativeLookupCount,
            root.CumulativeVoidLookupCount,
            isWhole: !root.IsIncomplete && nodes.All(static node => node.Status != SpfNodeStatus.Macro),
            nodes.Select(ErrorOf).OfType<string>().ToArray(),
            failures);
    }

    /// <summary>"7 of 10 lookups, 1 of 2 void lookups".</summary>
    public override string ToString() =>
        (IsWhole ? string.Empty : "at least ") + Lookups + " of " + SpfCost.MaxLookups + " lookups, "
        + Voids + " of " + SpfCost.MaxVoids + " void lookups";

    private static string? ErrorOf(SpfNode node)
    {
        SpfTermLookup? wide = node.Lookups.FirstOrDefault(static lookup => lookup.ExchangeCount > SpfLimits.Default.MxNames);
        if (wide is not null)
            return PrintableText.Quote(wide.Directive.Text) + " has " + wide.ExchangeCount + " mail exchangers of 10";

        string? fault = node.Status switch
        {
            SpfNodeStatus.None => "has no SPF record",
            SpfNodeStatus.Multiple => "has " + node.Texts.Count + " SPF records",
            SpfNodeStatus.Invalid => "has a broken record: " + node.Reading!.Faults[0].Message.TrimEnd('.'),
            SpfNodeStatus.Loop => "stands above itself: a loop",
            SpfNodeStatus.Malformed => "is not a domain name",
            _ => null,
        };
        return fault is null ? null : PrintableText.Quote(node.Name) + " " + fault;
    }

    private static string? FailureOf(SpfNode node)
    {
        DnsResponse? failed = node.Status == SpfNodeStatus.Failed
            ? node.Response
            : node.Lookups.Select(static lookup => lookup.Failure).FirstOrDefault(static failure => failure is not null);
        return failed is null ? null : failed.Question + ": " + failed.Describe();
    }
}
