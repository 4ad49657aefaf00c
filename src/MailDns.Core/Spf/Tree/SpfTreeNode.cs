namespace MailDns;

/// <summary>One place in the tree of includes and redirects of a domain's SPF record.</summary>
public sealed class SpfTreeNode
{
    internal SpfTreeNode(string domain, int depth, SpfTreeStatus status)
    {
        Domain = domain;
        Depth = depth;
        Status = status;
    }

    /// <summary>The domain whose record this is; with macros, as the term spells it.</summary>
    public string Domain { get; }

    /// <summary>How many includes and redirects lead here; 0 for the domain itself.</summary>
    public int Depth { get; }

    /// <summary>What stands here.</summary>
    public SpfTreeStatus Status { get; }

    /// <summary>The include or redirect that leads here, as it is spelt; null for the domain itself.</summary>
    public string? Term { get; internal init; }

    /// <summary>
    /// Who runs the domain: the platform whose profile names it, or the domain at the root of the tree for itself and the
    /// names below it; null where neither is known.
    /// </summary>
    public string? Owner { get; internal init; }

    /// <summary>The record, escaped for display; null where there is none or it was not read.</summary>
    public string? Record { get; internal init; }

    /// <summary>Terms of this record that count against the ten of RFC 7208 section 4.6.4; the hosts of an mx do not.</summary>
    public int LookupCount { get; internal init; }

    /// <summary>The same with everything below, as a client that matches nothing meets them.</summary>
    public int CumulativeLookupCount { get; internal init; }

    /// <summary>Lookups without an answer that this record causes, of the two allowed; of the two address families the larger number.</summary>
    public int VoidLookupCount { get; internal init; }

    /// <summary>The same with everything below.</summary>
    public int CumulativeVoidLookupCount { get; internal init; }

    /// <summary>IPv4 addresses that the record passes, with what it includes.</summary>
    public long IPv4AddressCount { get; internal init; }

    /// <summary>IPv6 addresses that the record passes, with what it includes: exact up to 2^53, to 16 digits above.</summary>
    public double IPv6AddressCount { get; internal init; }

    /// <summary>The networks that the record passes, with what it includes, in the fewest blocks.</summary>
    public string[] Networks { get; internal init; } = Array.Empty<string>();

    /// <summary>False where the addresses are the least: a term depends on the message, or a lookup failed.</summary>
    public bool IsComplete { get; internal init; }

    /// <summary>True where the domain stands above this place already.</summary>
    public bool IsLoop => Status == SpfTreeStatus.Loop;

    /// <summary>True where the term is never evaluated.</summary>
    public bool IsDead => Status == SpfTreeStatus.Dead;

    /// <summary>What is wrong here, in one line; null where nothing is.</summary>
    public string? Problem { get; internal init; }

    /// <summary>The branches and the term, so that the nodes of a domain one below the other draw its tree.</summary>
    public string TreeText { get; internal init; } = string.Empty;

    /// <summary>The includes in the order of the record, then the redirect.</summary>
    public SpfTreeNode[] Children { get; internal init; } = Array.Empty<SpfTreeNode>();

    /// <summary>The branches and the term.</summary>
    public override string ToString() => TreeText;
}
