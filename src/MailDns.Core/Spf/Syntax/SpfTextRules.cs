namespace MailDns.Spf;

/// <summary>Judges the text of one SPF record (RFC 7208). Reports only what is wrong.</summary>
internal static class SpfTextRules
{
    /// <summary>Octets of name and text that RFC 7208 section 3.4 aims for.</summary>
    private const int LongestRecord = 450;

    /// <summary>
    /// Applies every rule. <paramref name="toRecord"/> makes the record to publish from a corrected text; null where the
    /// record is not this domain's to correct. <paramref name="strings"/> are those of the TXT record, where they are known.
    /// </summary>
    public static void Apply(DomainName domain, SpfReading reading, CheckSheet sheet, Func<string, ResourceRecord>? toRecord, IReadOnlyList<string>? strings = null)
    {
        var report = new SpfReporter(reading, sheet, toRecord, strings);
        foreach (TextFault fault in reading.Faults)
            ApplyFault(fault, report);

        ApplyModifiers(reading.Record, report);
        ApplyAll(reading.Record, report);
        ApplyMechanisms(reading.Record, report);
        SpfNetworkRules.Apply(reading.Record, report);
        ApplyMacros(reading.Record, report);
        ApplyForm(domain, reading.Record, report);
    }

    private static void ApplyFault(TextFault fault, SpfReporter report)
    {
        string? repaired = fault.Check == SpfChecks.Version || fault.Check == SpfChecks.DuplicateModifier ? null : SpfTermRepair.TryRepair(fault.Part);
        string where = fault.Check == SpfChecks.Version ? string.Empty : "In " + PrintableText.Quote(fault.Part) + ": ";
        report.Corrected(fault.Check.Saying(where + fault.Message), repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
    }

    private static void ApplyModifiers(SpfRecord record, SpfReporter report)
    {
        foreach (SpfModifier modifier in record.Terms.OfType<SpfModifier>().Where(modifier => modifier.Kind == SpfModifierKind.Unknown))
        {
            string quoted = PrintableText.Quote(modifier.Text);
            if (SpfTermRepair.IsDisguisedMechanism(modifier))
            {
                string? repaired = SpfTermRepair.TryRepair(modifier.Text);
                report.Corrected(
                    SpfChecks.UnknownMechanism.With(quoted),
                    repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
            }
            else if (SpfParser.IsSpfRecord(modifier.Text))
            {
                report.Corrected(SpfChecks.UnknownModifier.Saying("A second \"v=spf1\" within the record is an unknown modifier and is ignored."));
            }
            else
            {
                report.Plain(SpfChecks.UnknownModifier.Saying("The unknown modifier " + quoted + " is ignored."));
            }
        }
    }

    private static void ApplyAll(SpfRecord record, SpfReporter report)
    {
        SpfDirective? all = record.All;
        if (all is not { Qualifier: SpfQualifier.Pass } && SpfEverybody.Describe(SpfEverybody.OfTerms(record)) is { } families)
        {
            report.Plain(SpfChecks.AllPass.Saying("The record authorises every " + families + " host of the Internet by " + SpfEverybody.Terms(record, SpfEverybody.IsEverybody) + "."));
        }

        if (all is null)
        {
            if (record.Redirect is null) report.Plain(SpfChecks.AllMissing);

            return;
        }

        if (all.Qualifier == SpfQualifier.Pass)
            report.Plain(SpfChecks.AllPass.Saying("The record ends in " + PrintableText.Quote(all.Text) + ": every host of the Internet passes."));
        else if (all.Qualifier == SpfQualifier.Neutral)
            report.Plain(SpfChecks.AllNeutral);
        else if (all.Qualifier == SpfQualifier.Fail && record.Directives.First() != all)
            report.Plain(SpfChecks.HardFailEarly);

        SpfDirective[] dead = record.Directives.Where(directive => directive.Offset > all.Offset).ToArray();
        if (dead.Length > 0) report.Corrected(SpfChecks.AfterAll.With(PrintableText.Quote(all.Text), List(dead)));

        if (record.Redirect is not null)
            report.Corrected(SpfChecks.RedirectWithAll.With(PrintableText.Quote(record.Redirect.Text), PrintableText.Quote(all.Text)));
    }

    private static void ApplyMechanisms(SpfRecord record, SpfReporter report)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SpfDirective directive in record.Directives)
        {
            if (!seen.Add(directive.MechanismText) && directive.Mechanism != SpfMechanism.All)
            {
                string cost = directive.IsLookup ? ", and each copy costs one of the ten lookups" : string.Empty;
                report.Corrected(SpfChecks.DuplicateTerm.With(PrintableText.Quote(directive.Text), cost));
            }

            if (directive.Mechanism == SpfMechanism.Mx)
                report.Plain(SpfChecks.MxCost.With(PrintableText.Quote(directive.Text)));

            if (directive.Mechanism == SpfMechanism.Ptr)
                report.Plain(SpfChecks.Ptr.With(PrintableText.Quote(directive.Text)));
        }
    }

    private static void ApplyMacros(SpfRecord record, SpfReporter report)
    {
        foreach (SpfTerm term in record.Terms)
        {
            MacroString? spec = term is SpfModifier modifier ? modifier.Value : ((SpfDirective)term).DomainSpec;
            if (spec is null || !spec.HasMacros) continue;

            if (term is SpfDirective { Mechanism: SpfMechanism.Exists })
                report.Plain(SpfChecks.ExistsMacro.With(PrintableText.Quote(term.Text)));

            if (spec.Uses('p')) report.Plain(SpfChecks.MacroP.With(PrintableText.Quote(term.Text)));
        }
    }

    private static void ApplyForm(DomainName domain, SpfRecord record, SpfReporter report)
    {
        int octets = domain.Text.Length + record.Source.Length;
        if (octets > LongestRecord) report.Plain(SpfChecks.Length.With(octets.ToString(CultureInfo.InvariantCulture)));

        string? upper = SpfParser.IsSpfRecord(record.Source) && !record.Source.StartsWith(SpfRecord.Version, StringComparison.Ordinal)
            ? record.Source.Substring(0, SpfRecord.Version.Length)
            : record.Terms.Select(term => term.Text).FirstOrDefault(HasUpperName);
        if (upper is not null) report.Plain(SpfChecks.UpperCase.With(PrintableText.Quote(upper)));
    }

    private static bool HasUpperName(string term)
    {
        int end = term.IndexOfAny(new[] { ':', '=', '/' });
        return term.Substring(0, end < 0 ? term.Length : end).Any(c => c >= 'A' && c <= 'Z');
    }

    private static string List(SpfDirective[] directives) =>
        string.Join(", ", directives.Take(10).Select(directive => PrintableText.Quote(directive.Text)))
        + (directives.Length > 10 ? " and " + (directives.Length - 10) + " more" : string.Empty);
}
