using System.Runtime.CompilerServices;

namespace MailDns.Spf;

/// <summary>
/// Walks the whole tree of includes and redirects of a domain, every branch, as a client that matches nothing would
/// (RFC 7208 section 4.6.4 counts so). Loops, names, depth and questions are bounded.
/// </summary>
internal sealed class SpfTreeWalker
{
    /// <summary>Most questions for one domain.</summary>
    internal const int MaxQuestions = 100;

    /// <summary>Most places in the tree; twenty times what any receiver evaluates.</summary>
    internal const int MaxNodes = 200;

    /// <summary>Most terms that are looked up.</summary>
    internal const int MaxTerms = 1000;

    /// <summary>Deepest place in the tree; receivers stop after ten includes.</summary>
    internal const int MaxDepth = 20;
    private readonly WalkResolver _resolver;
    private readonly MacroFacts _facts;
    private int _nodes;
    private int _terms;

    private SpfTreeWalker(DomainName domain, IDnsResolver resolver)
    {
        _resolver = new WalkResolver(resolver, MaxQuestions);

        // The sender's domain is the domain that is checked, for MAIL FROM and for HELO.
        _facts = new MacroFacts { SenderDomain = domain.Text };
    }

    /// <summary>The tree below the domain's record.</summary>
    public static async Task<SpfNode> WalkAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var walker = new SpfTreeWalker(domain, resolver);
        var root = new SpfNode(parent: null, term: null, domain.Text, domain);
        await walker.LookUpAsync(root, cancellationToken).ConfigureAwait(false);
        return root;
    }

    /// <summary>The tree below a record that is (or is to be) at the domain; its own text is not looked up.</summary>
    public static async Task<SpfNode> WalkAsync(DomainName domain, string text, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var walker = new SpfTreeWalker(domain, resolver);
        var root = new SpfNode(parent: null, term: null, domain.Text, domain) { Texts = new[] { text } };
        await walker.ReadAsync(root, cancellationToken).ConfigureAwait(false);
        return root;
    }

    private async Task LookUpAsync(SpfNode node, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryTxtAsync(node.Domain!, cancellationToken).ConfigureAwait(false);
        node.Response = response;
        if (response.IsFailure)
        {
            node.Status = SpfNodeStatus.Failed;
            return;
        }

        node.Texts = response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
        await ReadAsync(node, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReadAsync(SpfNode node, CancellationToken cancellationToken)
    {
        if (node.Texts.Count != 1)
        {
            node.Status = node.Texts.Count == 0 ? SpfNodeStatus.None : SpfNodeStatus.Multiple;
            return;
        }

        node.Reading = SpfParser.Read(node.Texts[0]);
        node.Status = node.Reading.IsValid ? SpfNodeStatus.Found : SpfNodeStatus.Invalid;
        List<SpfTerm> live = LiveTerms(node.Record!);
        node.LookupCount = live.Count(term => term.IsLookup);
        foreach (SpfTerm term in IncludesAndRedirect(node.Record!).TakeWhile(_ => _nodes <= MaxNodes))
            node.Add(NewChild(node, term, live.Contains(term, ReferenceComparer.Instance)));

        await _resolver.PrefetchAsync(FirstQuestions(node, live), cancellationToken).ConfigureAwait(false);
        foreach (SpfDirective directive in live.OfType<SpfDirective>().Where(directive => directive.IsLookup && directive.Mechanism != SpfMechanism.Include))
        {
            if (++_terms > MaxTerms)
            {
                node.IsCut = true;
                break;
            }

            node.Add(await LookUpTermAsync(node, directive, cancellationToken).ConfigureAwait(false));
        }

        foreach (SpfNode child in node.Children.Where(IsToFollow))
            await LookUpAsync(child, cancellationToken).ConfigureAwait(false);
    }

    // Section 5.1: nothing after all is evaluated; section 6.1: redirect is ignored where all is present.
    private static List<SpfTerm> LiveTerms(SpfRecord record)
    {
        var live = new List<SpfTerm>();
        bool ended = false;
        foreach (SpfTerm term in record.Terms)
        {
            ended |= term is SpfDirective { Mechanism: SpfMechanism.All };
            if (term is SpfDirective && !ended) live.Add(term);
        }

        if (!ended && record.Redirect is not null) live.Add(record.Redirect);

        return live;
    }

    private static IEnumerable<SpfTerm> IncludesAndRedirect(SpfRecord record)
    {
        IEnumerable<SpfTerm> includes = record.Directives.Where(directive => directive.Mechanism == SpfMechanism.Include);
        return record.Redirect is null ? includes : includes.Concat(new[] { record.Redirect });
    }

    private static bool IsToFollow(SpfNode child) => child.Status == SpfNodeStatus.Found;

    private SpfNode NewChild(SpfNode node, SpfTerm term, bool isLive)
    {
        MacroString spec = term is SpfModifier modifier ? modifier.Value : ((SpfDirective)term).DomainSpec!;
        string? expanded = MacroExpander.Expand(spec, _facts, node.Domain!.Text);
        DomainName? domain = null;
        bool isName = expanded is not null && MacroExpander.TryGetName(expanded, out domain);
        var child = new SpfNode(node, term, domain?.Text ?? expanded ?? spec.Text, domain);
        _nodes++;
        if (!isLive)
            child.Status = SpfNodeStatus.Dead;
        else if (expanded is null)
            child.Status = SpfNodeStatus.Macro;
        else if (!isName || domain!.LabelCount < 2)
            child.Status = SpfNodeStatus.Malformed;
        else if (node.IsOnPath(domain!))
            child.Status = SpfNodeStatus.Loop;
        else if (_nodes > MaxNodes || child.Depth > MaxDepth)
            child.Status = SpfNodeStatus.NotFollowed;

        return child;
    }

    private IEnumerable<DnsQuestion> FirstQuestions(SpfNode node, List<SpfTerm> live)
    {
        foreach (SpfNode child in node.Children.Where(IsToFollow))
            yield return new DnsQuestion(child.Domain!, DnsRecordType.Txt);

        foreach (SpfDirective directive in live.OfType<SpfDirective>())
        {
            if (directive.Mechanism is not (SpfMechanism.A or SpfMechanism.Mx or SpfMechanism.Exists)
                || !TryGetTarget(node, directive, out DomainName? target)
                || target is null)
            {
                continue;
            }

            yield return new DnsQuestion(target, directive.Mechanism == SpfMechanism.Mx ? DnsRecordType.Mx : DnsRecordType.A);
            if (directive.Mechanism == SpfMechanism.A) yield return new DnsQuestion(target, DnsRecordType.Aaaa);
        }
    }

    // False where the target depends on the message; null where it is no name.
    private bool TryGetTarget(SpfNode node, SpfDirective directive, out DomainName? target)
    {
        target = node.Domain;
        if (directive.DomainSpec is null) return true;

        string? expanded = MacroExpander.Expand(directive.DomainSpec, _facts, node.Domain!.Text);
        if (expanded is null || !MacroExpander.TryGetName(expanded, out target)) target = null;

        return expanded is not null;
    }

    private async Task<SpfTermLookup> LookUpTermAsync(SpfNode node, SpfDirective directive, CancellationToken cancellationToken)
    {
        bool isStatic = TryGetTarget(node, directive, out DomainName? target);
        if (!isStatic || directive.Mechanism == SpfMechanism.Ptr)
            return new SpfTermLookup(directive) { Target = target, DependsOnMessage = true };

        if (target is null)
        {
            // RFC 7208 section 4.8: no query is made for what is no name, and the term does not match.
            return new SpfTermLookup(directive);
        }

        return directive.Mechanism switch
        {
            SpfMechanism.A => await LookUpAddressesAsync(directive, target, cancellationToken).ConfigureAwait(false),
            SpfMechanism.Mx => await LookUpExchangesAsync(directive, target, cancellationToken).ConfigureAwait(false),
            _ => await LookUpExistsAsync(directive, target, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<SpfTermLookup> LookUpAddressesAsync(SpfDirective directive, DomainName target, CancellationToken cancellationToken)
    {
        var hosts = new HostAddresses();
        await hosts.AddAsync(target, _resolver, cancellationToken).ConfigureAwait(false);
        return hosts.ToLookup(directive, target, exchangeCount: 0);
    }

    private async Task<SpfTermLookup> LookUpExistsAsync(SpfDirective directive, DomainName target, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryAsync(target, DnsRecordType.A, cancellationToken).ConfigureAwait(false);
        int voids = response.IsVoid ? 1 : 0;
        return new SpfTermLookup(directive)
        {
            Target = target,
            Exists = response.Status == DnsResponseStatus.Success,
            IPv4VoidCount = voids,
            IPv6VoidCount = voids,
            Voids = response.IsVoid ? new[] { response.Question } : System.Array.Empty<DnsQuestion>(),
            Failure = response.IsFailure ? response : null,
        };
    }

    private async Task<SpfTermLookup> LookUpExchangesAsync(SpfDirective directive, DomainName target, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryAsync(target, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        var hosts = new HostAddresses();
        if (response.IsFailure || response.IsVoid)
        {
            hosts.AddVoidOrFailure(response);
            return hosts.ToLookup(directive, target, exchangeCount: 0);
        }

        MxData[] exchanges = response.Data<MxData>().OrderBy(mx => mx.Preference).ToArray();
        DomainName[] names = exchanges.Take(SpfLimits.Default.MxNames).Select(mx => mx.Exchange).Where(name => !name.IsRoot).ToArray();
        await _resolver.PrefetchAsync(names.SelectMany(HostAddresses.Questions), cancellationToken).ConfigureAwait(false);
        foreach (DomainName name in names)
            await hosts.AddAsync(name, _resolver, cancellationToken).ConfigureAwait(false);

        return hosts.ToLookup(directive, target, exchanges.Length);
    }
}

/// <summary>Asks every question of a walk once, and not more than a bound of them.</summary>
internal sealed class WalkResolver(IDnsResolver inner, int bound) : IDnsResolver
{
    private readonly Dictionary<DnsQuestion, Task<DnsResponse>> _answers = new();

    /// <summary>The answer; beyond the bound a failure, so that nothing is taken for missing.</summary>
    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (_answers.TryGetValue(question, out Task<DnsResponse>? known)) return known;

        if (_answers.Count >= bound)
            return Task.FromResult(DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the include tree needs more than " + bound + " lookups"));

        Task<DnsResponse> answer = inner.QueryAsync(question, cancellationToken);
        _answers[question] = answer;
        return answer;
    }

    /// <summary>Asks all of them at the same time.</summary>
    public Task PrefetchAsync(IEnumerable<DnsQuestion> questions, CancellationToken cancellationToken) =>
        Task.WhenAll(questions.Select(question => QueryAsync(question, cancellationToken)).ToArray());
}

/// <summary>Tells a term from its equal twin.</summary>
internal sealed class ReferenceComparer : IEqualityComparer<SpfTerm>
{
    public static ReferenceComparer Instance { get; } = new();

    public bool Equals(SpfTerm? x, SpfTerm? y) => ReferenceEquals(x, y);

    public int GetHashCode(SpfTerm obj) => RuntimeHelpers.GetHashCode(obj);
}

/// <summary>Gathers the addresses of the hosts of an a or mx term, with what came back void or failed.</summary>
internal sealed class HostAddresses
{
    private readonly List<AddressBits> _addresses = new();
    private readonly List<DnsQuestion> _voids = new();
    private int _ip4Voids;
    private int _ip6Voids;
    private DnsResponse? _failure;

    public static IEnumerable<DnsQuestion> Questions(DomainName host)
    {
        yield return new DnsQuestion(host, DnsRecordType.A);
        yield return new DnsQuestion(host, DnsRecordType.Aaaa);
    }

    public async Task AddAsync(DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        foreach (DnsQuestion question in Questions(host))
        {
            DnsResponse response = await resolver.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            foreach (AddressData data in response.Data<AddressData>())
                _addresses.Add(AddressBits.From(data.Address, unmap: false));

            AddVoidOrFailure(response);
        }
    }

    /// <summary>Takes note of an answer without data. A void MX answer is void for clients of both families.</summary>
    public void AddVoidOrFailure(DnsResponse response)
    {
        if (response.IsFailure) _failure ??= response;
        if (!response.IsVoid) return;

        _voids.Add(response.Question);
        _ip4Voids += response.Question.Type == DnsRecordType.Aaaa ? 0 : 1;
        _ip6Voids += response.Question.Type == DnsRecordType.A ? 0 : 1;
    }

    public SpfTermLookup ToLookup(SpfDirective directive, DomainName target, int exchangeCount) => new(directive)
    {
        Target = target,
        Addresses = _addresses,
        ExchangeCount = exchangeCount,
        IPv4VoidCount = _ip4Voids,
        IPv6VoidCount = _ip6Voids,
        Voids = _voids,
        Failure = _failure,
    };
}
