namespace MailDns.Spf;

/// <summary>
/// Moves address blocks of a long record to records of their own, <c>_spf1.domain</c> and so on. Their blocks all pass and
/// their end does not, so that an include matches exactly the blocks (RFC 7208 section 5.2) and gives its own qualifier.
/// A name that has a record never gets another one: until caches run out, the old main record would meet the new part and the
/// new main record the old part, and other records may include it.
/// </summary>
/// <param name="domain">The domain of the long record.</param>
/// <param name="resolver">Where to see whether a name is taken; none when it is not known.</param>
/// <param name="used">Names that the long record includes, which are taken in any case.</param>
internal sealed class SpfSplitter(DomainName domain, IDnsResolver? resolver, IEnumerable<DomainName> used)
{
    /// <summary>Most octets of name and text together, so that answers fit in 512 (RFC 7208 section 3.4).</summary>
    public const int MaxOctets = 450;
    private const int MaxNames = 40;
    private const string Opening = "v=spf1";
    private const string Ending = " -all";
    private readonly HashSet<DomainName> _used = new(used);
    private readonly Dictionary<DomainName, DnsResponse> _answers = new();
    private readonly List<SpfPart> _parts = new();

    public IReadOnlyList<SpfPart> Parts => _parts;

    /// <summary>True when name and text are too long together.</summary>
    public static bool IsLong(DomainName domain, string text) => domain.Text.Length + text.Length > MaxOctets;

    /// <summary>Splits; null when the record stays too long all the same.</summary>
    public async Task<SpfText?> SplitAsync(SpfText text, CancellationToken cancellationToken)
    {
        var output = new List<SpfOutput>(text.Output);
        foreach (SpfOutput group in text.Output.Where(static part => part.Blocks.Count > 1).OrderByDescending(static part => part.Length))
        {
            IReadOnlyList<SpfOutput>? includes = await MoveAsync(group, cancellationToken).ConfigureAwait(false);
            if (includes is null) return null;

            int index = output.IndexOf(group);
            output.RemoveAt(index);
            output.InsertRange(index, includes);
            SpfText shorter = text.With(output.ToArray());
            if (!IsLong(domain, shorter.ToString())) return shorter;
        }

        return null;
    }

    private async Task<IReadOnlyList<SpfOutput>?> MoveAsync(SpfOutput group, CancellationToken cancellationToken)
    {
        var includes = new List<SpfOutput>();
        string[] terms = group.Blocks.Select(static block => SpfTermText.Of(SpfQualifier.Pass, block)).ToArray();
        int done = 0;
        while (done < terms.Length)
        {
            SpfPart? part = await NextPartAsync(terms.Skip(done).ToArray(), cancellationToken).ConfigureAwait(false);
            int count = part is null ? 0 : part.Text.Split(' ').Length - 2;
            if (count == 0) return null;

            done += count;
            _parts.Add(part!);
            includes.Add(SpfOutput.Keep(group.Qualifier, "include:" + part!.Name.Text));
        }

        return includes;
    }

    // A name whose record is already what the part is to be, else the first free one.
    private async Task<SpfPart?> NextPartAsync(string[] terms, CancellationToken cancellationToken)
    {
        for (int number = 1; number <= MaxNames; number++)
        {
            if (!domain.TryPrepend("_spf" + number, out DomainName? name) || _parts.Exists(part => part.Name.Equals(name)))
                continue;

            var part = new SpfPart(name!, Fill(name!, terms));
            IReadOnlyList<string>? records = await RecordsAsync(name!, cancellationToken).ConfigureAwait(false);
            if (records is { Count: 1 } && string.Equals(records[0], part.Text, StringComparison.Ordinal)) return part;
            if (records is { Count: 0 } && !_used.Contains(name!)) return part;
        }

        return null;
    }

    private static string Fill(DomainName name, string[] terms)
    {
        string text = Opening;
        foreach (string term in terms)
        {
            if (name.Text.Length + text.Length + 1 + term.Length + Ending.Length > MaxOctets) break;

            text += " " + term;
        }

        return text + Ending;
    }

    // The SPF records of a name, none where it is free; null where it is an alias.
    private async Task<IReadOnlyList<string>?> RecordsAsync(DomainName name, CancellationToken cancellationToken)
    {
        if (resolver is null) return Array.Empty<string>();

        if (!_answers.TryGetValue(name, out DnsResponse? response))
        {
            response = await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
            _answers.Add(name, response);
        }

        return response.IsFailure
            ? throw new SpfRefusalException(
                "The record is to be split, but whether " + name + " is free is not known: " + response.Question + ": " + response.Describe() + ".",
                isUnknown: true)
            : response.IsAliased ? null : response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
    }
}

/// <summary>A part of a record being written: blocks of one verdict, or one mechanism kept as it is.</summary>
internal sealed class SpfOutput(SpfQualifier qualifier, IReadOnlyList<AddressBlock> blocks, string mechanism)
{
    public SpfQualifier Qualifier { get; } = qualifier;

    /// <summary>The blocks; none for a kept mechanism.</summary>
    public IReadOnlyList<AddressBlock> Blocks { get; } = blocks;

    /// <summary>The kept mechanism; else empty.</summary>
    public string Mechanism { get; } = mechanism;

    /// <summary>The terms, each with its qualifier.</summary>
    public IEnumerable<string> Terms => Mechanism.Length > 0
        ? new[] { SpfDirective.QualifierText(Qualifier) + Mechanism }
        : Blocks.Select(block => SpfTermText.Of(Qualifier, block));

    /// <summary>Octets of the terms with a space before each.</summary>
    public int Length => Terms.Sum(static term => term.Length + 1);

    public static SpfOutput OfBlocks(SpfQualifier qualifier, IReadOnlyList<AddressBlock> blocks) => new(qualifier, blocks, string.Empty);

    public static SpfOutput Keep(SpfQualifier qualifier, string mechanism) =>
        new(qualifier, System.Array.Empty<AddressBlock>(), mechanism);
}

/// <summary>Puts the text of an optimised record together from its parts, around what the record keeps: modifiers and its end.</summary>
internal sealed class SpfText
{
    private readonly SpfRecord _record;
    private readonly IReadOnlyList<SpfOutput> _output;
    private readonly string _end;
    private readonly bool _keepsRedirect;

    public SpfText(SpfRecord record, SpfDecision decision, SpfCompactor compactor)
        : this(record, compactor.Output, EndOf(record, decision, compactor), decision.Redirect is not null && compactor.EndIsReached)
    {
    }

    private SpfText(SpfRecord record, IReadOnlyList<SpfOutput> output, string end, bool keepsRedirect)
    {
        _record = record;
        _output = output;
        _end = end;
        _keepsRedirect = keepsRedirect;
    }

    public IReadOnlyList<SpfOutput> Output => _output;

    /// <summary>The same record with other parts.</summary>
    public SpfText With(IReadOnlyList<SpfOutput> output) => new(_record, output, _end, _keepsRedirect);

    /// <summary>The record's text; the text that was there when it says the same terms.</summary>
    public override string ToString()
    {
        string[] terms = Terms().ToArray();
        IEnumerable<string> now = terms.Select(static term => SpfParser.ParseTerm(term).CanonicalText).OrderBy(static text => text, StringComparer.Ordinal);
        IEnumerable<string> before = _record.Terms.Select(static term => term.CanonicalText).OrderBy(static text => text, StringComparer.Ordinal);
        return now.SequenceEqual(before, StringComparer.Ordinal)
            ? _record.Source
            : SpfRecord.Version + " " + string.Join(" ", terms);
    }

    private IEnumerable<string> Terms()
    {
        // Section 6: a modifier may stand anywhere; those that led the record still do.
        string[] leading = Modifiers(_record.Terms.TakeWhile(static term => term is SpfModifier)).ToArray();
        return leading
            .Concat(_output.SelectMany(static part => part.Terms))
            .Concat(_end.Length > 0 ? new[] { _end } : Array.Empty<string>())
            .Concat(Modifiers(_record.Terms.SkipWhile(static term => term is SpfModifier)));
    }

    private IEnumerable<string> Modifiers(IEnumerable<SpfTerm> terms) => terms
        .OfType<SpfModifier>()
        .Where(modifier => modifier.Kind != SpfModifierKind.Redirect || _keepsRedirect)
        .Select(static modifier => modifier.Text);

    private static string EndOf(SpfRecord record, SpfDecision decision, SpfCompactor compactor)
    {
        if (compactor.NewEnd is { } verdict) return SpfDirective.QualifierText(verdict) + "all";
        if (record.All is { } all) return all.Text;

        // A redirect that was replaced ends as its target did.
        return record.Redirect is not null && decision.Redirect is null && compactor.EndIsReached
            ? SpfDirective.QualifierText(decision.End) + "all"
            : string.Empty;
    }
}
