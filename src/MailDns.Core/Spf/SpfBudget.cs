using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Text;

namespace MailDns.Spf;

/// <summary>What a record costs of the limits of RFC 7208 section 4.6.4, and what is wrong below it.</summary>
internal sealed class SpfBudget
{
    private SpfBudget(SpfCost cost, bool isWhole, IReadOnlyList<string> errors, IReadOnlyList<string> failures)
    {
        Cost = cost;
        IsWhole = isWhole;
        Errors = errors;
        Failures = failures;
    }

    public SpfCost Cost { get; }

    /// <summary>False when only the record's own terms were counted, not what they include.</summary>
    public bool IsWhole { get; }

    /// <summary>Terms that make the record a permerror for some address, and why; escaped for display.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Terms whose lookup failed, so that the numbers may be too low; escaped for display.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>True when the record is a permerror for some address (it has errors or is over a limit).</summary>
    public bool IsBroken => Errors.Count > 0 || !Cost.IsWithinLimits;

    /// <summary>Why <see cref="IsBroken"/>, in words.</summary>
    public string Problem
    {
        get
        {
            if (Errors.Count > 0)
            {
                return Errors[0];
            }

            return Cost.Lookups > SpfCost.MaxLookups
                ? "it takes " + Cost.Lookups + " lookups of " + SpfCost.MaxLookups
                : "it takes " + Cost.Voids + " void lookups of " + SpfCost.MaxVoids;
        }
    }

    /// <summary>Counts a record; without a resolver its own terms only.</summary>
    public static async Task<SpfBudget> CountAsync(DomainName domain, SpfRecord record, IDnsResolver? resolver, CancellationToken cancellationToken)
    {
        var reader = new SpfDecisionReader(resolver, new Dictionary<DomainName, SpfRecord>());
        SpfDecision decision = await reader.ReadAsync(domain, record, cancellationToken).ConfigureAwait(false);
        return new SpfBudget(
            decision.Cost,
            isWhole: resolver is not null,
            Describe(decision, SpfStepKind.PermError),
            Describe(decision, SpfStepKind.TempError));
    }

    /// <summary>"7 of 10 lookups, 1 of 2 void lookups".</summary>
    public override string ToString() =>
        (Cost.IsOpen || !IsWhole || Failures.Count > 0 ? "at least " : string.Empty)
        + Cost.Lookups + " of " + SpfCost.MaxLookups + " lookups"
        + (IsWhole ? ", " + Cost.Voids + " of " + SpfCost.MaxVoids + " void lookups" : string.Empty);

    private static IReadOnlyList<string> Describe(SpfDecision decision, SpfStepKind kind) => decision.Partition.Errors
        .Where(step => step.Kind == kind)
        .Select(static step => PrintableText.Quote(step.Mechanism) + ": " + step.Reason)
        .ToArray();
}
