using MailDns.Dmarc;

namespace MailDns.Messages;

/// <summary>The DMARC result of a message (RFC 9989 section 5.3).</summary>
internal static class MessageDmarc
{
    public static void Conclude(MessageFacts facts)
    {
        (facts.DmarcResult, facts.DmarcReason) = Decide(facts);
        facts.IsConclusive = facts.DmarcResult switch
        {
            AuthenticationResultCode.Pass => true,
            AuthenticationResultCode.Fail => facts.SpfInput is { CountsForDmarc: true } && !IsCopyInDoubt(facts),
            AuthenticationResultCode.TempError => false,
            _ => true,
        };
    }

    /// <summary>True where a signature that could have passed aligned is spoilt by how the copy was made.</summary>
    public static bool IsCopyInDoubt(MessageFacts facts) =>
        facts.Dkim.Any(signature => signature.Aligned == true && signature.Result is AuthenticationResultCode.Fail or AuthenticationResultCode.Neutral
            && (signature.Repair is not null || (signature.BodyMatches != true && facts.Alterer is not null)));

    private static (AuthenticationResultCode Code, string Reason) Decide(MessageFacts facts)
    {
        if (facts.Discovery is not { } discovery)
            return (AuthenticationResultCode.None, "DMARC does not apply: " + facts.AuthorFault + ".");

        // Section 5.3.6: what may apply is not known while a lookup on the way to it fails.
        if (discovery.Selection.Outcome == DmarcOutcome.Unknown)
        {
            return (AuthenticationResultCode.TempError, "Which policy applies to " + discovery.Domain + " is not known: " + DmarcPlaceRules.Describe(discovery.Selection.Failure!));
        }

        if (discovery.Selection.Outcome == DmarcOutcome.Missing)
            return (AuthenticationResultCode.None, "No DMARC record applies to " + discovery.Domain + ".");

        if (discovery.Policy.Effective is null && discovery.ExistenceFailure is null)
        {
            return (AuthenticationResultCode.None, "The DMARC record of " + discovery.Selection.Domain + " has no valid policy and no valid rua, so receivers apply no DMARC.");
        }

        return Judge(facts, discovery);
    }

    private static (AuthenticationResultCode Code, string Reason) Judge(MessageFacts facts, DmarcDiscovery discovery)
    {
        string[] passes = Passes(facts).ToArray();
        if (passes.Length > 0)
            return (AuthenticationResultCode.Pass, "Aligned with " + discovery.Domain + ": " + string.Join("; ", passes) + ".");

        if (Unknowns(facts).FirstOrDefault() is { } unknown)
            return (AuthenticationResultCode.TempError, unknown + "; without it nothing aligned passes.");

        string dkim = facts.Dkim.Count == 0 ? "there is no signature"
            : facts.Dkim.Any(signature => signature.Result == AuthenticationResultCode.Pass) ? "no signature that passes aligns"
            : facts.Dkim.Any(signature => signature.Aligned == true) ? "the aligned signature does not pass"
            : "no signature passes";
        return (AuthenticationResultCode.Fail, "By DKIM, " + dkim + "; by SPF, " + DescribeSpf(facts) + ".");
    }

    private static IEnumerable<string> Passes(MessageFacts facts)
    {
        foreach (DkimSignatureResult signature in facts.Aligned.Take(3))
            yield return "the DKIM signature of " + signature.Domain;

        if (facts.SpfPassesAligned) yield return "SPF of " + facts.Spf!.Domain;
    }

    private static IEnumerable<string> Unknowns(MessageFacts facts)
    {
        foreach (DkimSignatureResult signature in facts.Dkim)
        {
            if (signature.Result == AuthenticationResultCode.TempError && signature.Aligned != false)
                yield return "The key of the signature of " + signature.Domain + " could not be looked up";
            else if (signature.Result == AuthenticationResultCode.Pass && signature.Aligned is null)
                yield return "Whether " + signature.Domain + " aligns could not be looked up";
        }

        if (facts.Spf is { Result: SpfResultCode.TempError } && facts.SpfInput!.CountsForDmarc && facts.SpfAligned != false)
            yield return "SPF of " + facts.Spf.Domain + " could not be evaluated";
        else if (facts.Spf is { Result: SpfResultCode.Pass } && facts.SpfInput!.CountsForDmarc && facts.SpfAligned is null)
            yield return "Whether " + facts.Spf.Domain + " aligns could not be looked up";
    }

    private static string DescribeSpf(MessageFacts facts)
    {
        if (facts.Spf is not { } spf) return "it is not evaluated";
        if (!facts.SpfInput!.CountsForDmarc) return "only the HELO name is known";

        string word = spf.Domain + " gives " + spf.Result.ToString().ToLowerInvariant();
        return spf.Result == SpfResultCode.Pass ? word + ", which does not align" : word;
    }
}
