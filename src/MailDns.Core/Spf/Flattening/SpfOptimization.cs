using System;
using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Spf;

/// <summary>A record optimised, and what was done to it.</summary>
internal sealed class SpfOptimization
{
    public SpfOptimization(
        DomainName domain,
        string before,
        string after,
        IReadOnlyList<SpfPart> parts,
        SpfCost costBefore,
        SpfCost costAfter,
        IReadOnlyList<string> changes,
        IReadOnlyList<string> warnings)
    {
        Domain = domain;
        Before = before;
        After = after;
        Parts = parts;
        CostBefore = costBefore;
        CostAfter = costAfter;
        Changes = changes;
        Warnings = warnings;
    }

    public DomainName Domain { get; }

    public string Before { get; }

    public string After { get; }

    /// <summary>The records that the main one includes; none when it is short enough.</summary>
    public IReadOnlyList<SpfPart> Parts { get; }

    public SpfCost CostBefore { get; }

    public SpfCost CostAfter { get; }

    public bool IsChanged => !string.Equals(Before, After, StringComparison.Ordinal);

    /// <summary>What was dropped and joined, for a person who wants to know.</summary>
    public IReadOnlyList<string> Changes { get; }

    /// <summary>What was kept and why, and what else a person must know before publishing.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>"SPF of example.com: 312 octets and 9 lookups before; 120 octets and 0 lookups after."</summary>
    public override string ToString() => IsChanged
        ? "SPF of " + Domain + ": " + Before.Length + " octets and " + CostBefore.Lookups + " lookups before; "
            + After.Length + " octets and " + CostAfter.Lookups + " lookups after."
        : "SPF of " + Domain + ": nothing to shorten.";
}
