using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>
/// What a record decides, as an ordered list over the client's address: RFC 7208 section 4.6.2 with every include replaced
/// by the addresses that its check_host passes (section 5.2), a and mx by their networks, redirect by its target's own list.
/// </summary>
internal sealed class SpfDecision
{
    private SpfPartition? _partition;

    public SpfDecision(IReadOnlyList<SpfStep> steps, SpfQualifier? end, string redirect, SpfCost cost)
    {
        Steps = steps;
        End = end;
        Redirect = redirect;
        Cost = cost;
    }

    public IReadOnlyList<SpfStep> Steps { get; }

    /// <summary>
    /// The verdict of an address that no step takes: that of all, or neutral (section 4.7). None when a redirect decides that
    /// cannot be replaced.
    /// </summary>
    public SpfQualifier? End { get; }

    /// <summary>The target of that redirect, as written; else empty.</summary>
    public string Redirect { get; }

    /// <summary>What the longest way through the record costs.</summary>
    public SpfCost Cost { get; }

    public SpfPartition Partition => _partition ??= SpfPartition.Of(Steps, End, Redirect);
}
