namespace MailDns.Spf;

/// <summary>Edits a domain's record and weighs the result: a record that is a permerror does not come out by itself.</summary>
internal sealed class SpfEditPlan(DomainName domain, IDnsResolver? resolver)
{
    private readonly List<string> _details = new();
    private readonly List<string> _warnings = new();

    /// <summary>Adds mechanisms.</summary>
    /// <param name="domain">The record's domain.</param>
    /// <param name="text">The record.</param>
    /// <param name="mechanisms">What to add.</param>
    /// <param name="force">Give the record even when it is a permerror.</param>
    /// <param name="resolver">Counts what is included; none counts the record's own terms.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RecordParseException">The text is no SPF record.</exception>
    /// <exception cref="SpfRefusalException">A term would have no effect, or the record would be a permerror.</exception>
    public static async Task<SpfEditReport> AddAsync(
        DomainName domain,
        string text,
        SpfMechanismSet mechanisms,
        bool force,
        IDnsResolver? resolver,
        CancellationToken cancellationToken)
    {
        var plan = new SpfEditPlan(domain, resolver);
        SpfEdit edit = SpfEditor.Add(SpfParser.Parse(text), domain, mechanisms.Directives);
        SpfEditReport report = await plan.ReportAsync(edit, "Added", cancellationToken).ConfigureAwait(false);
        plan._warnings.AddRange(NewWarnings(domain, edit));
        if (report.After.IsBroken && edit.IsChanged && !force)
        {
            throw new SpfRefusalException(
                "With " + string.Join(" ", edit.Done.Select(PrintableText.Quote)) + " the SPF record of " + domain + " is a permerror: " + report.After.Problem
                + ". Before: " + report.Before + "; after: " + report.After + ". Remove other terms or use Optimize-SpfRecord; -Force gives the record all the same.");
        }

        return report;
    }

    /// <summary>Removes mechanisms. A record that is a permerror still comes out, with a warning: it is no worse than before.</summary>
    /// <exception cref="RecordParseException">The text is no SPF record.</exception>
    public static Task<SpfEditReport> RemoveAsync(
        DomainName domain,
        string text,
        SpfMechanismSet mechanisms,
        IDnsResolver? resolver,
        CancellationToken cancellationToken)
    {
        SpfEdit edit = SpfEditor.Remove(SpfParser.Parse(text), domain, mechanisms.Directives);
        return new SpfEditPlan(domain, resolver).ReportAsync(edit, "Removed", cancellationToken);
    }

    // What the added terms bring, and that nothing matters beside +all; what was there before is not told again.
    private static IEnumerable<string> NewWarnings(DomainName domain, SpfEdit edit)
    {
        string[] before = SpfRecordBuilder.Warnings(domain, edit.Before.Source).ToArray();
        return SpfRecordBuilder.Warnings(domain, edit.After.Source).Where(warning =>
            warning.StartsWith(SpfChecks.AllPass.Id + ":", StringComparison.Ordinal)
            || (!warning.StartsWith(SpfChecks.Length.Id + ":", StringComparison.Ordinal) && Array.IndexOf(before, warning) < 0));
    }

    private async Task<SpfEditReport> ReportAsync(SpfEdit edit, string verb, CancellationToken cancellationToken)
    {
        SpfBudget before = await CountAsync(edit.Before, cancellationToken).ConfigureAwait(false);
        SpfBudget after = edit.IsChanged ? await CountAsync(edit.After, cancellationToken).ConfigureAwait(false) : before;
        if (edit.Done.Count > 0)
            _details.Add(verb + " " + string.Join(", ", edit.Done.Select(PrintableText.Quote)) + ".");

        _details.AddRange(edit.Notes);
        _details.Add("SPF budget of " + domain + ": " + before + " before; " + after + " after.");
        foreach (string failure in after.Failures)
            _warnings.Add("The SPF budget of " + domain + " is not fully known: " + failure + ".");

        if (after.IsBroken) _warnings.Add("The SPF record of " + domain + " is a permerror: " + after.Problem + ".");

        if (SpfSplitter.IsLong(domain, edit.After.Source))
        {
            _warnings.Add(
                "The SPF record of " + domain + " and its name take " + (domain.Text.Length + edit.After.Source.Length)
                + " octets, more than 450 (RFC 7208 section 3.4).");
        }

        return new SpfEditReport(edit.After.Source, before, after, _details, _warnings);
    }

    private async Task<SpfBudget> CountAsync(SpfRecord record, CancellationToken cancellationToken) => resolver is null
        ? SpfBudget.OfTerms(record)
        : await SpfBudget.CountAsync(domain, record, resolver, cancellationToken).ConfigureAwait(false);
}

/// <summary>A record after mechanisms were added or removed.</summary>
internal sealed class SpfEdit(SpfRecord before, SpfRecord after, IReadOnlyList<string> done, IReadOnlyList<string> notes)
{
    public SpfRecord Before { get; } = before;
    public SpfRecord After { get; } = after;

    /// <summary>The terms that were added or removed, as they are in the record.</summary>
    public IReadOnlyList<string> Done { get; } = done;

    /// <summary>What a person should know of the terms that were not, and of what stays in force; escaped for display.</summary>
    public IReadOnlyList<string> Notes { get; } = notes;

    /// <summary>False when the record is what it was, to the letter.</summary>
    public bool IsChanged => !string.Equals(Before.Source, After.Source, StringComparison.Ordinal);
}

/// <summary>A record as it is to be published after an edit, and what to tell of it.</summary>
internal sealed class SpfEditReport(string text, SpfBudget before, SpfBudget after, IReadOnlyList<string> details, IReadOnlyList<string> warnings)
{
    public string Text { get; } = text;
    public SpfBudget Before { get; } = before;
    public SpfBudget After { get; } = after;

    /// <summary>What was done, and the budget before and after.</summary>
    public IReadOnlyList<string> Details { get; } = details;

    /// <summary>What a person must know before publishing.</summary>
    public IReadOnlyList<string> Warnings { get; } = warnings;
}

/// <summary>Mechanisms as a person gives them to a command, read into directives that pass.</summary>
/// <param name="acceptsHostBits">
/// True to take a network as some records spell it, with host bits: to remove it. A new term is written without.
/// </param>
internal sealed class SpfMechanismSet(bool acceptsHostBits = false)
{
    private readonly List<SpfDirective> _directives = new();

    /// <summary>The directives in the order given.</summary>
    public IReadOnlyList<SpfDirective> Directives => _directives;

    /// <summary>Domains whose record is included. A Unicode name becomes A-labels.</summary>
    /// <exception cref="RecordParseException">A text is no domain-spec.</exception>
    public SpfMechanismSet Include(IEnumerable<string>? domains) =>
        Add(domains, static domain => SpfTermBuilder.Domain(SpfMechanism.Include, domain));

    /// <summary>Names whose addresses pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet A(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Host(SpfMechanism.A, name));

    /// <summary>Domains whose mail exchangers pass, each perhaps with prefix lengths; empty or <c>@</c> for the domain itself.</summary>
    public SpfMechanismSet Mx(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Host(SpfMechanism.Mx, name));

    /// <summary>Names, mostly with macros, that have an A record for a client that passes.</summary>
    public SpfMechanismSet Exists(IEnumerable<string>? names) => Add(names, static name => SpfTermBuilder.Domain(SpfMechanism.Exists, name));

    /// <summary>Addresses or networks.</summary>
    public SpfMechanismSet IPv4(IEnumerable<string>? networks) => Add(networks, network => Network(SpfMechanism.Ip4, network));

    /// <summary>Addresses or networks.</summary>
    public SpfMechanismSet IPv6(IEnumerable<string>? networks) => Add(networks, network => Network(SpfMechanism.Ip6, network));

    private string Network(SpfMechanism mechanism, string? text)
    {
        if (!acceptsHostBits) return SpfTermBuilder.Network(mechanism, text);

        var directive = (SpfDirective)SpfParser.ParseTerm((mechanism == SpfMechanism.Ip4 ? "ip4:" : "ip6:") + (text ?? string.Empty).Trim());
        return SpfTermText.Of(SpfQualifier.Pass, AddressBlock.Create(directive.NetworkBits, directive.PrefixLength));
    }

    private SpfMechanismSet Add(IEnumerable<string>? values, Func<string, string> build)
    {
        foreach (string value in values ?? Array.Empty<string>())
        {
            var directive = (SpfDirective)SpfParser.ParseTerm(build(value));
            directive = directive.IsNetwork ? (SpfDirective)SpfParser.ParseTerm(directive.CanonicalText) : directive;
            if (!_directives.Contains(directive)) _directives.Add(directive);
        }

        return this;
    }
}

/// <summary>Makes one record of several at a name (RFC 7208 section 3.2), where the order cannot change what was meant.</summary>
internal static class SpfMerger
{
    /// <summary>
    /// The merged text: every mechanism once, their all last. Null where a record is broken, redirects, authorises everybody,
    /// denies some hosts by name or has terms after all, and where the records disagree in their all.
    /// </summary>
    public static string? TryMerge(IReadOnlyList<string> texts)
    {
        var terms = new List<string>();
        var modifiers = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        SpfQualifier? all = null;
        foreach (string text in texts)
        {
            if (!SpfParser.TryParse(text, out SpfRecord? record, out _) || !IsMergeable(record!)) return null;
            if (all is not null && record!.All is not null && record.All.Qualifier != all) return null;

            foreach (SpfTerm term in record!.Terms.Where(term => !IsAll(term) && seen.Add(term.CanonicalText)))
                (term is SpfModifier ? modifiers : terms).Add(term.Text);

            all ??= record.All?.Qualifier;
        }

        string[] end = all is null ? Array.Empty<string>() : new[] { SpfDirective.QualifierText(all.Value) + "all" };
        IEnumerable<string> merged = new[] { SpfRecord.Version }.Concat(terms).Concat(end).Concat(modifiers);
        string result = string.Join(" ", merged);
        return SpfParser.TryParse(result, out _, out _) ? result : null;
    }

    private static bool IsMergeable(SpfRecord record) =>
        record.Redirect is null
        && record.All is not { Qualifier: SpfQualifier.Pass }
        && record.Directives.All(directive => IsAll(directive) || (directive.Qualifier == SpfQualifier.Pass && (record.All is null || directive.Offset < record.All.Offset)));

    private static bool IsAll(SpfTerm term) => term is SpfDirective { Mechanism: SpfMechanism.All };
}
