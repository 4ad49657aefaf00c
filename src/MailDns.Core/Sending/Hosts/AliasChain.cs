namespace MailDns.Sending;

/// <summary>The aliases from a host to its final name, asked link by link (RFC 1034 section 3.6.2).</summary>
internal sealed class AliasChain(
    DomainName host,
    IReadOnlyList<DomainName> targets,
    int aliasesAtHost,
    bool isLoop,
    DnsResponse? failure,
    bool hostExists)
{
    /// <summary>Most links that are followed.</summary>
    public const int MaxLinks = AliasFollowingResolver.MaxLinks;

    public DomainName Host { get; } = host;

    /// <summary>The target of each link in order; none where the host is no alias.</summary>
    public IReadOnlyList<DomainName> Targets { get; } = targets;

    /// <summary>CNAME records at the host itself; more than one is a fault.</summary>
    public int AliasesAtHost { get; } = aliasesAtHost;

    /// <summary>True where the links come back to a name, or are too many.</summary>
    public bool IsLoop { get; } = isLoop;

    /// <summary>The lookup that failed; the chain is known up to it.</summary>
    public DnsResponse? Failure { get; } = failure;

    /// <summary>False where the host does not exist.</summary>
    public bool HostExists { get; } = hostExists;

    public bool IsAlias => Targets.Count > 0;

    /// <summary>The last name.</summary>
    public DomainName End => IsAlias ? Targets[Targets.Count - 1] : Host;

    public static async Task<AliasChain> ReadAsync(DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var targets = new List<DomainName>();
        var visited = new HashSet<DomainName> { host };
        DomainName name = host;
        int aliasesAtHost = 0;
        bool hostExists = true;
        while (true)
        {
            DnsResponse response = await resolver.QueryAsync(name, DnsRecordType.Cname, cancellationToken).ConfigureAwait(false);
            DomainName[] aliases = response.Data<NameData>().Select(data => data.Target).ToArray();
            if (name.Equals(host))
            {
                aliasesAtHost = aliases.Length;
                hostExists = response.Status != DnsResponseStatus.NxDomain;
            }

            if (response.IsFailure || aliases.Length == 0)
                return new AliasChain(host, targets, aliasesAtHost, isLoop: false, response.IsFailure ? response : null, hostExists);

            name = aliases[0];
            targets.Add(name);
            if (!visited.Add(name) || targets.Count > MaxLinks)
                return new AliasChain(host, targets, aliasesAtHost, isLoop: true, failure: null, hostExists);
        }
    }

    /// <summary>Host and targets as people read them.</summary>
    public override string ToString() => string.Join(" -> ", new[] { Host }.Concat(Targets));
}

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
