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
            SpfNodeStatus.Loop => "includes itself: a loop",
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

/// <summary>Lookups of a record against the limits of RFC 7208 section 4.6.4, for an address that reaches its end.</summary>
internal readonly struct SpfCost : IEquatable<SpfCost>
{
    /// <summary>Terms that cause lookups in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxLookups = 10;

    /// <summary>Lookups without an answer in one evaluation (RFC 7208 section 4.6.4).</summary>
    public const int MaxVoids = 2;

    private SpfCost(int lookups, int voidsIPv4, int voidsIPv6, int possibleVoids, bool isOpen)
    {
        Lookups = lookups;
        VoidsIPv4 = voidsIPv4;
        VoidsIPv6 = voidsIPv6;
        PossibleVoids = possibleVoids;
        IsOpen = isOpen;
    }

    public int Lookups { get; }

    /// <summary>Void lookups of a client with an IPv4 address (A is asked, not AAAA).</summary>
    public int VoidsIPv4 { get; }

    /// <summary>Void lookups of a client with an IPv6 address.</summary>
    public int VoidsIPv6 { get; }

    /// <summary>Lookups that are void for some messages: those of names with macros, exists and ptr.</summary>
    public int PossibleVoids { get; }

    /// <summary>True when the number of lookups depends on the message (an include or redirect with macros): it is the least.</summary>
    public bool IsOpen { get; }

    public int Voids => Math.Max(VoidsIPv4, VoidsIPv6);

    /// <summary>False when some address meets a limit, which turns its verdict into permerror.</summary>
    public bool IsWithinLimits => Lookups <= MaxLookups && Voids <= MaxVoids;

    /// <summary>The limit that is passed, in words: "11 lookups of 10".</summary>
    public string Excess => Lookups > MaxLookups
        ? Lookups + " lookups of " + MaxLookups
        : Voids + " void lookups of " + MaxVoids;

    public static SpfCost operator +(SpfCost left, SpfCost right) => new(
        Sum(left.Lookups, right.Lookups),
        Sum(left.VoidsIPv4, right.VoidsIPv4),
        Sum(left.VoidsIPv6, right.VoidsIPv6),
        Sum(left.PossibleVoids, right.PossibleVoids),
        left.IsOpen || right.IsOpen);

    /// <summary>One term that looks up, with its void lookups.</summary>
    public static SpfCost OfTerm(int voidsIPv4 = 0, int voidsIPv6 = 0) => new(1, voidsIPv4, voidsIPv6, 0, isOpen: false);

    /// <summary>One term whose answer depends on the message; <paramref name="isOpen"/> when its cost does too.</summary>
    public static SpfCost OfOpaqueTerm(bool isOpen) => new(1, 0, 0, 1, isOpen);

    public bool Equals(SpfCost other) =>
        Lookups == other.Lookups && VoidsIPv4 == other.VoidsIPv4 && VoidsIPv6 == other.VoidsIPv6
        && PossibleVoids == other.PossibleVoids && IsOpen == other.IsOpen;

    public override bool Equals(object? obj) => obj is SpfCost other && Equals(other);

    public override int GetHashCode() => (Lookups * 31) + Voids;

    // A tree that includes one domain many times over grows beyond any number; the limits are far below.
    private static int Sum(int left, int right) => Math.Min(left + right, 1_000_000);
}
