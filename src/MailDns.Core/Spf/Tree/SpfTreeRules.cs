namespace MailDns.Spf;

/// <summary>
/// Judges the tree of includes and redirects of a domain with one record (RFC 7208 sections 4.6.4, 5.2 and 6.1), and
/// completes its checks: what could not be looked at is Unknown.
/// </summary>
internal static class SpfTreeRules
{
    /// <summary>From here on a change in one include is enough for a permerror.</summary>
    private const int NearLimit = 9;

    /// <summary>Most findings of one check.</summary>
    private const int MostOfOneCheck = 10;

    private static readonly CheckDefinition[] s_records =
    {
        SpfChecks.RedirectNone, SpfChecks.IncludeNone, SpfChecks.IncludePermError, SpfChecks.IncludeLoop, SpfChecks.IncludeSelf, SpfChecks.IncludeAllPass,
    };

    private static readonly CheckDefinition[] s_redirect = { SpfChecks.RedirectNone };

    private static readonly CheckDefinition[] s_includes = { SpfChecks.IncludeNone };

    private static readonly CheckDefinition[] s_counts = { SpfChecks.Lookups, SpfChecks.LookupsNear };

    private static readonly CheckDefinition[] s_answers = { SpfChecks.VoidLookups, SpfChecks.MxAddresses };

    /// <summary>Applies the rules and completes the checks they are for.</summary>
    public static void Apply(SpfNode root, CheckSheet sheet)
    {
        foreach (SpfNode node in root.SelfAndDescendants.Where(node => node.Parent is not null && node.IsLive).Take(SpfTreeWalker.MaxNodes))
            ApplyNode(node, sheet);

        ApplyEverybody(root, sheet);
        ApplyPrivate(root, sheet);
        ApplyLookups(root, sheet);
        ApplyVoids(root, sheet);
        ApplyExchangers(root, sheet);
        Complete(root, sheet);
    }

    private static void ApplyNode(SpfNode node, CheckSheet sheet)
    {
        string term = PrintableText.Quote(node.Term!.Text) + At(node.Parent!);
        bool isRedirect = node.Term is SpfModifier;
        switch (node.Status)
        {
            case SpfNodeStatus.None or SpfNodeStatus.Malformed:
                string why = node.Status == SpfNodeStatus.Malformed
                    ? "not a name that can have one"
                    : node.Response!.IsVoid ? node.Response.Describe() : "none of its TXT records is SPF";
                Report(sheet, (isRedirect ? SpfChecks.RedirectNone : SpfChecks.IncludeNone).Saying(term + " has no SPF record (" + why + "): permerror."));
                break;
            case SpfNodeStatus.Multiple:
                Report(sheet, SpfChecks.IncludePermError.Saying(term + " points to " + node.Texts.Count + " SPF records: permerror."));
                break;
            case SpfNodeStatus.Invalid:
                Report(sheet, SpfChecks.IncludePermError.Saying(term + " points to a record with a syntax error: " + node.Reading!.Faults[0].Message));
                break;
            case SpfNodeStatus.Loop when node.Domain!.Equals(node.Parent!.Domain):
                Report(sheet, SpfChecks.IncludeSelf.With(node.Parent.Domain, PrintableText.Quote(node.Term.Text)));
                break;
            case SpfNodeStatus.Loop:
                Report(sheet, SpfChecks.IncludeLoop.With(string.Join(" > ", node.Path.Select(PrintableText.Escape))));
                break;
        }

    }

    // a and mx of the domain's own record that lead to hosts that no receiver sees.
    private static void ApplyPrivate(SpfNode root, CheckSheet sheet)
    {
        foreach (SpfTermLookup lookup in root.Lookups)
        {
            string[] hidden = lookup.Addresses
                .Select(address => (Address: address, Kind: SpecialAddresses.Describe(address)))
                .Where(pair => pair.Kind is not null && !SpecialAddresses.IsDocumentation(pair.Address))
                .Select(pair => pair.Address + ", which is " + pair.Kind)
                .Take(3)
                .ToArray();
            if (hidden.Length > 0)
                Report(sheet, SpfChecks.PrivateAddress.With(PrintableText.Quote(lookup.Directive.Text), string.Join("; ", hidden)));
        }
    }

    // +all by any name: /0, networks that cover the Internet together, a/0, an exists that always holds.
    private static void ApplyEverybody(SpfNode root, CheckSheet sheet)
    {
        if (!SpfEverybody.MayBe(root.SelfAndDescendants)) return;

        var known = new Dictionary<SpfNode, SpfAuthorization>();
        foreach (SpfNode node in root.SelfAndDescendants.OrderByDescending(node => node.Depth))
            known[node] = SpfAuthorization.Of(node, known);

        bool isTold = false;
        foreach (SpfNode node in root.SelfAndDescendants.Where(node => node.Record is not null && node.IsLive).Take(SpfTreeWalker.MaxNodes).Reverse())
        {
            if (SpfEverybody.Describe(known[node].Addresses) is not { } families) continue;

            bool isAll = node.Record!.All is { Qualifier: SpfQualifier.Pass };
            string how = isAll ? "+all" : SpfEverybody.Terms(node.Record, directive => IsEverybody(node, directive, known));
            if (node.Parent is not null)
            {
                isTold = true;
                string term = PrintableText.Quote(node.Term!.Text) + At(node.Parent);
                Report(sheet, SpfChecks.IncludeAllPass.With(term, how, families));
            }
            else if (!sheet.Results.Any(result => result.Id == SpfChecks.AllPass.Id && result.Status == CheckStatus.Fail))
            {
                how = node.Record.Redirect is { } redirect && how == SpfEverybody.Terms(node.Record, _ => false) ? PrintableText.Quote(redirect.Text) : how;
                string message = "The record authorises every " + families + " host of the Internet by " + how + ".";
                if (isTold)
                    sheet.NotApplicable(SpfChecks.AllPass, message + " See " + SpfChecks.IncludeAllPass.Id + ".");
                else
                    Report(sheet, SpfChecks.AllPass.Saying(message));
            }
        }
    }

    private static bool IsEverybody(SpfNode node, SpfDirective directive, Dictionary<SpfNode, SpfAuthorization> known)
    {
        SpfNode? child = node.Children.FirstOrDefault(child => ReferenceEquals(child.Term, directive));
        SpfTermLookup? lookup = node.Lookups.FirstOrDefault(lookup => ReferenceEquals(lookup.Directive, directive));
        return (child is not null && SpfEverybody.Describe(known[child].Addresses) is not null)
            || (directive.Mechanism == SpfMechanism.Exists && lookup is { Exists: true })
            || SpfEverybody.IsEverybody(directive);
    }

    private static void ApplyLookups(SpfNode root, CheckSheet sheet)
    {
        int count = root.CumulativeLookupCount;
        string number = count.ToString(CultureInfo.InvariantCulture);
        if (count > SpfLimits.Default.LookupTerms)
            sheet.Report(SpfChecks.Lookups.With(number, Costs(root)), expected: "10 or less", actual: number);
        else if (count >= NearLimit)
            sheet.Report(SpfChecks.LookupsNear.With(number, Costs(root)), expected: "8 or less", actual: number);
    }

    private static string Costs(SpfNode root)
    {
        string[] costs = root.Children
            .Where(child => child.IsLive && child.CumulativeLookupCount > 0)
            .OrderByDescending(child => child.CumulativeLookupCount)
            .Take(MostOfOneCheck)
            .Select(child => PrintableText.Escape(child.Name) + " " + (child.CumulativeLookupCount + 1))
            .ToArray();
        return costs.Length == 0 ? string.Empty : " Most costly: " + string.Join(", ", costs) + ".";
    }

    private static void ApplyVoids(SpfNode root, CheckSheet sheet)
    {
        int count = root.CumulativeVoidLookupCount;
        if (count <= SpfLimits.Default.VoidLookups) return;

        bool isIPv6 = root.CumulativeIPv4VoidCount <= SpfLimits.Default.VoidLookups;
        bool isIPv4 = root.CumulativeIPv6VoidCount <= SpfLimits.Default.VoidLookups;
        string whose = isIPv6 ? " of an IPv6 client" : isIPv4 ? " of an IPv4 client" : string.Empty;
        string[] names = Voids(root)
            .Where(question => question.Type != (isIPv6 ? DnsRecordType.A : DnsRecordType.Aaaa) || (!isIPv6 && !isIPv4))
            .Select(question => question.ToString())
            .Distinct()
            .Take(MostOfOneCheck)
            .ToArray();
        string number = count.ToString(CultureInfo.InvariantCulture);
        sheet.Report(
            SpfChecks.VoidLookups.With(number, whose, string.Join(", ", names)),
            expected: "2 or less",
            actual: number,
            recommendation: RecommendVoids(root, isIPv6 && !isIPv4 ? "IPv6" : isIPv4 && !isIPv6 ? "IPv4" : null));
    }

    // Hosts that have addresses of the other family are there and work: they are not to be removed.
    private static string? RecommendVoids(SpfNode root, string? family)
    {
        bool areHosts = family is not null && root.SelfAndDescendants
            .SelectMany(node => node.Lookups)
            .Where(lookup => lookup.Voids.Count > 0)
            .All(lookup => lookup.Addresses.Count > 0);
        if (!areHosts) return null;

        string network = family == "IPv6" ? "ip6:" : "ip4:";
        string other = family == "IPv6" ? "ip4:" : "ip6:";
        string type = family == "IPv6" ? "AAAA" : "A";
        return "The hosts work; they only have no " + type + " record. Put the " + family + " senders (" + network + ") in front of these terms, write the hosts' addresses as "
            + other + " instead of the terms, or publish " + type + " records.";
    }

    private static IEnumerable<DnsQuestion> Voids(SpfNode root) => root.SelfAndDescendants.SelectMany(node =>
        (node.Parent is not null && node.Response is { IsVoid: true } ? new[] { node.Response.Question } : System.Array.Empty<DnsQuestion>())
            .Concat(node.Lookups.SelectMany(lookup => lookup.Voids)));

    private static void ApplyExchangers(SpfNode root, CheckSheet sheet)
    {
        foreach (SpfNode node in root.SelfAndDescendants)
        {
            foreach (SpfTermLookup lookup in node.Lookups.Where(lookup => lookup.ExchangeCount > SpfLimits.Default.MxNames))
                Report(sheet, SpfChecks.MxAddresses.With(PrintableText.Quote(lookup.Directive.Text), At(node), lookup.ExchangeCount));
        }
    }

    private static void Complete(SpfNode root, CheckSheet sheet)
    {
        SpfNode? unread = root.SelfAndDescendants.FirstOrDefault(node => node.Status is SpfNodeStatus.Failed or SpfNodeStatus.NotFollowed);
        if (unread is not null)
        {
            string why = unread.Status == SpfNodeStatus.NotFollowed
                ? "The tree is too large or too deep to be read whole."
                : "The record of " + PrintableText.Escape(unread.Name) + " could not be read: " + unread.Response!.Describe() + ".";
            sheet.CompleteUnknown(s_records, why, Cause(unread));
            sheet.CompleteUnknown(sheet.Has(SpfChecks.Lookups) ? new[] { SpfChecks.VoidLookups, SpfChecks.MxAddresses } : s_counts.Concat(s_answers), why, Cause(unread));
        }

        CompleteAnswers(root, sheet);
        SpfNode? hidden = root.SelfAndDescendants.FirstOrDefault(node => node.Status == SpfNodeStatus.Macro);
        if (hidden is not null)
        {
            string behind = "what " + PrintableText.Quote(hidden.Term!.Text) + " points to depends on the message.";
            sheet.CompleteNotApplicable(sheet.Has(SpfChecks.Lookups) ? s_answers : s_counts.Concat(s_answers), "At least " + root.CumulativeLookupCount + " lookups; " + behind);
            sheet.CompleteNotApplicable(s_records, "W" + behind.Substring(1));
        }

        // A check of what includes or redirect lead to has nothing to look at where there is neither.
        SpfNode[] below = root.SelfAndDescendants.Where(node => node.Parent is not null && node.IsLive).ToArray();
        sheet.CompletePass(s_redirect, below.Any(node => node.Term is SpfModifier), "There is no redirect.");
        sheet.CompletePass(s_includes, below.Any(node => node.Term is SpfDirective), "There is no include.");
        sheet.CompletePass(s_records, below.Length > 0, "There is neither include nor redirect.");
        sheet.CompletePass(new[] { SpfChecks.MxAddresses }, root.SelfAndDescendants.Any(node => node.Lookups.Any(lookup => lookup.ExchangeCount > 0)), "No mx in the tree has an exchanger.");
        sheet.CompletePass(s_counts.Concat(s_answers));
    }

    private static DnsResponse? Cause(SpfNode unread) => unread.Response is { IsFailure: true } failure ? failure : null;

    private static void CompleteAnswers(SpfNode root, CheckSheet sheet)
    {
        DnsResponse? failure = root.SelfAndDescendants.SelectMany(node => node.Lookups).Select(lookup => lookup.Failure).FirstOrDefault(failure => failure is not null);
        if (failure is not null)
            sheet.CompleteUnknown(s_answers, failure);
        else if (root.SelfAndDescendants.Any(node => node.IsCut))
            sheet.CompleteUnknown(s_answers, "The tree has more terms than are looked up.");
    }

    private static string At(SpfNode node) => node.Parent is null ? string.Empty : " of " + PrintableText.Escape(node.Name);

    private static void Report(CheckSheet sheet, CheckFinding finding)
    {
        if (sheet.Results.Count(result => result.Definition == finding.Check) < MostOfOneCheck) sheet.Report(finding);
    }
}

/// <summary>
/// Whether a record passes so many addresses that it says nothing of a sender: +all by another name (RFC 7208 section 11).
/// </summary>
internal static class SpfEverybody
{
    // A third of the addresses that hosts of the Internet have: nobody's own network is near that.
    private const int Part = 3;

    // What rounding may lose.
    private const double Nearly = 0.99;

    // 1.0.0.0 to 223.255.255.255 and 2000::/3 are the unicast addresses (RFC 1112 section 4, RFC 4291 section 2.4).
    private static readonly AddressSet s_hosts = AddressSet.AllIPv4.Union(AddressSet.Of(Block("2000::", 3)))
        .Subtract(AddressSet.Of(Block("0.0.0.0", 8)))
        .Subtract(AddressSet.Of(Block("224.0.0.0", 3)));

    private static readonly long s_manyIPv4 = s_hosts.IPv4Count / Part;
    private static readonly System.Numerics.BigInteger s_manyIPv6 = s_hosts.IPv6Count / Part;

    /// <summary>
    /// False where even all terms of these nodes together, however often they overlap, pass too few addresses to be everybody: nearly every tree, whose
    /// sets then need not be computed.
    /// </summary>
    public static bool MayBe(IEnumerable<SpfNode> nodes) =>
        nodes.Sum(node => (node.Record is { } record ? ShareOf(record) : 0) + node.Lookups.Sum(lookup => ShareOf(lookup.Directive, lookup.Addresses.Count))) >= Nearly;

    // Of both families together, so that it is too high rather than too low.
    private static double ShareOf(SpfRecord record)
    {
        double share = 0;
        foreach (SpfTerm term in record.Terms)
            share += term is SpfDirective { Qualifier: SpfQualifier.Pass } directive ? ShareOf(directive, hosts: 1) : 0;

        return share;
    }

    private static double ShareOf(SpfDirective directive, int hosts) => directive.Mechanism switch
    {
        SpfMechanism.All or SpfMechanism.Exists => 1,
        SpfMechanism.Ip4 => ShareOfIPv4(directive),
        SpfMechanism.Ip6 => ShareOfIPv6(directive),
        SpfMechanism.A or SpfMechanism.Mx => hosts * (ShareOfIPv4(directive) + ShareOfIPv6(directive)),
        _ => 0,
    };

    private static double ShareOfIPv4(SpfDirective directive) => Math.Pow(2, AddressBits.IPv4Length - directive.IPv4PrefixLength) / s_manyIPv4;

    private static double ShareOfIPv6(SpfDirective directive) => Math.Pow(2, AddressBits.IPv6Length - directive.IPv6PrefixLength) / (double)s_manyIPv6;

    /// <summary>What of the Internet passes, such as "IPv4"; null where it is not everybody.</summary>
    public static string? Describe(AddressSet passes)
    {
        AddressSet hosts = passes.Intersect(s_hosts);
        bool isIPv4 = hosts.IPv4Count >= s_manyIPv4;
        bool isIPv6 = hosts.IPv6Count >= s_manyIPv6;
        return isIPv4 && isIPv6 ? "IPv4 and IPv6" : isIPv4 ? "IPv4" : isIPv6 ? "IPv6" : null;
    }

    /// <summary>What of the Internet the terms of a record pass by themselves: its networks, and a and mx of a prefix length that leaves no host out.</summary>
    public static string? Describe(SpfRecord record) => ShareOf(record) < Nearly ? null : Describe(OfTerms(record));

    /// <summary>The addresses of those terms.</summary>
    public static AddressSet OfTerms(SpfRecord record)
    {
        SpfDirective? all = record.All;
        AddressSet live = AddressSet.Universe;
        AddressSet passes = AddressSet.Empty;
        var run = new List<AddressSet>();
        SpfQualifier verdict = SpfQualifier.Pass;
        foreach (SpfDirective directive in record.Directives.TakeWhile(directive => !ReferenceEquals(directive, all)))
        {
            if (directive.Qualifier != verdict)
            {
                Settle();
                verdict = directive.Qualifier;
            }

            run.AddRange(Networks(directive));
        }

        Settle();
        return passes;

        void Settle()
        {
            AddressSet match = AddressSet.UnionOf(run);
            run.Clear();
            passes = verdict == SpfQualifier.Pass ? passes.Union(match.Intersect(live)) : passes;
            live = live.Subtract(match);
        }
    }

    /// <summary>The terms that do it, for a message; empty where it is all networks together.</summary>
    public static string Terms(SpfRecord record, Func<SpfDirective, bool> passesEverybody)
    {
        SpfDirective? all = record.All;
        string[] terms = record.Directives
            .TakeWhile(directive => !ReferenceEquals(directive, all))
            .Where(directive => directive.Qualifier == SpfQualifier.Pass && passesEverybody(directive))
            .Take(3)
            .Select(directive => PrintableText.Quote(directive.Text))
            .ToArray();
        return terms.Length == 0 ? "its networks together" : string.Join(" and ", terms);
    }

    /// <summary>True for a term that passes everybody without a look at DNS.</summary>
    public static bool IsEverybody(SpfDirective directive) => Describe(AddressSet.UnionOf(Networks(directive).ToArray())) is not null;

    private static IEnumerable<AddressSet> Networks(SpfDirective directive)
    {
        if (directive.IsNetwork)
        {
            yield return AddressSet.Of(AddressBlock.Create(directive.NetworkBits, directive.PrefixLength));
        }
        else if (directive.Mechanism is SpfMechanism.A or SpfMechanism.Mx)
        {
            // With /0 any address of the name is as good as all.
            if (directive.IPv4PrefixLength == 0) yield return AddressSet.AllIPv4;
            if (directive.IPv6PrefixLength == 0) yield return AddressSet.AllIPv6;
        }
    }

    private static AddressBlock Block(string address, int prefixLength) => AddressBlock.Create(System.Net.IPAddress.Parse(address), prefixLength);
}

/// <summary>Judges the networks of a record: ip4 and ip6, and the prefix lengths of a and mx (RFC 7208 sections 5.3 to 5.6).</summary>
internal static class SpfNetworkRules
{
    private const int BroadestIPv4 = 16;
    private const int BroadestIPv6 = 32;

    /// <summary>Most terms that are compared with each other.</summary>
    private const int MostCompared = 500;

    public static void Apply(SpfRecord record, SpfReporter report)
    {
        SpfDirective? all = record.All;
        SpfDirective[] live = record.Directives.TakeWhile(directive => !ReferenceEquals(directive, all)).ToArray();
        foreach (SpfDirective directive in live)
        {
            ApplyBreadth(directive, report);
            if (directive.IsNetwork) ApplyNetwork(directive, report);
        }

        ApplyOverlaps(live.Take(MostCompared).ToArray(), report);
    }

    private static void ApplyNetwork(SpfDirective directive, SpfReporter report)
    {
        AddressBits network = directive.NetworkBits.Network(directive.PrefixLength);
        if (!network.Equals(directive.NetworkBits))
            report.Corrected(SpfChecks.HostBits.With(PrintableText.Quote(directive.Text), network, directive.PrefixLength));

        string? special = SpecialAddresses.Describe(directive);
        if (special is not null)
            report.Plain(SpfChecks.PrivateAddress.With(PrintableText.Quote(directive.Text), special));
    }

    private static void ApplyBreadth(SpfDirective directive, SpfReporter report)
    {
        bool takesPrefix = directive.IsNetwork || directive.Mechanism is SpfMechanism.A or SpfMechanism.Mx;
        if (!takesPrefix || directive.Qualifier != SpfQualifier.Pass) return;

        if (directive.Mechanism != SpfMechanism.Ip6 && directive.IPv4PrefixLength < BroadestIPv4)
        {
            double count = Math.Pow(2, AddressBits.IPv4Length - directive.IPv4PrefixLength);
            report.Plain(SpfChecks.BroadNetwork.With(PrintableText.Quote(directive.Text), count.ToString("#,0", CultureInfo.InvariantCulture) + " IPv4"));
        }

        if (directive.Mechanism != SpfMechanism.Ip4 && directive.IPv6PrefixLength < BroadestIPv6)
            report.Plain(SpfChecks.BroadNetwork.With(PrintableText.Quote(directive.Text), "2^" + (AddressBits.IPv6Length - directive.IPv6PrefixLength) + " IPv6"));
    }

    private static void ApplyOverlaps(SpfDirective[] live, SpfReporter report)
    {
        for (int i = 0; i < live.Length; i++)
        {
            SpfDirective? cover = live[i].IsNetwork ? FindCover(live, i) : null;
            if (cover is not null)
            {
                string what = cover.Offset < live[i].Offset && cover.Qualifier != live[i].Qualifier
                    ? " can never match: "
                    : " changes nothing: ";
                report.Plain(SpfChecks.OverlappingNetwork.With(PrintableText.Quote(live[i].Text), what, PrintableText.Quote(cover.Text)));
            }
        }
    }

    // A wider network before it; or one after it, when no other verdict can come between.
    private static SpfDirective? FindCover(SpfDirective[] live, int index)
    {
        SpfDirective term = live[index];
        for (int i = 0; i < live.Length; i++)
        {
            if (i > index && live[i].Qualifier != term.Qualifier) return null;
            if (i != index && Covers(live[i], term)) return live[i];
        }

        return null;
    }

    private static bool Covers(SpfDirective other, SpfDirective term) =>
        other.IsNetwork
        && other.PrefixLength < term.PrefixLength
        && term.NetworkBits.IsInNetwork(other.NetworkBits, other.PrefixLength);
}
