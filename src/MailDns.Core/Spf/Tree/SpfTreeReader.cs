namespace MailDns.Spf;

/// <summary>Reads a domain's SPF tree for people.</summary>
internal static class SpfTreeReader
{
    /// <summary>The nodes from top to bottom: the domain itself, then each include with all below it.</summary>
    /// <param name="domain">The domain at the root.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="platformOf">The platform that a domain belongs to, for <see cref="SpfTreeNode.Owner"/>; null where nobody knows.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static async Task<IReadOnlyList<SpfTreeNode>> ReadAsync(DomainName domain, IDnsResolver resolver, Func<DomainName, string?>? platformOf, CancellationToken cancellationToken)
    {
        SpfNode root = await SpfTreeWalker.WalkAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        var nodes = new List<SpfTreeNode>();
        AddBelow(Build(root, node => OwnerOf(node, domain, platformOf), new Dictionary<SpfNode, SpfAuthorization>(), string.Empty, string.Empty), nodes);
        return nodes;
    }

    private static string? OwnerOf(SpfNode node, DomainName root, Func<DomainName, string?>? platformOf)
    {
        if (node.Domain is null) return null;

        return platformOf?.Invoke(node.Domain) ?? (node.Domain.IsSameOrBelow(root) ? root.ToString() : null);
    }

    private static void AddBelow(SpfTreeNode node, List<SpfTreeNode> nodes)
    {
        nodes.Add(node);
        foreach (SpfTreeNode child in node.Children)
            AddBelow(child, nodes);
    }

    // The branches are those of the tree command of Windows with /A: every console can show them.
    private static SpfTreeNode Build(SpfNode node, Func<SpfNode, string?> ownerOf, Dictionary<SpfNode, SpfAuthorization> known, string branch, string indent)
    {
        var children = new List<SpfTreeNode>();
        for (int i = 0; i < node.Children.Count; i++)
        {
            bool isLast = i == node.Children.Count - 1;
            children.Add(Build(node.Children[i], ownerOf, known, indent + (isLast ? "\\---" : "+---"), indent + (isLast ? "    " : "|   ")));
        }

        SpfAuthorization authorization = SpfAuthorization.Of(node, known);
        known.Add(node, authorization);
        string? term = node.Term is null ? null : PrintableText.Escape(node.Term.Text);
        return new SpfTreeNode(PrintableText.Escape(node.Name), node.Depth, StatusOf(node))
        {
            Term = term,
            Owner = ownerOf(node),
            Record = node.Texts.Count == 1 ? PrintableText.Escape(node.Texts[0]) : null,
            LookupCount = node.LookupCount,
            CumulativeLookupCount = node.CumulativeLookupCount,
            VoidLookupCount = node.VoidLookupCount,
            CumulativeVoidLookupCount = node.CumulativeVoidLookupCount,
            IPv4AddressCount = authorization.Addresses.IPv4Count,
            IPv6AddressCount = (double)authorization.Addresses.IPv6Count,
            Networks = authorization.Addresses.ToBlocks().Select(static block => block.ToString()).ToArray(),
            IsComplete = authorization.IsComplete,
            Problem = ProblemOf(node),
            TreeText = branch + (term ?? PrintableText.Escape(node.Name)),
            Children = children.ToArray(),
        };
    }

    private static SpfTreeStatus StatusOf(SpfNode node) => node.Status switch
    {
        SpfNodeStatus.Found => SpfTreeStatus.Found,
        SpfNodeStatus.Invalid => SpfTreeStatus.Invalid,
        SpfNodeStatus.None => SpfTreeStatus.None,
        SpfNodeStatus.Multiple => SpfTreeStatus.Multiple,
        SpfNodeStatus.Failed => SpfTreeStatus.Unknown,
        SpfNodeStatus.Loop => SpfTreeStatus.Loop,
        SpfNodeStatus.Macro => SpfTreeStatus.Macro,
        SpfNodeStatus.Malformed => SpfTreeStatus.Malformed,
        SpfNodeStatus.Dead => SpfTreeStatus.Dead,
        _ => SpfTreeStatus.NotFollowed,
    };

    private static string? ProblemOf(SpfNode node) => node.Status switch
    {
        SpfNodeStatus.Found => ProblemOfLookups(node),
        SpfNodeStatus.Invalid => node.Reading!.Faults[0].Message,
        SpfNodeStatus.None => "No SPF record.",
        SpfNodeStatus.Multiple => node.Texts.Count + " SPF records (RFC 7208 section 4.5).",
        SpfNodeStatus.Failed => "Unknown: " + node.Response!.Question + ": " + node.Response.Describe() + ".",
        SpfNodeStatus.Loop => "A loop: the domain is above this place.",
        SpfNodeStatus.Macro => "Depends on the message.",
        SpfNodeStatus.Malformed => "No domain name.",
        SpfNodeStatus.Dead => "Never evaluated (RFC 7208 section 5.1, 6.1).",
        _ => "Not followed: the tree is too large.",
    };

    private static string? ProblemOfLookups(SpfNode node)
    {
        DnsResponse? failure = node.Lookups.Select(static lookup => lookup.Failure).FirstOrDefault(static failed => failed is not null);
        if (failure is not null) return "Unknown: " + failure.Question + ": " + failure.Describe() + ".";

        if (node.Lookups.FirstOrDefault(static lookup => lookup.ExchangeCount > SpfLimits.Default.MxNames) is { } wide)
            return PrintableText.Quote(wide.Directive.Text) + " has " + wide.ExchangeCount + " mail exchangers of 10 (RFC 7208 section 4.6.4).";

        if (node.CumulativeLookupCount > SpfCost.MaxLookups)
            return node.CumulativeLookupCount + " lookups of 10 (RFC 7208 section 4.6.4).";

        return node.CumulativeVoidLookupCount > SpfCost.MaxVoids
            ? node.CumulativeVoidLookupCount + " void lookups of 2 (RFC 7208 section 4.6.4)."
            : null;
    }
}

/// <summary>What DNS says of one a, mx, ptr or exists term, as far as it does not depend on the message.</summary>
internal sealed class SpfTermLookup(SpfDirective directive)
{
    public SpfDirective Directive { get; } = directive;

    /// <summary>The target name; null where it depends on the message or is no name.</summary>
    public DomainName? Target { get; init; }

    /// <summary>True where nothing could be asked without a message: macros, ptr.</summary>
    public bool DependsOnMessage { get; init; }

    /// <summary>The addresses of a and mx, both families, in the order found.</summary>
    public IReadOnlyList<AddressBits> Addresses { get; init; } = Array.Empty<AddressBits>();

    /// <summary>True for an exists whose name has an A record.</summary>
    public bool Exists { get; init; }

    /// <summary>Number of MX records of an mx term; over ten is a permerror (RFC 7208 section 4.6.4).</summary>
    public int ExchangeCount { get; init; }

    /// <summary>Void lookups that an IPv4 client causes here.</summary>
    public int IPv4VoidCount { get; init; }

    /// <summary>Void lookups that an IPv6 client causes here.</summary>
    public int IPv6VoidCount { get; init; }

    /// <summary>The void answers, for a message.</summary>
    public IReadOnlyList<DnsQuestion> Voids { get; init; } = Array.Empty<DnsQuestion>();

    /// <summary>The first lookup that failed; the rest of this object is then not the whole truth.</summary>
    public DnsResponse? Failure { get; init; }
}
