namespace MailDns.Spf;

/// <summary>
/// The verdict of every address: disjoint sets that together are all addresses, each under the way its evaluation ends.
/// A way is the opaque terms asked in their order, each with the verdict that it gives when it matches, and the end. Two
/// records with equal partitions give the same verdict for every address, sender and HELO name, whatever the opaque terms say.
/// </summary>
internal sealed class SpfPartition : IEquatable<SpfPartition>
{
    private readonly SortedDictionary<string, AddressSet> _sets = new(StringComparer.Ordinal);
    private readonly List<SpfStep> _errors = new();

    private SpfPartition()
    {
    }

    /// <summary>Addresses that pass unless an opaque term before gives them another verdict.</summary>
    public AddressSet Pass => Ending(SpfQualifier.Pass);

    /// <summary>True when some address reaches an opaque term.</summary>
    public bool HasOpaque => OpaqueSteps.Count > 0;

    /// <summary>The opaque steps that some address reaches, in order; a redirect that cannot be replaced is the last.</summary>
    public IReadOnlyList<SpfStep> OpaqueSteps { get; private set; } = Array.Empty<SpfStep>();

    /// <summary>The errors that some address reaches, each with the addresses that end there.</summary>
    public IReadOnlyList<SpfStep> Errors => _errors;

    public static SpfPartition Of(IReadOnlyList<SpfStep> steps, SpfQualifier end, SpfStep? redirect)
    {
        var partition = new SpfPartition();
        AddressSet live = AddressSet.Universe;
        string way = string.Empty;
        var asked = new HashSet<string>(StringComparer.Ordinal);
        var opaque = new List<SpfStep>();
        for (int i = 0; i < steps.Count && !live.IsEmpty; i++)
        {
            SpfStep step = steps[i];
            if (step.Kind == SpfStepKind.Opaque)
            {
                // The same term asked again cannot match: it did not the first time.
                if (asked.Add(step.Mechanism))
                {
                    way += step.Mechanism + " " + step.Qualifier + "; ";
                    opaque.Add(step);
                }

                continue;
            }

            // Neighbours of one verdict are taken together: their order says nothing, and a record may have thousands.
            int last = LastOfVerdict(steps, i);
            AddressSet networks = UnionOf(steps, i, last);
            partition.Take(step, live.Intersect(networks), way);
            live = live.Subtract(networks);
            i = last;
        }

        if (redirect is not null && !live.IsEmpty) opaque.Add(redirect);

        partition.Add(way + (redirect is null ? end.ToString() : redirect.Mechanism), live);
        partition.OpaqueSteps = opaque;
        return partition;
    }

    /// <summary>The addresses that end with this verdict, whatever opaque terms stand before.</summary>
    public AddressSet Ending(SpfQualifier verdict)
    {
        string name = verdict.ToString();
        AddressSet all = AddressSet.Empty;
        foreach (KeyValuePair<string, AddressSet> set in _sets)
        {
            if (set.Key == name || set.Key.EndsWith("; " + name, StringComparison.Ordinal)) all = all.Union(set.Value);
        }

        return all;
    }

    public bool Equals(SpfPartition? other) =>
        other is not null
        && _sets.Count == other._sets.Count
        && _sets.Zip(other._sets, static (a, b) => a.Key == b.Key && a.Value.Equals(b.Value)).All(static same => same);

    public override bool Equals(object? obj) => Equals(obj as SpfPartition);

    public override int GetHashCode() => _sets.Count;

    /// <summary>The addresses for which the two differ.</summary>
    public AddressSet Differences(SpfPartition other)
    {
        AddressSet same = AddressSet.Empty;
        foreach (KeyValuePair<string, AddressSet> set in _sets)
        {
            if (other._sets.TryGetValue(set.Key, out AddressSet? theirs))
                same = same.Union(set.Value.Intersect(theirs));
        }

        return same.Complement();
    }

    private static int LastOfVerdict(IReadOnlyList<SpfStep> steps, int first)
    {
        int last = first;
        while (steps[first].Kind == SpfStepKind.Networks
            && last + 1 < steps.Count
            && steps[last + 1].Kind == SpfStepKind.Networks
            && steps[last + 1].Qualifier == steps[first].Qualifier)
        {
            last++;
        }

        return last;
    }

    private static AddressSet UnionOf(IReadOnlyList<SpfStep> steps, int first, int last)
    {
        var sets = new AddressSet[last - first + 1];
        for (int i = first; i <= last; i++)
            sets[i - first] = steps[i].Networks;

        return AddressSet.UnionOf(sets);
    }

    private void Take(SpfStep step, AddressSet networks, string way)
    {
        if (networks.IsEmpty) return;

        switch (step.Kind)
        {
            case SpfStepKind.PermError:
                _errors.Add(SpfStep.PermError(networks, step.Mechanism, step.Reason));
                Add(way + "PermError", networks);
                break;
            case SpfStepKind.TempError:
                _errors.Add(SpfStep.TempError(networks, step.Mechanism, step.Reason));
                Add(way + "TempError", networks);
                break;
            default:
                Add(way + step.Qualifier, networks);
                break;
        }
    }

    private void Add(string way, AddressSet networks)
    {
        if (!networks.IsEmpty)
            _sets[way] = _sets.TryGetValue(way, out AddressSet? known) ? known.Union(networks) : networks;
    }
}
