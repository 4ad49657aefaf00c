using System.Collections.Generic;

namespace MailDns.Spf;

/// <summary>
/// What a record decides, as an ordered list over the client's address: RFC 7208 section 4.6.2 with every include replaced
/// by the addresses that its check_host passes (section 5.2), a and mx by their networks, redirect by its target's own list.
/// </summary>
internal sealed class SpfDecision
{
    private SpfPartition? _partition;

    public SpfDecision(IReadOnlyList<SpfStep> steps, SpfQualifier end, SpfStep? redirect, SpfCost cost, bool hasExplanation)
    {
        Steps = steps;
        End = end;
        Redirect = redirect;
        Cost = cost;
        HasExplanation = hasExplanation;
    }

    public IReadOnlyList<SpfStep> Steps { get; }

    /// <summary>The verdict of an address that no step takes: that of all, or neutral (section 4.7).</summary>
    public SpfQualifier End { get; }

    /// <summary>A redirect that decides in place of <see cref="End"/> and cannot be replaced; else null.</summary>
    public SpfStep? Redirect { get; }

    /// <summary>What the longest way through the record costs.</summary>
    public SpfCost Cost { get; }

    /// <summary>True when the record, or one that it redirects to, has an exp modifier.</summary>
    public bool HasExplanation { get; }

    public SpfPartition Partition => _partition ??= SpfPartition.Of(Steps, End, Redirect);
}
