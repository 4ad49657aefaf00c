namespace MailDns.Spf;

/// <summary>
/// Shortens records without changing a verdict. The verdicts of all addresses are computed before and after; a record comes
/// out only when they are equal.
/// </summary>
internal sealed class SpfOptimizer
{
    // Several times what any record may need that receivers evaluate (RFC 7208 section 4.6.4); each question is asked once.
    internal const int MaxQuestions = 1000;

    private static readonly Dictionary<DomainName, SpfRecord> s_nothingKnown = new();

    private readonly DomainName _domain;
    private readonly IDnsResolver? _resolver;
    private readonly bool _flatten;
    private readonly List<string> _changes = new();
    private readonly List<string> _warnings = new();

    private SpfOptimizer(DomainName domain, bool flatten, IDnsResolver? resolver)
    {
        _domain = domain;
        _flatten = flatten;
        _resolver = resolver is null ? null : new WalkResolver(resolver, MaxQuestions);
    }

    // Without flattening no lookup decides anything; the resolver only tells which names are taken.
    private IDnsResolver? Lookups => _flatten ? _resolver : null;

    /// <summary>Optimises a record of a domain.</summary>
    /// <param name="domain">The domain whose record it is.</param>
    /// <param name="text">The record.</param>
    /// <param name="flatten">Replace include, a, mx and redirect by the addresses that they stand for now; needs a resolver.</param>
    /// <param name="resolver">Where to look up; may be none without <paramref name="flatten"/>.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordParseException">The text is no SPF record.</exception>
    /// <exception cref="SpfRefusalException">A lookup failed, the record is in error, or no equal record can be given.</exception>
    public static Task<SpfOptimization> OptimizeAsync(DomainName domain, string text, bool flatten, IDnsResolver? resolver, CancellationToken cancellationToken) =>
        new SpfOptimizer(domain, flatten, resolver).RunAsync(SpfParser.Parse(text), cancellationToken);

    private async Task<SpfOptimization> RunAsync(SpfRecord record, CancellationToken cancellationToken)
    {
        var reader = new SpfDecisionReader(Lookups, s_nothingKnown);
        SpfDecision before = await reader.ReadAsync(_domain, record, cancellationToken).ConfigureAwait(false);
        RefuseErrors(before.Partition);
        NoteUnusedTerms(record);
        SpfCompactor compactor = SpfCompactor.Compact(before);
        _changes.AddRange(compactor.Changes);
        var text = new SpfText(record, before, compactor);
        IReadOnlyList<SpfPart> parts = System.Array.Empty<SpfPart>();
        if (SpfSplitter.IsLong(_domain, text.ToString()))
        {
            SpfSplitter splitter = NewSplitter(record);
            SpfText? shorter = await SplitAsync(text, splitter, before, cancellationToken).ConfigureAwait(false);
            parts = shorter is null ? parts : splitter.Parts;
            text = shorter ?? text;
        }

        SpfDecision after = await DecideAsync(text.ToString(), parts, cancellationToken).ConfigureAwait(false);
        Prove(before.Partition, after.Partition);
        RefuseOverLimits(after.Cost);
        NoteLeftParts(reader, record, text);
        NoteKept(before.Partition);
        NoteLimits(before.Cost, after.Cost);
        NoteAllPass(before.Partition);
        return new SpfOptimization(_domain, record.Source, text.ToString(), parts, before.Cost, after.Cost, _changes, _warnings);
    }

    private async Task<SpfDecision> DecideAsync(string text, IReadOnlyList<SpfPart> parts, CancellationToken cancellationToken)
    {
        Dictionary<DomainName, SpfRecord> known = parts.ToDictionary(static part => part.Name, static part => SpfParser.Parse(part.Text));
        var reader = new SpfDecisionReader(Lookups, known);
        return await reader.ReadAsync(_domain, SpfParser.Parse(text), cancellationToken).ConfigureAwait(false);
    }

    private static void RefuseErrors(SpfPartition partition)
    {
        if (partition.Errors.Count == 0) return;

        SpfStep error = partition.Errors.FirstOrDefault(static step => step.Kind == SpfStepKind.PermError) ?? partition.Errors[0];
        throw error.Kind == SpfStepKind.TempError
            ? new SpfRefusalException("What " + PrintableText.Quote(error.Mechanism) + " authorises is unknown: " + error.Reason + ".", isUnknown: true)
            : new SpfRefusalException("The record is in error at " + PrintableText.Quote(error.Mechanism) + ": " + error.Reason + ". Correct or remove that term first.");
    }

    private SpfSplitter NewSplitter(SpfRecord record)
    {
        IEnumerable<DomainName> included = record.Directives
            .Where(directive => directive.Mechanism == SpfMechanism.Include && !directive.DomainSpec!.HasMacros)
            .Select(directive => DomainName.TryParseDns(directive.DomainSpec!.Literal!, out DomainName? name) ? name : null)
            .OfType<DomainName>();
        return new SpfSplitter(_domain, _resolver, included);
    }

    // Parts of an earlier run that the new record no longer includes.
    private void NoteLeftParts(SpfDecisionReader reader, SpfRecord before, SpfText after)
    {
        string text = after.ToString();
        foreach (DomainName name in reader.ReadNames.Where(name => name.Parent.Equals(_domain) && name.Labels[0].StartsWith("_spf", StringComparison.Ordinal)))
        {
            if (before.Source.IndexOf("include:" + name.Text, StringComparison.OrdinalIgnoreCase) >= 0 && text.IndexOf("include:" + name.Text, StringComparison.Ordinal) < 0)
            {
                _changes.Add(name + " is no longer included. Keep its record until the old SPF record has expired from all caches, and as long as another record includes it.");
            }
        }
    }

    private async Task<SpfText?> SplitAsync(SpfText text, SpfSplitter splitter, SpfDecision before, CancellationToken cancellationToken)
    {
        string isLong = "The record and its name take " + (_domain.Text.Length + text.ToString().Length) + " octets, more than 450 (RFC 7208 section 3.4), ";
        if (before.Cost.IsOpen)
        {
            _warnings.Add(isLong + "but it is not split: the lookups of its other terms are not known" + (_flatten ? "." : "; use -Flatten."));
            return null;
        }

        SpfText? shorter = await splitter.SplitAsync(text, cancellationToken).ConfigureAwait(false);
        if (shorter is null)
        {
            _warnings.Add(isLong + "and cannot be split.");
            return null;
        }

        SpfDecision after = await DecideAsync(shorter.ToString(), splitter.Parts, cancellationToken).ConfigureAwait(false);
        if (!after.Cost.IsWithinLimits)
        {
            _warnings.Add(isLong + "but splitting it would take " + after.Cost.Lookups + " lookups of 10.");
            return null;
        }

        _changes.Add("The addresses are split over " + string.Join(", ", splitter.Parts.Select(static part => part.Name.ToString())) + ".");
        return shorter;
    }

    private static void Prove(SpfPartition before, SpfPartition after)
    {
        if (!before.Equals(after))
        {
            AddressSet differences = before.Differences(after);
            throw new SpfRefusalException(
                "No equal record was found: verdicts would differ for " + (differences.IsEmpty ? "a kept term" : differences.ToBlocks()[0].ToString()) + ".");
        }
    }

    private void RefuseOverLimits(SpfCost cost)
    {
        if (cost.IsWithinLimits) return;

        throw new SpfRefusalException(
            "The optimised record would still take " + cost.Excess + ", a permerror (RFC 7208 section 4.6.4). "
            + (_flatten ? "Remove terms, or let subdomains send." : "Use -Flatten, or remove terms."));
    }

    private void NoteUnusedTerms(SpfRecord record)
    {
        if (record.All is not { } all) return;

        foreach (SpfDirective directive in record.Directives.Where(directive => directive.Offset > all.Offset))
            _changes.Add(PrintableText.Quote(directive.Text) + " comes after all and is never evaluated (RFC 7208 section 5.1).");

        if (record.Redirect is { } redirect)
            _changes.Add(PrintableText.Quote(redirect.Text) + " is ignored beside all (RFC 7208 section 6.1).");
    }

    private void NoteKept(SpfPartition partition)
    {
        if (!_flatten) return;

        foreach (SpfStep step in partition.OpaqueSteps)
            _warnings.Add(PrintableText.Quote(step.Mechanism) + " was kept: " + step.Reason + ".");
    }

    // Where a limit turns verdicts into permerror, a record with fewer lookups says more than the one before.
    private void NoteLimits(SpfCost before, SpfCost after)
    {
        if (!before.IsWithinLimits)
        {
            _warnings.Add(
                "The record before takes " + before.Excess + ", so that it is a permerror for addresses that reach them (RFC 7208 section 4.6.4). "
                + "The optimised record gives all addresses what its terms say.");
            return;
        }

        bool sameCount = before.Lookups == after.Lookups && before.VoidsIPv4 == after.VoidsIPv4 && before.VoidsIPv6 == after.VoidsIPv6;
        bool mayMeet = before.IsOpen || before.Voids + before.PossibleVoids > SpfCost.MaxVoids;
        if (mayMeet && !sameCount)
            _changes.Add("Verdicts are equal unless the record before meets a limit of RFC 7208 section 4.6.4, which this one then may not.");
    }

    private void NoteAllPass(SpfPartition partition)
    {
        if (partition.Pass.IPv4Count == 1L << 32)
            _warnings.Add("The record passes every IPv4 address, before as after: anybody may send as " + _domain + ".");
    }
}

/// <summary>A record optimised, and what was done to it.</summary>
internal sealed class SpfOptimization(
    DomainName domain,
    string before,
    string after,
    IReadOnlyList<SpfPart> parts,
    SpfCost costBefore,
    SpfCost costAfter,
    IReadOnlyList<string> changes,
    IReadOnlyList<string> warnings)
{
    public DomainName Domain { get; } = domain;

    public string Before { get; } = before;

    public string After { get; } = after;

    /// <summary>The records that the main one includes; none when it is short enough.</summary>
    public IReadOnlyList<SpfPart> Parts { get; } = parts;

    public SpfCost CostBefore { get; } = costBefore;

    public SpfCost CostAfter { get; } = costAfter;

    public bool IsChanged => !string.Equals(Before, After, StringComparison.Ordinal);

    /// <summary>What was dropped and joined, for a person who wants to know.</summary>
    public IReadOnlyList<string> Changes { get; } = changes;

    /// <summary>What was kept and why, and what else a person must know before publishing.</summary>
    public IReadOnlyList<string> Warnings { get; } = warnings;

    /// <summary>"SPF of example.com: 312 octets and 9 lookups before; 120 octets and 0 lookups after."</summary>
    public override string ToString() => IsChanged
        ? "SPF of " + Domain + ": " + Before.Length + " octets and " + CostBefore.Lookups + " lookups before; "
            + After.Length + " octets and " + CostAfter.Lookups + " lookups after."
        : "SPF of " + Domain + ": nothing to shorten.";
}

/// <summary>A record of its own that holds a share of a long record's addresses.</summary>
internal sealed class SpfPart(DomainName name, string text)
{
    public DomainName Name { get; } = name;

    public string Text { get; } = text;
}
