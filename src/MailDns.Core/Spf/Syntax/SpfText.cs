namespace MailDns.Spf;

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
