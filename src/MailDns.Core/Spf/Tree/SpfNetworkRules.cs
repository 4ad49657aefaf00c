namespace MailDns.Spf;

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
