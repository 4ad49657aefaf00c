namespace MailDns.Spf;

/// <summary>The addresses that check_host of one node of a walked tree passes, as far as they do not depend on the message.</summary>
internal sealed class SpfAuthorization(AddressSet addresses, bool isComplete)
{
    public AddressSet Addresses { get; } = addresses;

    /// <summary>False where there may be more: a term depends on the message, or a lookup failed.</summary>
    public bool IsComplete { get; } = isComplete;

    /// <summary>Works out a node from its children's.</summary>
    public static SpfAuthorization Of(SpfNode node, IReadOnlyDictionary<SpfNode, SpfAuthorization> children)
    {
        if (node.Status != SpfNodeStatus.Found)
        {
            // What is no usable record passes nobody; what was not read may.
            bool isKnown = node.Status is not (SpfNodeStatus.Failed or SpfNodeStatus.Macro or SpfNodeStatus.NotFollowed);
            return new SpfAuthorization(AddressSet.Empty, isKnown);
        }

        var work = new Work(node, children);
        foreach (SpfDirective directive in node.Record!.Directives)
        {
            if (!directive.IsNetwork && work.IsEnded) break;

            work.Add(directive);
        }

        work.Redirect();
        return new SpfAuthorization(work.Pass, work.IsComplete);
    }

    private sealed class Work(SpfNode node, IReadOnlyDictionary<SpfNode, SpfAuthorization> children)
    {
        private readonly List<AddressSet> _networks = new();
        private AddressSet _live = AddressSet.Universe;
        private AddressSet _pass = AddressSet.Empty;
        private SpfQualifier _verdict;

        public AddressSet Pass
        {
            get
            {
                Settle();
                return _pass;
            }
        }

        public bool IsComplete { get; private set; } = true;

        public bool IsEnded
        {
            get
            {
                Settle();
                return _live.IsEmpty;
            }
        }

        public void Add(SpfDirective directive)
        {
            if (!directive.IsNetwork || directive.Qualifier != _verdict) Settle();

            AddressSet match = Match(directive);
            _verdict = directive.Qualifier;
            _networks.Add(match);
            if (!directive.IsNetwork) Settle();
        }

        public void Redirect()
        {
            if (!IsEnded && node.Record!.All is null && node.Record.Redirect is { } redirect)
            {
                AddressSet match = MatchChild(redirect);
                _pass = _pass.Union(match.Intersect(_live));
            }
        }

        // Neighbours of one verdict are taken together: their order says nothing, and a record may have thousands.
        private void Settle()
        {
            if (_networks.Count == 0) return;

            AddressSet match = AddressSet.UnionOf(_networks);
            _networks.Clear();
            if (_verdict == SpfQualifier.Pass) _pass = _pass.Union(match.Intersect(_live));

            _live = _live.Subtract(match);
        }

        private AddressSet Match(SpfDirective directive) => directive.Mechanism switch
        {
            SpfMechanism.All => AddressSet.Universe,
            SpfMechanism.Ip4 or SpfMechanism.Ip6 => AddressSet.Of(AddressBlock.Create(directive.NetworkBits, directive.PrefixLength)),
            SpfMechanism.Include => MatchChild(directive),
            _ => MatchLookup(directive),
        };

        private AddressSet MatchLookup(SpfDirective directive)
        {
            SpfTermLookup? lookup = node.Lookups.FirstOrDefault(lookup => ReferenceEquals(lookup.Directive, directive));
            if (lookup is null || lookup.DependsOnMessage || lookup.Failure is not null)
            {
                IsComplete = false;
                return AddressSet.Empty;
            }

            if (directive.Mechanism == SpfMechanism.Exists)
                return lookup.Exists ? AddressSet.Universe : AddressSet.Empty;

            // More than ten exchangers are a permerror for whoever comes this far (RFC 7208 section 4.6.4).
            if (lookup.ExchangeCount > SpfLimits.Default.MxNames)
            {
                _live = AddressSet.Empty;
                return AddressSet.Empty;
            }

            return AddressSet.Of(lookup.Addresses.Select(address =>
                AddressBlock.Create(address, address.IsIPv6 ? directive.IPv6PrefixLength : directive.IPv4PrefixLength)));
        }

        private AddressSet MatchChild(SpfTerm term)
        {
            SpfNode? child = node.Children.FirstOrDefault(child => ReferenceEquals(child.Term, term));
            if (child is null)
            {
                IsComplete = false;
                return AddressSet.Empty;
            }

            if (child.Status is SpfNodeStatus.None or SpfNodeStatus.Multiple or SpfNodeStatus.Invalid or SpfNodeStatus.Loop or SpfNodeStatus.Malformed)
            {
                // A permerror for whoever comes this far (RFC 7208 section 5.2).
                _live = AddressSet.Empty;
            }

            IsComplete &= children[child].IsComplete;
            return children[child].Addresses;
        }
    }
}
