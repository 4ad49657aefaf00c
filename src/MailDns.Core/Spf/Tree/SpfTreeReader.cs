using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Text;

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
        if (node.Domain is null)
        {
            return null;
        }

        return platformOf?.Invoke(node.Domain) ?? (node.Domain.IsSameOrBelow(root) ? root.ToString() : null);
    }

    private static void AddBelow(SpfTreeNode node, List<SpfTreeNode> nodes)
    {
        nodes.Add(node);
        foreach (SpfTreeNode child in node.Children)
        {
            AddBelow(child, nodes);
        }
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
        SpfNodeStatus.Invalid => node.Reading!.Faults[0].Error.Message,
        SpfNodeStatus.None => "No SPF record.",
        SpfNodeStatus.Multiple => node.Texts.Count + " SPF records (RFC 7208 section 4.5).",
        SpfNodeStatus.Failed => "Unknown: " + node.Response!.Question + ": " + node.Response.Describe() + ".",
        SpfNodeStatus.Loop => "A loop: the domain stands above this place.",
        SpfNodeStatus.Macro => "Depends on the message.",
        SpfNodeStatus.Malformed => "No domain name.",
        SpfNodeStatus.Dead => "Never evaluated (RFC 7208 section 5.1, 6.1).",
        _ => "Not followed: the tree is too large.",
    };

    private static string? ProblemOfLookups(SpfNode node)
    {
        DnsResponse? failure = node.Lookups.Select(static lookup => lookup.Failure).FirstOrDefault(static failed => failed is not null);
        if (failure is not null)
        {
            return "Unknown: " + failure.Question + ": " + failure.Describe() + ".";
        }

        if (node.Lookups.FirstOrDefault(static lookup => lookup.ExchangeCount > SpfLimits.Default.MxNames) is { } wide)
        {
            return PrintableText.Quote(wide.Directive.Text) + " has " + wide.ExchangeCount + " mail exchangers of 10 (RFC 7208 section 4.6.4).";
        }

        if (node.CumulativeLookupCount > SpfCost.MaxLookups)
        {
            return node.CumulativeLookupCount + " lookups of 10 (RFC 7208 section 4.6.4).";
        }

        return node.CumulativeVoidLookupCount > SpfCost.MaxVoids
            ? node.CumulativeVoidLookupCount + " void lookups of 2 (RFC 7208 section 4.6.4)."
            : null;
    }
}
