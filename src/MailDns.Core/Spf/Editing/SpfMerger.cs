namespace MailDns.Spf;

/// <summary>Makes one record of several at a name (RFC 7208 section 3.2), where the order cannot change what was meant.</summary>
internal static class SpfMerger
{
    /// <summary>
    /// The merged text: every mechanism once, the mildest all of them last. Null where a record is broken, redirects,
    /// authorises everybody, or denies some hosts by name.
    /// </summary>
    public static string? TryMerge(IReadOnlyList<string> texts)
    {
        var terms = new List<string>();
        var modifiers = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        SpfQualifier? all = null;
        foreach (string text in texts)
        {
            if (!SpfParser.TryParse(text, out SpfRecord? record, out _) || !IsMergeable(record!))
            {
                return null;
            }

            foreach (SpfTerm term in record!.Terms.Where(term => !IsAll(term) && IsLive(term, record) && seen.Add(term.CanonicalText)))
            {
                (term is SpfModifier ? modifiers : terms).Add(term.Text);
            }

            all = Milder(all, record.All?.Qualifier ?? SpfQualifier.Neutral);
        }

        IEnumerable<string> merged = new[] { SpfRecord.Version }.Concat(terms).Concat(new[] { SpfDirective.QualifierText(all ?? SpfQualifier.Neutral) + "all" }).Concat(modifiers);
        string result = string.Join(" ", merged);
        return SpfParser.TryParse(result, out _, out _) ? result : null;
    }

    private static bool IsMergeable(SpfRecord record) =>
        record.Redirect is null
        && record.All is not { Qualifier: SpfQualifier.Pass }
        && record.Directives.All(directive => IsAll(directive) || directive.Qualifier == SpfQualifier.Pass);

    private static bool IsAll(SpfTerm term) => term is SpfDirective { Mechanism: SpfMechanism.All };

    private static bool IsLive(SpfTerm term, SpfRecord record) =>
        term is SpfModifier || record.All is null || term.Offset < record.All.Offset;

    private static SpfQualifier Milder(SpfQualifier? one, SpfQualifier other) =>
        one is null ? other : one == SpfQualifier.Neutral || other == SpfQualifier.Neutral ? SpfQualifier.Neutral
        : one == SpfQualifier.SoftFail || other == SpfQualifier.SoftFail ? SpfQualifier.SoftFail : SpfQualifier.Fail;
}
