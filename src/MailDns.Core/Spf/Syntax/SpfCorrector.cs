namespace MailDns.Spf;

/// <summary>
/// Writes a record anew with everything corrected that has one right form: version, misspelt terms, host bits,
/// duplicates, what stands after all. What it says of a client otherwise stays as it is.
/// </summary>
internal static class SpfCorrector
{
    /// <summary>The corrected text; null where a fault has no certain correction, or there is nothing to correct.</summary>
    public static string? TryCorrect(SpfReading reading)
    {
        var terms = new List<string>();
        foreach (string text in Terms(reading))
        {
            string? term = Correct(text);
            if (term is null)
            {
                return null;
            }

            if (term.Length > 0)
            {
                terms.Add(term);
            }
        }

        string corrected = string.Join(" ", new[] { SpfRecord.Version }.Concat(Live(terms)));
        return corrected == reading.Record.Text || !SpfParser.TryParse(corrected, out _, out _) ? null : corrected;
    }

    // The terms as they stand, right and wrong ones in their order.
    private static IEnumerable<string> Terms(SpfReading reading) =>
        reading.Record.Terms.Select(term => (term.Offset, term.Text))
            .Concat(reading.Faults.Where(fault => fault.Kind != SpfFaultKind.Version).Select(fault => (Offset: fault.TermOffset, Text: fault.TermText)))
            .OrderBy(term => term.Offset)
            .Select(term => term.Text);

    // Null where there is no certain correction; empty for a term to leave out.
    private static string? Correct(string text)
    {
        var reader = new SpfTermReader(text, 0, text.Length);
        SpfTerm? term = reader.Read();
        if (term is SpfModifier modifier && modifier.Kind == SpfModifierKind.Unknown)
        {
            return SpfParser.IsSpfRecord(text)
                ? string.Empty
                : SpfTermRepair.IsDisguisedMechanism(modifier) ? SpfTermRepair.TryRepair(text) : text;
        }

        if (term is SpfDirective { IsNetwork: true } network)
        {
            return WithoutHostBits(network);
        }

        return term is null ? SpfTermRepair.TryRepair(text) : text;
    }

    private static string WithoutHostBits(SpfDirective directive)
    {
        AddressBits network = directive.NetworkBits.Network(directive.PrefixLength);
        return network.Equals(directive.NetworkBits)
            ? directive.Text
            : SpfDirective.QualifierText(directive.Qualifier) + directive.MechanismName + ":" + network + "/" + directive.PrefixLength;
    }

    private static IEnumerable<string> Live(IEnumerable<string> texts)
    {
        SpfTerm[] terms = texts.Select(SpfParser.ParseTerm).ToArray();
        bool hasAll = terms.Any(IsAll);
        bool ended = false;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SpfTerm term in terms)
        {
            bool keep = term switch
            {
                SpfDirective directive => !ended && seen.Add(directive.MechanismText),
                SpfModifier { Kind: SpfModifierKind.Redirect } redirect => !hasAll && seen.Add(redirect.CanonicalText),
                _ => seen.Add(term.CanonicalText),
            };
            ended |= IsAll(term);
            if (keep)
            {
                yield return term.Text;
            }
        }
    }

    private static bool IsAll(SpfTerm term) => term is SpfDirective { Mechanism: SpfMechanism.All };
}
