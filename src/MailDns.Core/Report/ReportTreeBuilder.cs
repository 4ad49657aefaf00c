namespace MailDns.Report;

/// <summary>
/// Puts SPF trees together from nodes as Get-SpfTree writes them: one a line, from top to bottom, with their depth. Copies
/// from a job have no children, so depth alone decides.
/// </summary>
internal sealed class ReportTreeBuilder
{
    // Get-SpfTree goes less deep; a foreign object may claim anything.
    private const int Deepest = 64;

    private readonly List<ReportTreeNode> _path = new();

    /// <summary>
    /// Takes the next node; true where it has its place. False where it lies below nothing, e.g. in a filtered list.
    /// </summary>
    public bool TryAdd(ReportTreeNode node, Action<ReportTreeNode> newRoot)
    {
        if (node.Depth == 0)
        {
            _path.Clear();
            newRoot(node);
        }
        else if (node.Depth > _path.Count || node.Depth > Deepest)
        {
            return false;
        }
        else
        {
            _path.RemoveRange(node.Depth, _path.Count - node.Depth);
            _path[node.Depth - 1].Children.Add(node);
        }

        _path.Add(node);
        return true;
    }
}
