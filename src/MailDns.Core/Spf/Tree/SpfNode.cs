namespace MailDns.Spf;

/// <summary>One place in the tree of includes and redirects: the domain, its record, and what evaluating all of it costs.</summary>
internal sealed class SpfNode(SpfNode? parent, SpfTerm? term, string name, DomainName? domain)
{
    private readonly List<SpfNode> _children = new();
    private readonly List<SpfTermLookup> _lookups = new();

    public SpfNode? Parent { get; } = parent;

    /// <summary>The include or redirect that leads here; null at the root.</summary>
    public SpfTerm? Term { get; } = term;

    /// <summary>The domain as text: expanded where that needs no message, else as the term spells it. Not escaped.</summary>
    public string Name { get; } = name;

    /// <summary>The domain; null where it depends on the message or is no name.</summary>
    public DomainName? Domain { get; } = domain;

    /// <summary>0 at the root.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public SpfNodeStatus Status { get; set; }

    /// <summary>The answer to the TXT question; null where none was asked.</summary>
    public DnsResponse? Response { get; set; }

    /// <summary>All SPF records at the domain (RFC 7208 section 4.5). Not escaped.</summary>
    public IReadOnlyList<string> Texts { get; set; } = Array.Empty<string>();

    /// <summary>The record, read leniently; null where there is not exactly one.</summary>
    public SpfReading? Reading { get; set; }

    /// <summary>The right terms of the record; null where there is not exactly one record.</summary>
    public SpfRecord? Record => Reading?.Record;

    /// <summary>Includes in the order of the record, then the redirect; dead ones among them.</summary>
    public IReadOnlyList<SpfNode> Children => _children;

    /// <summary>The a, mx, ptr and exists terms that are evaluated, in the order of the record.</summary>
    public IReadOnlyList<SpfTermLookup> Lookups => _lookups;

    /// <summary>Terms of this record that count against the ten (RFC 7208 section 4.6.4).</summary>
    public int LookupCount { get; set; }

    /// <summary>The same, with everything below.</summary>
    public int CumulativeLookupCount => LookupCount + _children.Sum(child => child.CumulativeLookupCount);

    /// <summary>Void lookups that the terms of this record cause for an IPv4 client.</summary>
    public int IPv4VoidCount => _lookups.Sum(lookup => lookup.IPv4VoidCount) + VoidChildren;

    /// <summary>Void lookups that the terms of this record cause for an IPv6 client.</summary>
    public int IPv6VoidCount => _lookups.Sum(lookup => lookup.IPv6VoidCount) + VoidChildren;

    /// <summary>The larger of the two families.</summary>
    public int VoidLookupCount => Math.Max(IPv4VoidCount, IPv6VoidCount);

    public int CumulativeIPv4VoidCount => IPv4VoidCount + _children.Sum(child => child.CumulativeIPv4VoidCount);

    public int CumulativeIPv6VoidCount => IPv6VoidCount + _children.Sum(child => child.CumulativeIPv6VoidCount);

    /// <summary>The larger of the two families, everything below included.</summary>
    public int CumulativeVoidLookupCount => Math.Max(CumulativeIPv4VoidCount, CumulativeIPv6VoidCount);

    /// <summary>True where the term is evaluated.</summary>
    public bool IsLive => Status != SpfNodeStatus.Dead;

    /// <summary>This node and all below, from top to bottom.</summary>
    public IReadOnlyList<SpfNode> SelfAndDescendants
    {
        get
        {
            var all = new List<SpfNode>();
            CollectTo(all);
            return all;
        }
    }

    /// <summary>The names from the root to here.</summary>
    public IEnumerable<string> Path => Parent is null ? new[] { Name } : Parent.Path.Concat(new[] { Name });

    /// <summary>True where the record has more terms than a walk looks up.</summary>
    public bool IsCut { get; set; }

    /// <summary>True where a lookup here or below failed or was not made, so that counts and addresses may be too low.</summary>
    public bool IsIncomplete =>
        Status is SpfNodeStatus.Failed or SpfNodeStatus.NotFollowed
        || IsCut
        || _lookups.Any(lookup => lookup.Failure is not null)
        || _children.Any(child => child.IsIncomplete);

    /// <summary>True where a record here or below could not be read, so that terms may be missing.</summary>
    public bool IsTreeIncomplete =>
        Status is SpfNodeStatus.Failed or SpfNodeStatus.NotFollowed || _children.Any(child => child.IsTreeIncomplete);

    private int VoidChildren => _children.Count(child => child.Response is { IsVoid: true });

    public void Add(SpfNode child) => _children.Add(child);

    private void CollectTo(List<SpfNode> all)
    {
        all.Add(this);
        foreach (SpfNode child in _children)
            child.CollectTo(all);
    }

    public void Add(SpfTermLookup lookup) => _lookups.Add(lookup);

    /// <summary>True where the domain stands at this node or above it.</summary>
    public bool IsOnPath(DomainName domain)
    {
        for (SpfNode? node = this; node is not null; node = node.Parent)
        {
            if (domain.Equals(node.Domain)) return true;
        }

        return false;
    }
}

/// <summary>What the walk found at one place of the include tree.</summary>
internal enum SpfNodeStatus
{
    /// <summary>One record that follows the grammar.</summary>
    Found,

    /// <summary>One record with a syntax error; its right terms are walked all the same.</summary>
    Invalid,

    /// <summary>No SPF record: none at the root, permerror below it.</summary>
    None,

    /// <summary>More than one SPF record: permerror.</summary>
    Multiple,

    /// <summary>The lookup failed: nothing is known.</summary>
    Failed,

    /// <summary>The domain stands above this place already.</summary>
    Loop,

    /// <summary>The domain depends on the message (macros).</summary>
    Macro,

    /// <summary>The domain is no name that DNS can carry.</summary>
    Malformed,

    /// <summary>The term is never evaluated: it stands after all, or is a redirect beside all.</summary>
    Dead,

    /// <summary>The walk ended before it: too many names or too deep.</summary>
    NotFollowed,
}
