namespace MailDns.Spf;

/// <summary>
/// Whether a record passes so many addresses that it says nothing of a sender: +all by another name (RFC 7208 section 11).
/// </summary>
internal static class SpfEverybody
{
    // A third of the addresses that hosts of the Internet have: nobody's own network is near that.
    private const int Part = 3;

    // 1.0.0.0 to 223.255.255.255 and 2000::/3 are the unicast addresses (RFC 1112 section 4, RFC 4291 section 2.4).
    private static readonly AddressSet s_hosts = AddressSet.AllIPv4.Union(AddressSet.Of(Block("2000::", 3)))
        .Subtract(AddressSet.Of(Block("0.0.0.0", 8)))
        .Subtract(AddressSet.Of(Block("224.0.0.0", 3)));

    /// <summary>What of the Internet passes, such as "IPv4"; null where it is not everybody.</summary>
    public static string? Describe(AddressSet passes)
    {
        AddressSet hosts = passes.Intersect(s_hosts);
        bool isIPv4 = hosts.IPv4Count >= s_hosts.IPv4Count / Part;
        bool isIPv6 = hosts.IPv6Count >= s_hosts.IPv6Count / Part;
        return isIPv4 && isIPv6 ? "IPv4 and IPv6" : isIPv4 ? "IPv4" : isIPv6 ? "IPv6" : null;
    }

    /// <summary>What the terms of a record pass by themselves: its networks, and a and mx of a prefix length that leaves no host out.</summary>
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
