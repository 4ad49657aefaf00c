namespace MailDns.Spf;

/// <summary>
/// Writes a decision in the fewest blocks: drops what no address can reach, joins neighbours of one verdict. Opaque steps are
/// fences: nothing moves past them, since what they do to an address is not known.
/// </summary>
internal sealed class SpfCompactor
{
    private readonly List<SpfOutput> _output = new();
    private readonly List<Group> _groups = new();
    private readonly List<string> _changes = new();
    private readonly HashSet<string> _asked = new(System.StringComparer.Ordinal);

    // Addresses decided before the current group of steps: what follows may say of them what it likes.
    private AddressSet _decided = AddressSet.Empty;

    private SpfCompactor()
    {
    }

    /// <summary>The parts of the record between its version and its end.</summary>
    public IReadOnlyList<SpfOutput> Output => _output;

    /// <summary>The verdict that the record ends with in place of the decision's own, since a term before gives it to all that is left.</summary>
    public SpfQualifier? NewEnd { get; private set; }

    /// <summary>False when no address gets as far as the decision's own end.</summary>
    public bool EndIsReached { get; private set; } = true;

    /// <summary>What was dropped or joined and why, escaped for display.</summary>
    public IReadOnlyList<string> Changes => _changes;

    /// <summary>Compacts a decision.</summary>
    /// <exception cref="System.InvalidOperationException">Some address ends in an error, which no block can say.</exception>
    public static SpfCompactor Compact(SpfDecision decision)
    {
        if (decision.Partition.Errors.Count > 0)
            throw new System.InvalidOperationException(decision.Partition.Errors[0].Reason);

        var compactor = new SpfCompactor();
        foreach (SpfStep step in decision.Steps)
            compactor.Add(step);

        compactor.Finish(decision.Redirect is null ? decision.End : null);
        return compactor;
    }

    private void Add(SpfStep step)
    {
        AddressSet before = _groups.Aggregate(_decided, static (all, group) => all.Union(group.Networks));
        if (step.Kind == SpfStepKind.Opaque)
        {
            AddOpaque(step, before);
            return;
        }

        AddressSet effect = step.Networks.Subtract(before);
        if (effect.IsEmpty)
        {
            _changes.Add(Quote(step) + (step.Networks.IsEmpty ? " matches no address now." : " is covered by the terms before it."));
            return;
        }

        if (!TryJoin(step)) _groups.Add(new Group(step));
    }

    private void AddOpaque(SpfStep step, AddressSet before)
    {
        if (before.IsUniverse)
        {
            _changes.Add(Quote(step) + " is never reached.");
            return;
        }

        if (!_asked.Add(step.Mechanism))
        {
            _changes.Add(Quote(step) + " is there already.");
            return;
        }

        Flush();
        _output.Add(SpfOutput.Keep(step.Qualifier, step.Mechanism));
    }

    // A step joins the group before it when their verdicts are one; an earlier group only when that saves a block and no group
    // between them says otherwise of an address of the step.
    private bool TryJoin(SpfStep step)
    {
        for (int i = _groups.Count - 1; i >= 0; i--)
        {
            if (_groups[i].Qualifier == step.Qualifier && (i == _groups.Count - 1 || _groups[i].ShrinksWith(step)))
            {
                _groups[i].Join(step);
                return true;
            }

            if (_groups[i].Networks.Overlaps(step.Networks)) return false;
        }

        return false;
    }

    private void Flush()
    {
        foreach (Group group in _groups)
        {
            IReadOnlyList<AddressBlock> blocks = group.ToBlocks(_decided);
            if (blocks.Count > 0) _output.Add(SpfOutput.OfBlocks(group.Qualifier, blocks));

            _decided = _decided.Union(group.Networks);
        }

        _groups.Clear();
    }

    private void Finish(SpfQualifier? end)
    {
        DropWhatTheEndSays(end);
        AddressSet decided = _groups.Aggregate(_decided, static (all, group) => all.Union(group.Networks));
        if (decided.IsUniverse)
        {
            EndIsReached = false;

            // The last group takes all that is left: "all" says the same.
            if (_groups.Count > 0)
            {
                NewEnd = _groups[_groups.Count - 1].Qualifier;
                _groups.RemoveAt(_groups.Count - 1);
                DropWhatTheEndSays(NewEnd);
            }
        }

        Flush();
    }

    // A group before the end with the end's verdict says nothing, unless a group after it would take its addresses.
    private void DropWhatTheEndSays(SpfQualifier? end)
    {
        AddressSet after = AddressSet.Empty;
        for (int i = _groups.Count - 1; i >= 0 && end is not null; i--)
        {
            Group group = _groups[i];
            if (group.Qualifier == end && !group.Networks.Overlaps(after))
            {
                _changes.Add(Quote(group.Mechanisms) + " says what the end of the record says anyway.");
                _groups.RemoveAt(i);
            }
            else
            {
                after = after.Union(group.Networks);
            }
        }
    }

    private static string Quote(SpfStep step) => Quote(SpfDirective.QualifierText(step.Qualifier) + step.Mechanism);

    private static string Quote(string terms) => MailDns.Text.PrintableText.Quote(terms);

    /// <summary>Neighbouring steps of one verdict.</summary>
    private sealed class Group
    {
        private readonly List<SpfStep> _steps = new();

        public Group(SpfStep step)
        {
            Qualifier = step.Qualifier;
            Networks = AddressSet.Empty;
            Join(step);
        }

        public SpfQualifier Qualifier { get; }
        public AddressSet Networks { get; private set; }
        public string Mechanisms => string.Join(" ", _steps.Select(step => SpfDirective.QualifierText(step.Qualifier) + step.Mechanism));

        public void Join(SpfStep step)
        {
            _steps.Add(step);
            Networks = Networks.Union(step.Networks);
        }

        public bool ShrinksWith(SpfStep step) =>
            Networks.Union(step.Networks).ToBlocks().Count < Networks.ToBlocks().Count + step.Networks.ToBlocks().Count;

        /// <summary>Fewest blocks, in the order of the steps they come from.</summary>
        public IReadOnlyList<AddressBlock> ToBlocks(AddressSet decided)
        {
            AddressBlock[] whole = Networks.ToBlocks().Where(block => !AddressSet.Of(block).IsSubsetOf(decided)).ToArray();
            IReadOnlyList<AddressBlock> effect = Networks.Subtract(decided).ToBlocks();
            IReadOnlyList<AddressBlock> fewest = effect.Count < whole.Length ? effect : whole;
            return fewest.OrderBy(FirstStepOf).ToArray();
        }

        private int FirstStepOf(AddressBlock block)
        {
            AddressSet set = AddressSet.Of(block);
            return _steps.FindIndex(step => step.Networks.Overlaps(set));
        }
    }
}
