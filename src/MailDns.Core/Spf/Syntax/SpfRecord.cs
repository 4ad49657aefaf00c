namespace MailDns;

/// <summary>
/// An SPF record as its terms (RFC 7208 section 4.6.1), each with its place in the text. Two records are equal when they
/// say the same term by term, whatever the spelling.
/// </summary>
public sealed class SpfRecord : IEquatable<SpfRecord>
{
    /// <summary>How every record begins (RFC 7208 section 4.5).</summary>
    internal const string Version = "v=spf1";

    internal SpfRecord(string text, SpfTerm[] terms, SpfModifier? redirect, SpfModifier? explanation)
    {
        Source = text;
        Terms = terms;
        Redirect = redirect;
        Explanation = explanation;
    }

    /// <summary>The text as it was parsed.</summary>
    public string Text => PrintableText.Escape(Source);

    /// <summary>The text itself.</summary>
    internal string Source { get; }

    /// <summary>The terms in the order of the text.</summary>
    public IReadOnlyList<SpfTerm> Terms { get; }

    /// <summary>The redirect modifier; null where there is none.</summary>
    public SpfModifier? Redirect { get; }

    /// <summary>The exp modifier; null where there is none.</summary>
    public SpfModifier? Explanation { get; }

    /// <summary>The first all, which ends the evaluation; null where there is none.</summary>
    public SpfDirective? All
    {
        get
        {
            foreach (SpfTerm term in Terms)
            {
                if (term is SpfDirective { Mechanism: SpfMechanism.All } all) return all;
            }

            return null;
        }
    }

    /// <summary>The directives in the order of evaluation, those after all included.</summary>
    internal IEnumerable<SpfDirective> Directives => Terms.OfType<SpfDirective>();

    /// <summary>A record of terms, each in its own spelling, a single space between.</summary>
    internal static SpfRecord Of(IEnumerable<SpfTerm> terms) => OfTexts(terms.Select(term => term.Text));

    /// <summary>A record of the texts of terms.</summary>
    /// <exception cref="RecordParseException">A text is no term.</exception>
    internal static SpfRecord OfTexts(IEnumerable<string> terms) =>
        SpfParser.Parse(string.Join(" ", new[] { Version }.Concat(terms)));

    /// <summary>True where both records say the same.</summary>
    public bool Equals(SpfRecord? other) => other is not null && Terms.SequenceEqual(other.Terms);

    public override bool Equals(object? obj) => Equals(obj as SpfRecord);

    public override int GetHashCode()
    {
        int hash = Terms.Count;
        foreach (SpfTerm term in Terms)
            hash = unchecked((hash * 397) ^ term.GetHashCode());

        return hash;
    }

    /// <summary>The text as it was parsed, escaped where it is not printable ASCII.</summary>
    public override string ToString() => PrintableText.Escape(Source);
}
