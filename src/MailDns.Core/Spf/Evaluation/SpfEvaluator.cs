namespace MailDns.Spf;

/// <summary>check_host() of RFC 7208 section 4.</summary>
internal sealed class SpfEvaluator
{
    private readonly SpfQuery _query;
    private readonly AddressBits _client;
    private readonly BudgetedResolver _resolver;
    private readonly SpfMatcher _matcher;
    private readonly MacroFacts _facts;
    private readonly List<SpfTraceEntry> _trace = new(capacity: 16);

    private SpfEvaluator(SpfQuery query, BudgetedResolver resolver, SpfLimits limits)
    {
        _query = query;
        _resolver = resolver;

        // Section 5: an IPv4-mapped client is an IPv4 client.
        _client = AddressBits.From(query.IPAddress, unmap: true);
        _facts = NewFacts(query, _client);
        _matcher = new SpfMatcher(_client, _facts, resolver, limits);
    }

    /// <summary>
    /// Evaluates the policy of the domain for the client. When <paramref name="deadline"/> is cancelled the result is
    /// TempError (section 4.6.4: at least 20 seconds are allowed); <paramref name="cancellationToken"/> gives up.
    /// </summary>
    public static async Task<SpfResult> CheckHostAsync(
        SpfQuery query,
        IDnsResolver resolver,
        SpfLimits limits,
        CancellationToken deadline,
        CancellationToken cancellationToken)
    {
        var budgeted = new BudgetedResolver(resolver, limits, deadline);
        var evaluator = new SpfEvaluator(query, budgeted, limits);
        SpfVerdict verdict = await evaluator.CheckAsync(cancellationToken).ConfigureAwait(false);
        string? explanation = verdict.Result == SpfResultCode.Fail
            ? await evaluator.ExplainAsync(verdict.ExplainFrame!, cancellationToken).ConfigureAwait(false)
            : null;
        return new SpfResult(query, verdict, explanation, budgeted.LookupCount, budgeted.VoidLookupCount, evaluator._trace);
    }

    private static MacroFacts NewFacts(SpfQuery query, AddressBits client)
    {
        // RFC 8616 section 4: s and l of a local-part that is not ASCII have no value, and their terms do not match.
        bool hasAsciiLocalPart = query.LocalPart.All(c => c <= 0x7F);
        return new MacroFacts(client)
        {
            Sender = hasAsciiLocalPart ? query.Sender : null,
            LocalPart = hasAsciiLocalPart ? query.LocalPart : null,
            SenderDomain = query.SenderDomain,
            Helo = query.Helo,
            Receiver = query.ReceivingHost,
            Timestamp = query.Timestamp,
        };
    }

    private async Task<SpfVerdict> CheckAsync(CancellationToken cancellationToken)
    {
        // Section 4.3: a domain that is malformed, an address literal or a single label has no record.
        if (!DomainName.TryParseDns(_query.Domain, out DomainName? domain) || domain!.LabelCount < 2 || domain.Text[0] == '[')
        {
            return SpfVerdict.Error(SpfResultCode.None, frame: null, term: null, PrintableText.Quote(_query.Domain) + " is not a domain that can have an SPF record (RFC 7208 section 4.3).");
        }

        return await CheckHostAsync(new SpfFrame(parent: null, term: null, domain), cancellationToken).ConfigureAwait(false);
    }

    private async Task<SpfVerdict> CheckHostAsync(SpfFrame frame, CancellationToken cancellationToken)
    {
        try
        {
            SpfVerdict? none = await ReadRecordAsync(frame, cancellationToken).ConfigureAwait(false);
            return none ?? await EvaluateAsync(frame, cancellationToken).ConfigureAwait(false);
        }
        catch (SpfStopException stop)
        {
            // The innermost record that was being evaluated is the one to look at.
            Trace(frame, frame.Current, stop.Message);
            return SpfVerdict.Error(stop.Result, frame, frame.Current, stop.Message);
        }
    }

    // Sections 4.4 and 4.5; null when the record was read.
    private async Task<SpfVerdict?> ReadRecordAsync(SpfFrame frame, CancellationToken cancellationToken)
    {
        DnsResponse response = await _resolver.QueryUncountedAsync(new DnsQuestion(frame.Domain, DnsRecordType.Txt), cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
            return Stop(frame, SpfResultCode.TempError, "The lookup of " + response.Question + " failed: " + response.Describe() + ".");

        string? text = null;
        int count = 0;
        foreach (string candidate in response.Texts)
        {
            if (SpfParser.IsSpfRecord(candidate))
            {
                text = candidate;
                count++;
            }
        }

        if (text is null)
        {
            return Stop(frame, SpfResultCode.None, frame.Domain + " has no SPF record: " + (response.IsVoid ? response.Describe() : "none of its TXT records begins with \"v=spf1\"") + ".");
        }

        if (count > 1)
            return Stop(frame, SpfResultCode.PermError, frame.Domain + " has " + count + " SPF records (RFC 7208 section 4.5).");

        Trace(frame, term: null, text);
        if (!SpfParser.TryParse(text, out SpfRecord? record, out RecordParseException? error))
            return Stop(frame, SpfResultCode.PermError, "The record of " + frame.Domain + " has a syntax error: " + error!.Message);

        frame.Record = record;
        return null;
    }

    // Section 4.6: the directives in order, then redirect.
    private async Task<SpfVerdict> EvaluateAsync(SpfFrame frame, CancellationToken cancellationToken)
    {
        foreach (SpfTerm term in frame.Record!.Terms)
        {
            if (term is not SpfDirective directive) continue;

            frame.Current = directive;
            SpfVerdict? verdict = directive.Mechanism == SpfMechanism.Include
                ? await IncludeAsync(frame, directive, cancellationToken).ConfigureAwait(false)
                : await MatchAsync(frame, directive, cancellationToken).ConfigureAwait(false);
            if (verdict is not null) return verdict.Value;
        }

        frame.Current = null;
        return frame.Record.Redirect is null
            ? new SpfVerdict(SpfResultCode.Neutral, frame, term: null, problem: null)
            : await RedirectAsync(frame, frame.Record.Redirect, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SpfVerdict?> MatchAsync(SpfFrame frame, SpfDirective directive, CancellationToken cancellationToken)
    {
        _resolver.CountTerm(directive);
        bool matches = directive.Mechanism switch
        {
            SpfMechanism.All => true,
            SpfMechanism.Ip4 or SpfMechanism.Ip6 => _client.IsInNetwork(directive.NetworkBits, directive.PrefixLength),
            _ => await _matcher.MatchesAsync(directive, frame.Domain, cancellationToken).ConfigureAwait(false),
        };
        Trace(frame, directive, matches ? "match" : "no match");
        return matches ? new SpfVerdict(Result(directive.Qualifier), frame, directive, problem: null) : null;
    }

    // Section 5.2: only a pass of the other record matches.
    private async Task<SpfVerdict?> IncludeAsync(SpfFrame frame, SpfDirective include, CancellationToken cancellationToken)
    {
        _resolver.CountTerm(include);
        string? target = await _matcher.ExpandAsync(include.DomainSpec!, frame.Domain, cancellationToken).ConfigureAwait(false);
        if (target is null)
        {
            Trace(frame, include, "no match");
            return null;
        }

        SpfVerdict inner = await CheckTargetAsync(frame, include, target, cancellationToken).ConfigureAwait(false);
        switch (inner.Result)
        {
            case SpfResultCode.Pass:
                Trace(frame, include, "match");
                return new SpfVerdict(Result(include.Qualifier), inner.Frame, inner.Term, problem: null) { ExplainFrame = frame };
            case SpfResultCode.TempError:
            case SpfResultCode.PermError:
                return inner;
            case SpfResultCode.None:
                return Stop(frame, SpfResultCode.PermError, NoRecord(include, inner));
            default:
                Trace(frame, include, NoMatch(inner.Result));
                return null;
        }
    }

    // Section 6.1.
    private async Task<SpfVerdict> RedirectAsync(SpfFrame frame, SpfModifier redirect, CancellationToken cancellationToken)
    {
        frame.Current = redirect;
        _resolver.CountTerm(redirect);
        string? target = await _matcher.ExpandAsync(redirect.Value, frame.Domain, cancellationToken).ConfigureAwait(false);
        if (target is null)
            return Stop(frame, SpfResultCode.PermError, "The target of " + PrintableText.Quote(redirect.Text) + " has no value for this sender.");

        SpfVerdict inner = await CheckTargetAsync(frame, redirect, target, cancellationToken).ConfigureAwait(false);
        return inner.Result == SpfResultCode.None
            ? Stop(frame, SpfResultCode.PermError, NoRecord(redirect, inner))
            : inner;
    }

    private async Task<SpfVerdict> CheckTargetAsync(SpfFrame frame, SpfTerm term, string target, CancellationToken cancellationToken)
    {
        if (!MacroExpander.TryGetName(target, out DomainName? domain) || domain!.LabelCount < 2)
            return SpfVerdict.Error(SpfResultCode.None, frame, term, PrintableText.Quote(target) + " is not a domain that can have an SPF record.");

        return await CheckHostAsync(new SpfFrame(frame, term, domain), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> ExplainAsync(SpfFrame frame, CancellationToken cancellationToken)
    {
        SpfModifier? explanation = frame.Record!.Explanation;
        if (explanation is null) return null;

        var explainer = new SpfExplainer(_resolver, _matcher);
        string? text = await explainer.ExplainAsync(explanation, frame.Domain, cancellationToken).ConfigureAwait(false);
        Trace(frame, explanation, text ?? "no explanation text");
        return text;
    }

    private static string NoMatch(SpfResultCode result) => result switch
    {
        SpfResultCode.Fail => "no match (Fail)",
        SpfResultCode.SoftFail => "no match (SoftFail)",
        _ => "no match (Neutral)",
    };

    private static string NoRecord(SpfTerm term, SpfVerdict inner) =>
        PrintableText.Quote(term.Text) + " refers to a domain without an SPF record: " + inner.Problem;

    private static SpfResultCode Result(SpfQualifier qualifier) => qualifier switch
    {
        SpfQualifier.Pass => SpfResultCode.Pass,
        SpfQualifier.Fail => SpfResultCode.Fail,
        SpfQualifier.SoftFail => SpfResultCode.SoftFail,
        _ => SpfResultCode.Neutral,
    };

    private SpfVerdict Stop(SpfFrame frame, SpfResultCode result, string problem)
    {
        Trace(frame, frame.Current, problem);
        return SpfVerdict.Error(result, frame, frame.Current, problem);
    }

    private void Trace(SpfFrame frame, SpfTerm? term, string outcome) => _trace.Add(new SpfTraceEntry(frame, term, outcome));
}

/// <summary>The explanation of a fail (RFC 7208 section 6.2). Whatever is wrong with it, the verdict stands without one.</summary>
internal sealed class SpfExplainer(BudgetedResolver resolver, SpfMatcher matcher)
{
    /// <summary>No SMTP reply is longer than this in practice; more is no explanation but abuse.</summary>
    internal const int MaxLength = 4096;

    private readonly BudgetedResolver _resolver = resolver;
    private readonly SpfMatcher _matcher = matcher;

    public async Task<string?> ExplainAsync(SpfModifier explanation, DomainName domain, CancellationToken cancellationToken)
    {
        _resolver.StopCountingVoids();
        try
        {
            return await ReadAsync(explanation, domain, cancellationToken).ConfigureAwait(false);
        }
        catch (SpfStopException)
        {
            return null;
        }
    }

    private async Task<string?> ReadAsync(SpfModifier explanation, DomainName domain, CancellationToken cancellationToken)
    {
        string? target = await _matcher.ExpandAsync(explanation.Value, domain, cancellationToken).ConfigureAwait(false);
        if (target is null || !MacroExpander.TryGetName(target, out DomainName? name)) return null;

        DnsResponse response = await _resolver.QueryUncountedAsync(new DnsQuestion(name!, DnsRecordType.Txt), cancellationToken).ConfigureAwait(false);
        if (response.Status != DnsResponseStatus.Success || response.Texts.Count != 1 || response.Texts[0].Length > MaxLength)
            return null;

        MacroString? text = ExplanationText.Read(response.Texts[0]);
        if (text is null) return null;

        string? expanded = await _matcher.ExpandAsync(text, domain, cancellationToken).ConfigureAwait(false);
        return expanded is { Length: <= MaxLength } ? PrintableText.Escape(expanded) : null;
    }
}

/// <summary>One call of check_host(): the domain, its record, and the include or redirect that led to it.</summary>
internal sealed class SpfFrame(SpfFrame? parent, SpfTerm? term, DomainName domain)
{
    public SpfFrame? Parent { get; } = parent;

    public SpfTerm? Term { get; } = term;

    public DomainName Domain { get; } = domain;

    /// <summary>The record; null before it is read.</summary>
    public SpfRecord? Record { get; set; }

    /// <summary>The term that is being evaluated.</summary>
    public SpfTerm? Current { get; set; }

    public int Depth => Parent is null ? 0 : Parent.Depth + 1;
}

/// <summary>Ends an evaluation with TempError or PermError from wherever it stands. Never leaves the evaluator.</summary>
internal sealed class SpfStopException(SpfResultCode result, string message) : Exception(message)
{
    public SpfResultCode Result { get; } = result;
}

/// <summary>One step of an evaluation, made into text only when somebody reads it.</summary>
internal readonly struct SpfTraceEntry(SpfFrame frame, SpfTerm? term, string outcome)
{
    private readonly SpfFrame _frame = frame;
    private readonly SpfTerm? _term = term;
    private readonly string _outcome = outcome;

    public override string ToString()
    {
        string indent = new(' ', 2 * _frame.Depth);
        return _term is null
            ? indent + _frame.Domain + ": " + PrintableText.Escape(_outcome)
            : indent + "  " + PrintableText.Escape(_term.Text) + ": " + PrintableText.Escape(_outcome);
    }
}

/// <summary>What one call of check_host() gives, and which term of which record decided.</summary>
internal readonly struct SpfVerdict(SpfResultCode result, SpfFrame? frame, SpfTerm? term, string? problem)
{
    public SpfResultCode Result { get; } = result;

    /// <summary>The record that holds the deciding term; null where no record was read.</summary>
    public SpfFrame? Frame { get; } = frame;

    /// <summary>The deciding term; null where nothing matched.</summary>
    public SpfTerm? Term { get; } = term;

    /// <summary>Why the result is None, TempError or PermError.</summary>
    public string? Problem { get; } = problem;

    /// <summary>
    /// The record whose exp explains a fail (RFC 7208 section 6.2): that of the deciding term, but for an include the
    /// one that holds the include.
    /// </summary>
    public SpfFrame? ExplainFrame
    {
        get => field ?? Frame;
        init;
    }

    public static SpfVerdict Error(SpfResultCode result, SpfFrame? frame, SpfTerm? term, string problem) => new(result, frame, term, problem);
}
