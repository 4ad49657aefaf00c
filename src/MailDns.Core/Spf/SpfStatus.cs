using MailDns.Spf;

namespace MailDns;

/// <summary>What a domain publishes for SPF (RFC 7208), what it costs receivers, and what is wrong with it.</summary>
public sealed class SpfStatus : AreaStatus
{
    internal SpfStatus(DomainName domain, SpfNode tree, CheckSheet sheet)
        : base(domain.Text, domain.Text)
    {
        Tree = tree;
        Records = tree.Texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        Spf = tree.Record;
        Judge(sheet, isThere: true);
    }

    /// <summary>The record's text, its strings joined, escaped for display; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>The terms of the record, those that follow the grammar; null where there is not exactly one record.</summary>
    public SpfRecord? Spf { get; }

    /// <summary>
    /// Terms of the whole tree that need lookups, counted as RFC 7208 section 4.6.4 does; the limit is 10. Null where that
    /// is not known. What stands behind an include with macros is not in it.
    /// </summary>
    public int? LookupCount => Tree.Record is null || Tree.IsTreeIncomplete ? null : Tree.CumulativeLookupCount;

    /// <summary>
    /// Lookups without an answer, for an IPv4 or an IPv6 client, whichever causes more; the limit is 2 (RFC 7208
    /// section 4.6.4). Null where that is not known.
    /// </summary>
    public int? VoidLookupCount => Tree.Record is null || Tree.IsIncomplete ? null : Tree.CumulativeVoidLookupCount;

    /// <summary>What hosts get that match nothing: the qualifier of all, here or where redirect leads; null where there is neither.</summary>
    public SpfQualifier? All => FindAll(Tree);

    internal SpfNode Tree { get; }

    /// <summary>The record's text, or what stands in its place.</summary>
    public override string ToString() => Record ?? Domain + ": " + Records.Length + " SPF records";

    private static SpfQualifier? FindAll(SpfNode node)
    {
        if (node.Record?.All is { } all) return all.Qualifier;

        SpfNode? target = node.Children.FirstOrDefault(child => child.Term is SpfModifier && child.Record is not null);
        return target is null ? null : FindAll(target);
    }
}
