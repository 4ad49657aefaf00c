namespace MailDns.Spf;

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
