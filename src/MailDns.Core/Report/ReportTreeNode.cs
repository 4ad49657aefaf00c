namespace MailDns.Report;

/// <summary>A place of an SPF tree.</summary>
internal sealed class ReportTreeNode
{
    public string Domain { get; init; } = string.Empty;

    public int Depth { get; init; }

    /// <summary>The name of an <see cref="SpfTreeStatus"/>.</summary>
    public string Status { get; init; } = string.Empty;

    public string? Term { get; init; }

    public string? Owner { get; init; }

    public string? Record { get; init; }

    public int LookupCount { get; init; }

    public int CumulativeLookupCount { get; init; }

    public int CumulativeVoidLookupCount { get; init; }

    public long IPv4AddressCount { get; init; }

    public string? Problem { get; init; }

    public List<ReportTreeNode> Children { get; } = new();

    /// <summary>The node and all below it, from top to bottom.</summary>
    public IEnumerable<ReportTreeNode> Walk()
    {
        var open = new Stack<ReportTreeNode>();
        open.Push(this);
        while (open.Count > 0)
        {
            ReportTreeNode node = open.Pop();
            yield return node;
            for (int i = node.Children.Count - 1; i >= 0; i--)
                open.Push(node.Children[i]);
        }
    }
}
