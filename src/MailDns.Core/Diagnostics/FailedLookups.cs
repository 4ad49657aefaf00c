namespace MailDns.Diagnostics;

/// <summary>
/// What failed lookups leave open, as a person reads it: one result for each way in which lookups failed, with the checks
/// that could not be judged because of it, in place of a result for each of those checks.
/// </summary>
internal static class FailedLookups
{
    /// <summary>The check whose result stands for failed lookups where it is there.</summary>
    public const string Id = "DNS-LOOKUP-FAILED";

    /// <summary>Lookups, and checks, that one result names; the count tells the rest.</summary>
    private const int MostNamed = 5;

    /// <summary>The results in their order, with those that share a cause joined to one.</summary>
    public static IEnumerable<CheckResult> Joined(IEnumerable<CheckResult> results)
    {
        CheckResult[] all = results.ToArray();
        Dictionary<string, CheckResult[]> groups = all
            .Where(result => Key(result) is not null)
            .GroupBy(result => Key(result)!, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
        foreach (CheckResult result in all)
        {
            if (Key(result) is not { } key)
                yield return result;
            else if (groups[key] is { } group && result == Representative(group))
                yield return Join(result, group);
        }
    }

    /// <summary>The failed lookup that left the first of the open checks open; null where there is none.</summary>
    public static DnsResponse? CauseOf(IEnumerable<CheckResult> results) => results.FirstOrDefault(result => result.Cause is not null)?.Cause;

    /// <summary>What names the failed lookups: "3 lookups failed: a TXT, b TXT, c MX (timed out)."</summary>
    public static string Describe(IReadOnlyList<DnsResponse> failures)
    {
        string[] questions = failures.Select(failure => failure.Question.ToString()).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        return questions.Length == 1 ? failures[0].FailureText : questions.Length + " lookups failed (" + failures[0].Describe() + "): " + Named(questions) + ".";
    }

    /// <summary>The first few words of a list, and how many more there are.</summary>
    public static string Named(IReadOnlyList<string> words) =>
        string.Join(", ", words.Take(MostNamed)) + (words.Count > MostNamed ? " and " + (words.Count - MostNamed) + " more" : string.Empty);

    // What the same failure, or the same reason in the same words, has left open belongs together.
    private static string? Key(CheckResult result) =>
        result.Cause is { } cause ? cause.Describe() : result.Status == CheckStatus.Unknown ? result.Message : null;

    private static CheckResult Representative(CheckResult[] group) =>
        Array.Find(group, result => result.Status != CheckStatus.Unknown) ?? Array.Find(group, result => result.Id == Id) ?? group[0];

    private static CheckResult Join(CheckResult result, CheckResult[] group)
    {
        string[] open = group.Where(other => other.Status == CheckStatus.Unknown && other.Id != Id).Select(other => other.Id).Distinct(StringComparer.Ordinal).ToArray();
        if (open.Length == 0 || group.Length == 1) return result;

        string said = result.Status != CheckStatus.Unknown || result.Cause is null ? result.Message : Describe(group.Select(other => other.Cause!).ToArray());
        return new CheckResult(
            result.Definition,
            result.Domain,
            result.Status,
            said + " Not judged because of it: " + Named(open) + ".",
            result.Expected,
            result.Actual,
            result.Recommendation,
            result.Record)
        {
            NotJudged = open,
            Cause = result.Cause,
            File = result.File,
            Line = result.Line,
        };
    }
}
