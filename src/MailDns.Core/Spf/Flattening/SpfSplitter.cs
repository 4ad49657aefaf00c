namespace MailDns.Spf;

/// <summary>
/// Moves address blocks of a long record to records of their own, <c>_spf1.domain</c> and so on. Their blocks all pass and
/// their end does not, so that an include matches exactly the blocks (RFC 7208 section 5.2) and gives its own qualifier.
/// </summary>
/// <param name="domain">The domain of the long record.</param>
/// <param name="resolver">Where to see whether a name is taken; none when it is not known.</param>
/// <param name="replaceable">Names whose records only the long record uses, so that they may get a new one.</param>
internal sealed class SpfSplitter(DomainName domain, IDnsResolver? resolver, IEnumerable<DomainName> replaceable)
{
    /// <summary>Most octets of name and text together, so that answers fit in 512 (RFC 7208 section 3.4).</summary>
    public const int MaxOctets = 450;

    private const int MaxNames = 40;
    private const string Opening = "v=spf1";
    private const string Ending = " -all";

    private readonly DomainName _domain = domain;
    private readonly IDnsResolver? _resolver = resolver;
    private readonly HashSet<DomainName> _replaceable = new HashSet<DomainName>(replaceable);
    private readonly List<SpfPart> _parts = new();
    private int _number;

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
            if (includes is null)
            {
                return null;
            }

            int index = output.IndexOf(group);
            output.RemoveAt(index);
            output.InsertRange(index, includes);
            SpfText shorter = text.With(output.ToArray());
            if (!IsLong(_domain, shorter.ToString()))
            {
                return shorter;
            }
        }

        return null;
    }

    private async Task<IReadOnlyList<SpfOutput>?> MoveAsync(SpfOutput group, CancellationToken cancellationToken)
    {
        var includes = new List<SpfOutput>();
        var terms = new Queue<string>(group.Blocks.Select(static block => SpfTermText.Of(SpfQualifier.Pass, block)));
        while (terms.Count > 0)
        {
            DomainName? name = await NextNameAsync(cancellationToken).ConfigureAwait(false);
            if (name is null)
            {
                return null;
            }

            string text = Opening;
            while (terms.Count > 0 && name.Text.Length + text.Length + 1 + terms.Peek().Length + Ending.Length <= MaxOctets)
            {
                text += " " + terms.Dequeue();
            }

            if (text.Length == Opening.Length)
            {
                return null;
            }

            _parts.Add(new SpfPart(name, text + Ending));
            includes.Add(SpfOutput.Keep(group.Qualifier, "include:" + name.Text));
        }

        return includes;
    }

    private async Task<DomainName?> NextNameAsync(CancellationToken cancellationToken)
    {
        while (_number < MaxNames)
        {
            _number++;
            if (_domain.TryPrepend("_spf" + _number, out DomainName? name) && await IsFreeAsync(name!, cancellationToken).ConfigureAwait(false))
            {
                return name;
            }
        }

        return null;
    }

    // A second v=spf1 record at a name is a permerror for all that use it (section 4.5).
    private async Task<bool> IsFreeAsync(DomainName name, CancellationToken cancellationToken)
    {
        if (_resolver is null || _replaceable.Contains(name))
        {
            return true;
        }

        DnsResponse response = await _resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            throw new SpfRefusalException(
                "The record is to be split, but whether " + name + " is free is not known: " + response.Question + ": " + response.Describe() + ".",
                isUnknown: true);
        }

        return !response.IsAliased && !response.Texts.Any(SpfParser.IsSpfRecord);
    }
}

/// <summary>A part of a record being written: blocks of one verdict, or one mechanism kept as it is.</summary>
internal sealed class SpfOutput
{
    private SpfOutput(SpfQualifier qualifier, IReadOnlyList<AddressBlock> blocks, string mechanism)
    {
        Qualifier = qualifier;
        Blocks = blocks;
        Mechanism = mechanism;
    }

    public SpfQualifier Qualifier { get; }

    /// <summary>The blocks; none for a kept mechanism.</summary>
    public IReadOnlyList<AddressBlock> Blocks { get; }

    /// <summary>The kept mechanism; else empty.</summary>
    public string Mechanism { get; }

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
