namespace MailDns.Sending;

/// <summary>What is wrong with a host that is an alias, whatever it is for (RFC 1034 section 3.6.2, RFC 2181 section 10.1).</summary>
internal static class AliasRules
{
    /// <summary>The checks that are judged here.</summary>
    public static IReadOnlyList<CheckDefinition> Definitions { get; } = new[]
    {
        DnsChecks.CnameCoexist,
        DnsChecks.CnameApex,
        DnsChecks.CnameChain,
        DnsChecks.CnameLoop,
        DnsChecks.CnameDangling,
        DnsChecks.CnameFlattened,
    };

    /// <summary>Judges the chain, and the answers of other types at the host.</summary>
    /// <param name="domain">The sending domain.</param>
    /// <param name="chain">The host's aliases.</param>
    /// <param name="answers">Answers at the host by type, SOA among them.</param>
    /// <param name="expected">Where the alias should lead; null where that is not known.</param>
    /// <param name="sheet">Takes the results.</param>
    public static void Apply(DomainName domain, AliasChain chain, IReadOnlyList<DnsResponse> answers, ExpectedName? expected, CheckSheet sheet)
    {
        if (!chain.IsAlias)
        {
            sheet.CompleteNotApplicable(Definitions.Where(definition => definition != DnsChecks.CnameFlattened), chain.Host + " is not an alias.");
            return;
        }

        JudgeNeighbours(chain, answers, sheet);
        if (chain.IsLoop)
        {
            sheet.Report(
                DnsChecks.CnameLoop.Saying(chain.Targets.Count > AliasChain.MaxLinks
                    ? "More than " + AliasChain.MaxLinks + " aliases follow from " + chain.Host + "."
                    : "The aliases from " + chain.Host + " form a loop: " + chain + "."),
                actual: chain.ToString());
        }

        JudgeLength(domain, chain, expected, sheet);
        if (chain.Failure is { } failure)
            sheet.CompleteUnknown(new[] { DnsChecks.CnameLoop, DnsChecks.CnameChain, DnsChecks.CnameDangling }, failure);

        sheet.CompletePass(new[] { DnsChecks.CnameLoop, DnsChecks.CnameChain, DnsChecks.CnameFlattened });
    }

    // An honest server answers every type at an alias with the alias, so other data shows only where the zone itself is read
    // or the server is broken. A lookup that failed may not hide it.
    private static void JudgeNeighbours(AliasChain chain, IReadOnlyList<DnsResponse> answers, CheckSheet sheet)
    {
        string[] types = answers
            .SelectMany(answer => answer.Records)
            .Where(record => record.Owner.Equals(chain.Host) && record.Type is not (DnsRecordType.Cname or DnsRecordType.Rrsig))
            .Select(record => DnsRecordTypes.Mnemonic(record.Type))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(type => type, StringComparer.Ordinal)
            .ToArray();
        if (types.Contains("SOA", StringComparer.Ordinal)) sheet.Report(DnsChecks.CnameApex.With(chain.Host));

        if (types.Length > 0 || chain.AliasesAtHost > 1)
        {
            string others = types.Length > 0 ? string.Join(", ", types) : chain.AliasesAtHost + " CNAME records";
            sheet.Report(DnsChecks.CnameCoexist.With(chain.Host, others), expected: "CNAME alone", actual: others);
        }

        // A failure at the end of the aliases says nothing of the host; one without the alias does.
        foreach (DnsResponse failure in answers.Where(answer => answer.IsFailure && answer.Records.Count == 0 && !chain.IsLoop))
        {
            CheckDefinition hidden = failure.Question.Type == DnsRecordType.Soa ? DnsChecks.CnameApex : DnsChecks.CnameCoexist;
            sheet.CompleteUnknown(new[] { hidden }, failure);
        }

        sheet.CompletePass(new[] { DnsChecks.CnameCoexist, DnsChecks.CnameApex });
    }

    // How many aliases the platform puts behind its target is not the domain's to change.
    private static void JudgeLength(DomainName domain, AliasChain chain, ExpectedName? expected, CheckSheet sheet)
    {
        if (chain.IsLoop)
        {
            sheet.NotApplicable(DnsChecks.CnameChain, "The aliases end at a name that does not exist.");
            return;
        }

        int own = 1;
        while (own < chain.Targets.Count && chain.Targets[own - 1].IsSameOrBelow(domain))
            own++;

        int wanted = expected is null ? -1 : IndexOf(chain, expected);
        int links = wanted >= 0 ? wanted + 1 : own;
        if (links > 1)
        {
            sheet.Report(DnsChecks.CnameChain.With(links, chain.Host, chain), actual: chain.ToString());
        }
        else if (wanted >= 0 || !chain.End.IsSameOrBelow(domain))
        {
            // What a failed lookup hides lies behind the target.
            sheet.Pass(DnsChecks.CnameChain);
        }
    }

    /// <summary>Which link leads to the expected name; -1 for none.</summary>
    public static int IndexOf(AliasChain chain, ExpectedName expected)
    {
        for (int i = 0; i < chain.Targets.Count; i++)
        {
            if (expected.Matches(chain.Targets[i])) return i;
        }

        return -1;
    }
}
