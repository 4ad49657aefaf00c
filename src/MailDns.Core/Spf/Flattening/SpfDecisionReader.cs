namespace MailDns.Spf;

/// <summary>
/// Reads what records decide (<see cref="SpfDecision"/>): looks up what does not depend on the message, asks nothing that no
/// address reaches, and leaves the rest opaque. Each name is read once.
/// </summary>
/// <param name="resolver">Where to look up; none leaves all but <paramref name="known"/> opaque.</param>
/// <param name="known">Records that stand in for what is published.</param>
internal sealed class SpfDecisionReader(IDnsResolver? resolver, IReadOnlyDictionary<DomainName, SpfRecord> known)
{
    /// <summary>Most records read for one domain, far above what ten lookups reach.</summary>
    private const int MaxRecords = 200;
    private readonly IDnsResolver? _resolver = resolver;
    private readonly IReadOnlyDictionary<DomainName, SpfRecord> _known = known;
    private readonly Dictionary<DomainName, SpfDecision> _decisions = new();
    private readonly Dictionary<DomainName, SpfFetch> _fetches = new();
    private readonly HashSet<DomainName> _open = new();

    /// <summary>The names whose records were read, the domain itself not among them.</summary>
    public IEnumerable<DomainName> ReadNames => _fetches.Keys;

    /// <summary>What a record decides for its own domain, explanations included: a redirect that would change them stays.</summary>
    public async Task<SpfDecision> ReadAsync(DomainName domain, SpfRecord record, CancellationToken cancellationToken)
    {
        _open.Add(domain);
        SpfDecision decision = await DecideAsync(domain, record, keepExplanation: true, cancellationToken).ConfigureAwait(false);
        _open.Remove(domain);
        return decision;
    }

    /// <summary>The record of a name.</summary>
    public async Task<SpfFetch> FetchAsync(DomainName name, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(name, out SpfRecord? record)) return SpfFetch.Of(record);

        if (!_fetches.TryGetValue(name, out SpfFetch? fetch))
        {
            fetch = _fetches.Count < MaxRecords
                ? Select(name, await _resolver!.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false))
                : SpfFetch.Broken("more than " + MaxRecords + " records are included");
            _fetches.Add(name, fetch);
        }

        return fetch;
    }

    private static SpfFetch Select(DomainName name, DnsResponse response)
    {
        if (response.IsFailure) return SpfFetch.Unknown(response.Question + ": " + response.Describe());

        string[] texts = response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
        if (texts.Length != 1)
            return SpfFetch.Broken(texts.Length == 0 ? name + " has no SPF record" : name + " has " + texts.Length + " SPF records");

        return SpfParser.TryParse(texts[0], out SpfRecord? record, out RecordParseException? error)
            ? SpfFetch.Of(record!)
            : SpfFetch.Broken("the record of " + name + " is broken: " + error!.Message);
    }

    private async Task<SpfDecision> DecideAsync(DomainName domain, SpfRecord record, bool keepExplanation, CancellationToken cancellationToken)
    {
        var work = new Work(domain, record);
        foreach (SpfDirective directive in record.Directives)
        {
            if (directive.Mechanism == SpfMechanism.All) return work.End(directive.Qualifier);

            // Only a lookup is worth knowing beforehand that nobody gets there.
            if (!directive.IsNetwork && work.Live.IsEmpty) break;

            await AddAsync(work, directive, cancellationToken).ConfigureAwait(false);
        }

        // Section 4.7: redirect where nothing matched, else neutral.
        return record.Redirect is null || work.Live.IsEmpty || record.All is not null
            ? work.End(record.All?.Qualifier ?? SpfQualifier.Neutral)
            : await RedirectAsync(work, record.Redirect, keepExplanation, cancellationToken).ConfigureAwait(false);
    }

    private async Task AddAsync(Work work, SpfDirective directive, CancellationToken cancellationToken)
    {
        if (directive.IsNetwork)
        {
            AddressSet network = AddressSet.Of(AddressBlock.Create(directive.NetworkBits, directive.PrefixLength));
            work.Add(SpfStep.Match(directive.Qualifier, network, directive.MechanismText), default);
            return;
        }

        if (!TryName(work, directive, out DomainName? name, out string reason))
        {
            bool isOpen = directive.Mechanism == SpfMechanism.Include;
            work.Add(SpfStep.Opaque(directive.Qualifier, directive.MechanismText, reason), SpfCost.OfOpaqueTerm(isOpen));
        }
        else if (directive.Mechanism == SpfMechanism.Include)
        {
            await IncludeAsync(work, directive, name!, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await AddHostsAsync(work, directive, name!, cancellationToken).ConfigureAwait(false);
        }
    }

    // The name that a term looks up, when it is the same for every message and may be looked up here.
    private bool TryName(Work work, SpfDirective directive, out DomainName? name, out string reason)
    {
        name = null;
        reason = directive.Mechanism switch
        {
            SpfMechanism.Ptr => "ptr depends on the client's reverse name",
            SpfMechanism.Exists => "exists is asked anew for every message",
            _ => string.Empty,
        };
        if (reason.Length > 0) return false;

        return directive.DomainSpec is null
            ? TryAllow(work.Domain, ref name, ref reason)
            : TryName(directive.DomainSpec, out name, ref reason);
    }

    private bool TryName(MacroString spec, out DomainName? name, ref string reason)
    {
        name = null;
        if (spec.HasMacros)
        {
            reason = "its name has macros";
            return false;
        }

        if (!DomainName.TryParseDns(spec.Literal!, out DomainName? literal) || literal!.LabelCount < 2)
        {
            reason = "its name is none that DNS can hold";
            return false;
        }

        return TryAllow(literal, ref name, ref reason);
    }

    private bool TryAllow(DomainName candidate, ref DomainName? name, ref string reason)
    {
        if (_resolver is null && !_known.ContainsKey(candidate))
        {
            reason = "it was not looked up";
            return false;
        }

        name = candidate;
        return true;
    }

    private async Task AddHostsAsync(Work work, SpfDirective directive, DomainName name, CancellationToken cancellationToken)
    {
        string mechanism = directive.MechanismText;
        if (_resolver is null)
        {
            work.Add(SpfStep.Opaque(directive.Qualifier, mechanism, "it was not looked up"), SpfCost.OfOpaqueTerm(isOpen: false));
            return;
        }

        SpfNetworks networks = await new SpfNetworkReader(_resolver).ReadAsync(directive, name, cancellationToken).ConfigureAwait(false);
        if (networks.Refusal is not null)
        {
            work.Add(SpfStep.PermError(AddressSet.Universe, mechanism, networks.Refusal), networks.Cost);
            return;
        }

        if (networks.Failure is not null)
            work.Add(SpfStep.TempError(networks.Unknown, mechanism, networks.Failure), default);

        work.Add(SpfStep.Match(directive.Qualifier, networks.Addresses, mechanism), networks.Cost);
    }

    private async Task IncludeAsync(Work work, SpfDirective directive, DomainName name, CancellationToken cancellationToken)
    {
        string mechanism = directive.MechanismText;
        SpfDecision? child = await ChildAsync(work, name, mechanism, cancellationToken).ConfigureAwait(false);
        if (child is null) return;

        SpfPartition partition = child.Partition;
        work.AddErrors(partition, mechanism);
        SpfCost cost = SpfCost.OfTerm() + child.Cost;
        if (partition.HasOpaque)
        {
            SpfStep first = partition.OpaqueSteps[0];
            string reason = "its record asks " + PrintableText.Quote(first.Mechanism) + ": " + first.Reason;
            work.Add(SpfStep.Opaque(directive.Qualifier, mechanism, reason), cost);
            return;
        }

        // Section 5.2: the include matches where the child's check_host gives pass, and nowhere else.
        work.Add(SpfStep.Match(directive.Qualifier, partition.Pass, mechanism), cost);
    }

    private async Task<SpfDecision> RedirectAsync(Work work, SpfModifier redirect, bool keepExplanation, CancellationToken cancellationToken)
    {
        string reason = string.Empty;
        string target = redirect.Value.CanonicalDomain;
        if (!TryName(redirect.Value, out DomainName? name, ref reason))
            return work.EndInRedirect(target, reason, SpfCost.OfOpaqueTerm(isOpen: true));

        SpfDecision? child = await ChildAsync(work, name!, "redirect=" + target, cancellationToken).ConfigureAwait(false);
        if (child is null) return work.End(SpfQualifier.Neutral);

        SpfCost cost = SpfCost.OfTerm() + child.Cost;
        if (child.Partition.HasOpaque)
        {
            work.AddErrors(child.Partition, "redirect=" + target);
            SpfStep first = child.Partition.OpaqueSteps[0];
            return work.EndInRedirect(target, "its record asks " + PrintableText.Quote(first.Mechanism) + ": " + first.Reason, cost);
        }

        // Section 6.2: a fail of the target is explained by the target's exp, one of this record by its own.
        if (keepExplanation && (work.Record.Explanation is not null || child.HasExplanation))
        {
            work.AddErrors(child.Partition, "redirect=" + target);
            return work.EndInRedirect(target, "an exp= modifier would explain other failures than now", cost);
        }

        return work.Append(child, cost);
    }

    // Null when the name's record cannot be used: the step that says so is added.
    private async Task<SpfDecision?> ChildAsync(Work work, DomainName name, string mechanism, CancellationToken cancellationToken)
    {
        if (_decisions.TryGetValue(name, out SpfDecision? known)) return known;

        SpfFetch fetch = await FetchAsync(name, cancellationToken).ConfigureAwait(false);
        if (fetch.Record is null || _open.Contains(name))
        {
            string problem = fetch.Record is null ? fetch.Problem : name + " includes itself in a circle";
            SpfStep step = fetch.IsUnknown
                ? SpfStep.TempError(AddressSet.Universe, mechanism, problem)
                : SpfStep.PermError(AddressSet.Universe, mechanism, problem);
            work.Add(step, SpfCost.OfTerm());
            return null;
        }

        _open.Add(name);
        SpfDecision decision = await DecideAsync(name, fetch.Record, keepExplanation: false, cancellationToken).ConfigureAwait(false);
        _open.Remove(name);
        _decisions[name] = decision;
        return decision;
    }

    /// <summary>The decision under way of one record.</summary>
    private sealed class Work(DomainName domain, SpfRecord record)
    {
        private readonly List<SpfStep> _steps = new();
        private readonly List<AddressSet> _taken = new();
        private AddressSet _live = AddressSet.Universe;
        private SpfCost _cost;

        public DomainName Domain { get; } = domain;
        public SpfRecord Record { get; } = record;

        /// <summary>The addresses that no step has taken for certain.</summary>
        public AddressSet Live
        {
            get
            {
                _live = _live.Subtract(AddressSet.UnionOf(_taken));
                _taken.Clear();
                return _live;
            }
        }

        public void Add(SpfStep step, SpfCost cost)
        {
            _steps.Add(step);
            _cost += cost;
            if (step.Kind != SpfStepKind.Opaque) _taken.Add(step.Networks);
        }

        public void AddErrors(SpfPartition child, string mechanism)
        {
            foreach (SpfStep error in child.Errors)
            {
                string reason = error.Reason + " (in " + PrintableText.Quote(mechanism) + ")";
                Add(
                    error.Kind == SpfStepKind.TempError
                        ? SpfStep.TempError(error.Networks, error.Mechanism, reason)
                        : SpfStep.PermError(error.Networks, error.Mechanism, reason),
                    default);
            }
        }

        public SpfDecision End(SpfQualifier verdict) =>
            new(_steps, verdict, redirect: null, _cost, Record.Explanation is not null);

        public SpfDecision EndInRedirect(string target, string reason, SpfCost cost) =>
            new(_steps, SpfQualifier.Neutral, SpfStep.Opaque(SpfQualifier.Neutral, "redirect=" + target, reason), _cost + cost, Record.Explanation is not null);

        // Section 6.1: the target's own list goes on where this one found no match.
        public SpfDecision Append(SpfDecision child, SpfCost cost) =>
            new(_steps.Concat(child.Steps).ToList(), child.End, child.Redirect, _cost + cost, Record.Explanation is not null || child.HasExplanation);
    }
}

/// <summary>
/// What a record decides, as an ordered list over the client's address: RFC 7208 section 4.6.2 with every include replaced
/// by the addresses that its check_host passes (section 5.2), a and mx by their networks, redirect by its target's own list.
/// </summary>
internal sealed class SpfDecision(IReadOnlyList<SpfStep> steps, SpfQualifier end, SpfStep? redirect, SpfCost cost, bool hasExplanation)
{
    private SpfPartition? _partition;

    public IReadOnlyList<SpfStep> Steps { get; } = steps;

    /// <summary>The verdict of an address that no step takes: that of all, or neutral (section 4.7).</summary>
    public SpfQualifier End { get; } = end;

    /// <summary>A redirect that decides in place of <see cref="End"/> and cannot be replaced; else null.</summary>
    public SpfStep? Redirect { get; } = redirect;

    /// <summary>What the longest way through the record costs.</summary>
    public SpfCost Cost { get; } = cost;

    /// <summary>True when the record, or one that it redirects to, has an exp modifier.</summary>
    public bool HasExplanation { get; } = hasExplanation;

    public SpfPartition Partition => _partition ??= SpfPartition.Of(Steps, End, Redirect);
}

/// <summary>One step of the ordered list that a record is once its lookups are done.</summary>
internal sealed class SpfStep(SpfStepKind kind, SpfQualifier qualifier, AddressSet networks, string mechanism, string reason)
{
    public SpfStepKind Kind { get; } = kind;
    public SpfQualifier Qualifier { get; } = qualifier;

    /// <summary>The addresses that match; everything for an opaque step.</summary>
    public AddressSet Networks { get; } = networks;

    /// <summary>The mechanism that the step comes from, without its qualifier; of a redirected record, that record's own.</summary>
    public string Mechanism { get; } = mechanism;

    /// <summary>Why the step is opaque or an error, escaped for display.</summary>
    public string Reason { get; } = reason;

    public static SpfStep Match(SpfQualifier qualifier, AddressSet networks, string mechanism) =>
        new(SpfStepKind.Networks, qualifier, networks, mechanism, string.Empty);

    public static SpfStep Opaque(SpfQualifier qualifier, string mechanism, string reason) =>
        new(SpfStepKind.Opaque, qualifier, AddressSet.Universe, mechanism, reason);

    public static SpfStep PermError(AddressSet networks, string mechanism, string reason) =>
        new(SpfStepKind.PermError, SpfQualifier.Pass, networks, mechanism, reason);

    public static SpfStep TempError(AddressSet networks, string mechanism, string reason) =>
        new(SpfStepKind.TempError, SpfQualifier.Pass, networks, mechanism, reason);

    public override string ToString() => Kind + " " + Mechanism;
}

/// <summary>What one step of an <see cref="SpfDecision"/> does to the addresses that reach it.</summary>
internal enum SpfStepKind
{
    /// <summary>Addresses of a known set get the step's verdict; others go on.</summary>
    Networks,

    /// <summary>Whether it matches depends on more than the address (macros, exists, ptr), or was not looked at; kept as a whole.</summary>
    Opaque,

    /// <summary>Addresses of a known set end in permerror.</summary>
    PermError,

    /// <summary>Addresses of a known set end in temperror: a lookup failed, so nothing is known of them.</summary>
    TempError,
}
