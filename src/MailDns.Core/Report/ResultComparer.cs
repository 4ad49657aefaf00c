using System.Text;

namespace MailDns.Report;

/// <summary>
/// What changed between two runs, by domain and check. A check that passes, has nothing to look at or only informs is quiet; a finding is
/// Fixed only where the check has looked again and is quiet, so that a failed lookup or a check that was left out never looks like a repair.
/// </summary>
internal static class ResultComparer
{
    private const string StsRecord = "MTASTS-MISSING";
    private const string StsPolicy = "MTASTS-POLICY-SYNTAX";

    private static readonly int[] s_stages = { 30, 7, 1, -1 };

    /// <summary>The changes, domain by domain in the order of the second run; in a domain what is fixed first and what is new last.</summary>
    /// <param name="reference">The results of the earlier run.</param>
    /// <param name="difference">The results of the later run.</param>
    public static IReadOnlyList<SendingDomainChange> Compare(IEnumerable<ReportCheck> reference, IEnumerable<ReportCheck> difference) =>
        CompareDomains(reference, difference.GroupBy(check => check.Domain, StringComparer.OrdinalIgnoreCase));

    /// <summary>The same of results that are grouped by domain already, of which one group at a time is held.</summary>
    public static IReadOnlyList<SendingDomainChange> CompareDomains(IEnumerable<ReportCheck> reference, IEnumerable<IEnumerable<ReportCheck>> difference)
    {
        ILookup<string, ReportCheck> before = reference.ToLookup(check => check.Domain, StringComparer.OrdinalIgnoreCase);
        return difference.Where(domain => domain.Any())
            .SelectMany(domain => CompareDomain(before[domain.First().Domain], domain).OrderBy(change => Rank(change.Change)))
            .ToArray();
    }

    /// <summary>Domains of the earlier run that the later one has nothing of: nothing is known of them now.</summary>
    public static IReadOnlyList<string> FindMissing(IEnumerable<ReportCheck> reference, IEnumerable<ReportCheck> difference)
    {
        var now = new HashSet<string>(difference.Select(check => check.Domain), StringComparer.OrdinalIgnoreCase);
        return reference.Select(check => check.Domain).Where(domain => !now.Contains(domain)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    private static IEnumerable<SendingDomainChange> CompareDomain(IEnumerable<ReportCheck> reference, IEnumerable<ReportCheck> difference)
    {
        ILookup<string, ReportCheck> before = Expand(reference).ToLookup(check => check.Id, StringComparer.Ordinal);
        ILookup<string, ReportCheck> after = Expand(difference).ToLookup(check => check.Id, StringComparer.Ordinal);
        SendingDomainChange[] changes = after.Concat(before.Where(check => !after.Contains(check.Key)))
            .SelectMany(check => CompareCheck(before[check.Key].ToList(), after[check.Key].ToList()))
            .ToArray();
        bool hasNewId = changes.Any(change => change.Id == StsRecord && change.RecordBefore != change.RecordAfter);
        foreach (SendingDomainChange change in changes)
        {
            // Senders fetch a policy again when its id has changed, or at the end of its max_age (RFC 8461 section 3.1).
            bool isStale = change is { Id: StsPolicy, Change: SendingDomainChangeKind.Changed, RecordBefore: not null, RecordAfter: not null } && !hasNewId && after.Contains(StsRecord);
            yield return isStale
                ? new SendingDomainChange(SendingDomainChangeKind.Due, change.Earlier, change.Current, "Change the id in the MTA-STS record: senders that have the old policy keep it for its max_age.")
                : change;
        }
    }

    // One result stands for all checks that a failed lookup left open. Each is open, and only those that had a finding before are a change.
    private static IEnumerable<ReportCheck> Expand(IEnumerable<ReportCheck> checks) => checks.SelectMany(check => check.NotJudged
        .Where(other => other.Id != check.Id)
        .Select(other => new ReportCheck { Domain = check.Domain, Id = other.Id, Title = other.Title, Area = other.Area, Severity = other.Severity, Status = CheckStatus.Unknown, Message = check.Message, IsImplied = true })
        .Prepend(check));

    // A check may say something of several selectors or hosts: what is the same in both runs is paired first.
    private static IEnumerable<SendingDomainChange> CompareCheck(List<ReportCheck> before, List<ReportCheck> after)
    {
        ReportCheck? quietBefore = before.Find(check => !IsLoud(check));
        ReportCheck? quietAfter = after.Find(check => !IsLoud(check));
        List<ReportCheck> was = before.FindAll(IsLoud);
        List<ReportCheck> isNow = after.FindAll(IsLoud);
        foreach (ReportCheck same in was.ToArray())
        {
            int pair = isNow.FindIndex(check => IsSame(check, same));
            if (pair >= 0)
            {
                isNow.RemoveAt(pair);
                was.Remove(same);
            }
        }

        // An unknown result is not paired with one of another lookup for the sake of the order only.
        foreach (ReportCheck now in isNow)
        {
            ReportCheck? earlier = was.Find(check => (check.Status == CheckStatus.Unknown) == (now.Status == CheckStatus.Unknown)) ?? was.FirstOrDefault();
            if (earlier is null && now.IsImplied) continue;

            if (earlier is not null)
            {
                was.Remove(earlier);
                yield return new SendingDomainChange(SendingDomainChangeKind.Changed, earlier, now);
            }
            else
            {
                // Nothing is known to be wrong where a lookup has failed.
                yield return new SendingDomainChange(now.Status == CheckStatus.Unknown ? SendingDomainChangeKind.Changed : SendingDomainChangeKind.New, quietBefore, now);
            }
        }

        foreach (ReportCheck gone in was.Where(gone => !gone.IsImplied))
        {
            // The check has looked again where it passed, or still has a finding about something else.
            bool looked = quietAfter is not null ? quietAfter.Status != CheckStatus.NotApplicable : after.Exists(check => check.Status is CheckStatus.Fail or CheckStatus.Warning);
            bool isFixed = looked && gone.Status != CheckStatus.Unknown;
            yield return new SendingDomainChange(isFixed ? SendingDomainChangeKind.Fixed : SendingDomainChangeKind.Changed, gone, quietAfter);
        }

        if (was.Count == 0 && isNow.Count == 0 && after.Count > 0)
        {
            foreach (SendingDomainChange change in CompareQuiet(before, after))
                yield return change;
        }
    }

    // What a passing check has looked at is compared too: the record may have become another one, or its end may have come near. A check
    // may pass for several selectors or hosts; what is the same in both runs is left out, and the rest is paired in its order.
    private static IEnumerable<SendingDomainChange> CompareQuiet(List<ReportCheck> before, List<ReportCheck> after)
    {
        ReportCheck[] gone = before.Where(check => check.Actual is not null && !after.Exists(now => now.Actual == check.Actual)).ToArray();
        ReportCheck[] come = after.Where(check => check.Actual is not null && !before.Exists(old => old.Actual == check.Actual)).ToArray();

        // An earlier version named nothing that passed, and a run may leave a check out.
        bool isTold = before.Exists(check => check.Actual is not null || check.Status != CheckStatus.Pass);
        for (int i = 0; isTold && i < Math.Max(gone.Length, come.Length); i++)
        {
            ReportCheck? old = i < gone.Length ? gone[i] : before.Find(check => check.Actual is null);
            yield return new SendingDomainChange(SendingDomainChangeKind.Changed, old, i < come.Length ? come[i] : after.Find(check => check.Actual is null));
        }

        foreach (ReportCheck now in after.Where(check => Stage(check) > 0 && !come.Contains(check)))
        {
            ReportCheck? old = before.Find(check => check.Actual == now.Actual && check.DaysLeft is not null) ?? before.Find(check => check.DaysLeft is not null);
            if (Stage(now) > Stage(old)) yield return new SendingDomainChange(SendingDomainChangeKind.Due, old, now);
        }
    }

    // 0 while the end is far: 30 days are what issuing a mark certificate takes, 7 and 1 remind.
    private static int Stage(ReportCheck? check) => check?.DaysLeft is { } days ? s_stages.Count(limit => days <= limit) : 0;

    private static bool IsLoud(ReportCheck check) => check.Status is CheckStatus.Fail or CheckStatus.Warning or CheckStatus.Unknown;

    private static bool IsSame(ReportCheck one, ReportCheck other) =>
        one.Status == other.Status
        && string.Equals(WithoutCounts(one.Message), WithoutCounts(other.Message), StringComparison.Ordinal)
        && string.Equals(one.Actual, other.Actual, StringComparison.Ordinal);

    // "ends in 12 days" is the same finding as "ends in 13 days" the day before.
    private static string WithoutCounts(string message)
    {
        if (message.IndexOf(" day", StringComparison.Ordinal) < 0 && message.IndexOf(" hour", StringComparison.Ordinal) < 0)
            return message;

        var text = new StringBuilder(message.Length);
        string[] words = message.Split(' ');
        for (int i = 0; i < words.Length; i++)
        {
            bool isCount = i + 1 < words.Length && IsNumber(words[i]) && (words[i + 1].StartsWith("day", StringComparison.Ordinal) || words[i + 1].StartsWith("hour", StringComparison.Ordinal));
            text.Append(isCount ? "#" : words[i]).Append(' ');
        }

        return text.ToString();
    }

    private static bool IsNumber(string word) => word.Length > 0 && word.All(c => c is >= '0' and <= '9');

    // At the prompt the worst comes last.
    private static int Rank(SendingDomainChangeKind change) => change switch
    {
        SendingDomainChangeKind.Fixed => 0,
        SendingDomainChangeKind.Changed => 1,
        SendingDomainChangeKind.Due => 2,
        _ => 3,
    };
}
