namespace MailDns.Spf;

/// <summary>Judges the text of one SPF record (RFC 7208). Fires only what is wrong.</summary>
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
        var fire = new SpfFiring(reading, sheet, toRecord, strings);
        foreach (SpfFault fault in reading.Faults)
        {
            ApplyFault(fault, fire);
        }

        ApplyModifiers(reading.Record, fire);
        ApplyAll(reading.Record, fire);
        ApplyMechanisms(reading.Record, fire);
        SpfNetworkRules.Apply(reading.Record, fire);
        ApplyMacros(reading.Record, fire);
        ApplyForm(domain, reading.Record, fire);
    }

    private static void ApplyFault(SpfFault fault, SpfFiring fire)
    {
        CheckDefinition definition = fault.Kind switch
        {
            SpfFaultKind.Version => SpfChecks.Version,
            SpfFaultKind.UnknownMechanism => SpfChecks.UnknownMechanism,
            SpfFaultKind.Address => SpfChecks.AddressSyntax,
            SpfFaultKind.Macro => SpfChecks.MacroSyntax,
            SpfFaultKind.DuplicateModifier => SpfChecks.DuplicateModifier,
            _ => SpfChecks.Syntax,
        };
        string? repaired = fault.Kind is SpfFaultKind.Version or SpfFaultKind.DuplicateModifier ? null : SpfTermRepair.TryRepair(fault.TermText);
        string where = fault.Kind == SpfFaultKind.Version ? string.Empty : "In " + PrintableText.Quote(fault.TermText) + ": ";
        fire.Corrected(definition, where + fault.Error.Message, repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
    }

    private static void ApplyModifiers(SpfRecord record, SpfFiring fire)
    {
        foreach (SpfModifier modifier in record.Terms.OfType<SpfModifier>().Where(modifier => modifier.Kind == SpfModifierKind.Unknown))
        {
            string quoted = PrintableText.Quote(modifier.Text);
            if (SpfTermRepair.IsDisguisedMechanism(modifier))
            {
                string? repaired = SpfTermRepair.TryRepair(modifier.Text);
                fire.Corrected(
                    SpfChecks.UnknownMechanism,
                    quoted + " is an unknown modifier for its \"=\" and is ignored: nothing is authorised by it.",
                    repaired is null ? null : "Write " + PrintableText.Quote(repaired) + ".");
            }
            else if (SpfParser.IsSpfRecord(modifier.Text))
            {
                fire.Corrected(SpfChecks.UnknownModifier, "A second \"v=spf1\" within the record is an unknown modifier and is ignored.");
            }
            else
            {
                fire.Plain(SpfChecks.UnknownModifier, "The unknown modifier " + quoted + " is ignored.");
            }
        }
    }

    private static void ApplyAll(SpfRecord record, SpfFiring fire)
    {
        SpfDirective? all = record.All;
        if (all is not { Qualifier: SpfQualifier.Pass } && SpfEverybody.Describe(SpfEverybody.OfTerms(record)) is { } families)
        {
            fire.Plain(SpfChecks.AllPass, "The record authorises every " + families + " host of the Internet by " + SpfEverybody.Terms(record, SpfEverybody.IsEverybody) + ".");
        }

        if (all is null)
        {
            if (record.Redirect is null)
            {
                fire.Plain(SpfChecks.AllMissing, "Neither all nor redirect: hosts that are not listed are neutral.");
            }

            return;
        }

        if (all.Qualifier == SpfQualifier.Pass)
        {
            fire.Plain(SpfChecks.AllPass, "The record ends in " + PrintableText.Quote(all.Text) + ": every host of the Internet passes.");
        }
        else if (all.Qualifier == SpfQualifier.Neutral)
        {
            fire.Plain(SpfChecks.AllNeutral, "The record ends in ?all: nothing is said of hosts that are not listed.");
        }
        else if (all.Qualifier == SpfQualifier.Fail && record.Directives.First() != all)
        {
            fire.Plain(SpfChecks.HardFailEarly, "-all may get mail refused before DKIM and DMARC are looked at, unseen in reports.");
        }

        SpfDirective[] dead = record.Directives.Where(directive => directive.Offset > all.Offset).ToArray();
        if (dead.Length > 0)
        {
            fire.Corrected(SpfChecks.AfterAll, "Mechanisms after " + PrintableText.Quote(all.Text) + " are never evaluated: " + List(dead) + ". The corrected record leaves them out.");
        }

        if (record.Redirect is not null)
        {
            fire.Corrected(SpfChecks.RedirectWithAll, PrintableText.Quote(record.Redirect.Text) + " is ignored since " + PrintableText.Quote(all.Text) + " is present.");
        }
    }

    private static void ApplyMechanisms(SpfRecord record, SpfFiring fire)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SpfDirective directive in record.Directives)
        {
            if (!seen.Add(directive.MechanismText) && directive.Mechanism != SpfMechanism.All)
            {
                string cost = directive.IsLookup ? ", and each copy costs one of the ten lookups" : string.Empty;
                fire.Corrected(SpfChecks.DuplicateTerm, PrintableText.Quote(directive.Text) + " occurs twice; only the first counts" + cost + ".");
            }

            if (directive.Mechanism == SpfMechanism.Mx)
            {
                fire.Plain(SpfChecks.MxCost, PrintableText.Quote(directive.Text) + " costs a lookup for the exchangers and one for each of their names, and exchangers are often not the hosts that send.");
            }

            if (directive.Mechanism == SpfMechanism.Ptr)
            {
                fire.Plain(SpfChecks.Ptr, PrintableText.Quote(directive.Text) + " is slow and unreliable; ptr should not be published.");
            }
        }
    }

    private static void ApplyMacros(SpfRecord record, SpfFiring fire)
    {
        foreach (SpfTerm term in record.Terms)
        {
            MacroString? spec = term is SpfModifier modifier ? modifier.Value : ((SpfDirective)term).DomainSpec;
            if (spec is null || !spec.HasMacros)
            {
                continue;
            }

            if (term is SpfDirective { Mechanism: SpfMechanism.Exists })
            {
                fire.Plain(SpfChecks.ExistsMacro, "The result of " + PrintableText.Quote(term.Text) + " depends on the message, so it cannot be judged without one.");
            }

            if (spec.Uses('p'))
            {
                fire.Plain(SpfChecks.MacroP, "%{p} in " + PrintableText.Quote(term.Text) + " needs reverse lookups; it should not be published.");
            }
        }
    }

    private static void ApplyForm(DomainName domain, SpfRecord record, SpfFiring fire)
    {
        int octets = domain.Text.Length + record.Text.Length;
        if (octets > LongestRecord)
        {
            fire.Plain(SpfChecks.Length, "The name and the record take " + octets.ToString(CultureInfo.InvariantCulture) + " octets; the aim is below 450, so that the answer fits 512.");
        }

        string? upper = SpfParser.IsSpfRecord(record.Text) && !record.Text.StartsWith(SpfRecord.Version, StringComparison.Ordinal)
            ? record.Text.Substring(0, SpfRecord.Version.Length)
            : record.Terms.Select(term => term.Text).FirstOrDefault(HasUpperName);
        if (upper is not null)
        {
            fire.Plain(SpfChecks.UpperCase, "Upper case in " + PrintableText.Quote(upper) + " is right, but not every tool knows that.");
        }
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

/// <summary>One breach of the grammar, with the term that holds it.</summary>
internal sealed class SpfFault(SpfFaultKind kind, RecordParseException error, int termOffset, int termLength)
{
    public SpfFaultKind Kind { get; } = kind;

    /// <summary>What is wrong and at which character.</summary>
    public RecordParseException Error { get; } = error;

    public int TermOffset { get; } = termOffset;

    public int TermLength { get; } = termLength;

    /// <summary>The whole term, as written.</summary>
    public string TermText => Error.Text.Substring(TermOffset, TermLength);
}

/// <summary>What kind of rule a record breaks; each has its own check.</summary>
internal enum SpfFaultKind
{
    Version,
    Syntax,
    UnknownMechanism,
    Address,
    Macro,
    DuplicateModifier,
}
