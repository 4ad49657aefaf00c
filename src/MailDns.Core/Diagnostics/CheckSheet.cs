namespace MailDns.Diagnostics;

/// <summary>
/// Collects what the rules of one area find at one domain. Rules only report what is wrong; the owner of the area then
/// completes the sheet, so that every check has its result and none is a Pass that was never looked at.
/// </summary>
/// <param name="domain">The domain.</param>
/// <param name="capacity">How many results are expected.</param>
internal sealed class CheckSheet(string domain, int capacity = 0)
{
    private const string RunAgain = "Lookup failed; run the check again.";

    private readonly List<CheckResult> _results = new(capacity);
    private readonly CheckSet _seen = new();
    private Dictionary<CheckDefinition, (string? Actual, int? DaysLeft)>? _found;

    public string Domain { get; } = domain;

    /// <summary>All results so far, in the order of reporting.</summary>
    public IReadOnlyList<CheckResult> Results => _results;

    /// <summary>Results that a person should read: all but Pass and NotApplicable, and one for all that a failed lookup left open.</summary>
    public CheckResult[] Findings =>
        FailedLookups.Joined(_results.FindAll(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)));

    /// <summary>True while no check of severity Error has failed and no lookup has.</summary>
    public bool IsClean => !_results.Exists(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown);

    /// <summary>True when an Error was found.</summary>
    public bool HasFailure => _results.Exists(result => result.Status is CheckStatus.Fail);

    /// <summary>The check found something; its severity decides the status. The message's foreign text is already escaped.</summary>
    public void Report(
        CheckFinding finding,
        string? expected = null,
        string? actual = null,
        string? recommendation = null,
        params ResourceRecord[] fix)
    {
        CheckDefinition definition = finding.Check;
        CheckStatus status = definition.Severity switch
        {
            CheckSeverity.Error => CheckStatus.Fail,
            CheckSeverity.Warning => CheckStatus.Warning,
            _ => CheckStatus.Info,
        };
        Add(definition, status, finding.Message, expected, actual, recommendation ?? definition.Recommendation, fix);
    }

    /// <summary>An Error that a failed lookup itself is, and that stands for all it left open.</summary>
    public void Report(CheckFinding finding, DnsResponse cause) =>
        Add(finding.Check, CheckStatus.Fail, finding.Message, expected: null, actual: null, finding.Check.Recommendation, Array.Empty<ResourceRecord>(), cause);

    /// <summary>Something that is worth knowing and is no finding, whatever the check's severity: neither met nor not met.</summary>
    public void Note(CheckDefinition definition, string message) =>
        Add(definition, CheckStatus.Info, message, expected: null, actual: null, definition.Recommendation, Array.Empty<ResourceRecord>());

    /// <summary>
    /// What the check looks at, for results that name nothing themselves, so that two runs can be compared: a Pass is then seen to be of another
    /// record, and a deadline that comes near is seen before it is a finding.
    /// </summary>
    /// <param name="definition">The check.</param>
    /// <param name="actual">The record or value, as it was found.</param>
    /// <param name="daysLeft">Days until it ends or should be renewed.</param>
    public void Found(CheckDefinition definition, string? actual, int? daysLeft = null) =>
        (_found ??= new Dictionary<CheckDefinition, (string? Actual, int? DaysLeft)>())[definition] = (PrintableText.Escape(actual), daysLeft);

    /// <summary>The check is satisfied.</summary>
    public void Pass(CheckDefinition definition, string? message = null) =>
        Add(definition, CheckStatus.Pass, message ?? definition.Satisfied, expected: null, actual: null, string.Empty, Array.Empty<ResourceRecord>());

    /// <summary>A lookup that the check needs failed.</summary>
    /// <param name="definition">The check.</param>
    /// <param name="failure">The answer of the failed lookup.</param>
    /// <param name="more">What follows from it, as a sentence.</param>
    public void Unknown(CheckDefinition definition, DnsResponse failure, string? more = null) =>
        Unknown(definition, more is null ? failure.FailureText : failure.FailureText + " " + more, cause: failure);

    /// <summary>What the check needs could not be found out; the message says why.</summary>
    /// <param name="definition">The check.</param>
    /// <param name="message">Why.</param>
    /// <param name="recommendation">What to do.</param>
    /// <param name="cause">The failed lookup behind it, where it is one.</param>
    public void Unknown(CheckDefinition definition, string message, string recommendation = RunAgain, DnsResponse? cause = null) =>
        Add(definition, CheckStatus.Unknown, message, expected: null, actual: null, recommendation, Array.Empty<ResourceRecord>(), cause);

    /// <summary>The check has nothing to look at.</summary>
    public void NotApplicable(CheckDefinition definition, string reason) =>
        Add(definition, CheckStatus.NotApplicable, reason, expected: null, actual: null, string.Empty, Array.Empty<ResourceRecord>());

    /// <summary>True when the check has a result already.</summary>
    public bool Has(CheckDefinition definition) => _seen.Contains(definition);

    /// <summary>Those of the checks that found nothing pass.</summary>
    public void CompletePass(IEnumerable<CheckDefinition> definitions)
    {
        foreach (CheckDefinition definition in definitions)
        {
            if (!Has(definition)) Pass(definition);
        }
    }

    /// <summary>
    /// Those of the checks that found nothing pass where their subject is there, and else had nothing to look at: a Pass means
    /// that somebody looked.
    /// </summary>
    /// <param name="definitions">The checks.</param>
    /// <param name="isThere">True where what they judge is there.</param>
    /// <param name="reason">Why there is nothing to look at.</param>
    public void CompletePass(IEnumerable<CheckDefinition> definitions, bool isThere, string reason)
    {
        if (isThere)
            CompletePass(definitions);
        else
            CompleteNotApplicable(definitions, reason);
    }

    /// <summary>Takes the passes back where it turns out that there was nothing to look at.</summary>
    /// <param name="definitions">The checks.</param>
    /// <param name="reason">Why.</param>
    public void WithdrawPasses(IEnumerable<CheckDefinition> definitions, string reason)
    {
        var withdrawn = new HashSet<CheckDefinition>(definitions);
        for (int i = 0; i < _results.Count; i++)
        {
            if (_results[i] is { Status: CheckStatus.Pass } passed && withdrawn.Contains(passed.Definition))
            {
                _results[i] = new CheckResult(passed.Definition, Domain, CheckStatus.NotApplicable, reason, expected: null, actual: null, string.Empty, Array.Empty<ResourceRecord>());
            }
        }
    }

    /// <summary>Those of the checks without a result had nothing to look at.</summary>
    public void CompleteNotApplicable(IEnumerable<CheckDefinition> definitions, string reason)
    {
        foreach (CheckDefinition definition in definitions)
        {
            if (!Has(definition)) NotApplicable(definition, reason);
        }
    }

    /// <summary>Those of the checks without a result are unknown, since a lookup failed.</summary>
    public void CompleteUnknown(IEnumerable<CheckDefinition> definitions, DnsResponse failure)
    {
        foreach (CheckDefinition definition in definitions)
        {
            if (!Has(definition)) Unknown(definition, failure);
        }
    }

    /// <summary>Those of the checks without a result are unknown.</summary>
    public void CompleteUnknown(IEnumerable<CheckDefinition> definitions, string message, DnsResponse? cause = null)
    {
        foreach (CheckDefinition definition in definitions)
        {
            if (!Has(definition)) Unknown(definition, message, cause: cause);
        }
    }

    /// <summary>Takes over results made elsewhere.</summary>
    public void AddRange(IEnumerable<CheckResult> results)
    {
        foreach (CheckResult result in results)
            Take(result);
    }

    /// <summary>Takes over results made elsewhere.</summary>
    public void AddRange(IReadOnlyList<CheckResult> results)
    {
        for (int i = 0; i < results.Count; i++)
            Take(results[i]);
    }

    private void Take(CheckResult result)
    {
        _results.Add(result);
        _seen.Add(result.Definition);
    }

    private void Add(
        CheckDefinition definition,
        CheckStatus status,
        string message,
        string? expected,
        string? actual,
        string recommendation,
        ResourceRecord[] fix,
        DnsResponse? cause = null)
    {
        _seen.Add(definition);
        int? daysLeft = null;
        if (_found is not null && status is not (CheckStatus.Unknown or CheckStatus.NotApplicable) && _found.TryGetValue(definition, out (string? Actual, int? DaysLeft) found))
        {
            actual ??= found.Actual;
            daysLeft = found.DaysLeft;
        }

        _results.Add(new CheckResult(definition, Domain, status, message, expected, actual, recommendation, fix) { Cause = cause, DaysLeft = daysLeft });
    }
}

/// <summary>A set of checks of the catalogue: a bit each.</summary>
internal sealed class CheckSet
{
    private const int BitsEach = 64;

    private ulong[] _bits = Array.Empty<ulong>();

    public bool Contains(CheckDefinition check)
    {
        int index = check.Ordinal / BitsEach;
        return index < _bits.Length && (_bits[index] & Bit(check)) != 0;
    }

    public void Add(CheckDefinition check)
    {
        int index = check.Ordinal / BitsEach;
        if (index >= _bits.Length) Array.Resize(ref _bits, index + 1);

        _bits[index] |= Bit(check);
    }

    private static ulong Bit(CheckDefinition check) => 1UL << (check.Ordinal % BitsEach);
}

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
    public static CheckResult[] Joined(IEnumerable<CheckResult> results)
    {
        CheckResult[] all = results.ToArray();
        return Array.Exists(all, result => Key(result) is not null) ? Join(all).ToArray() : all;
    }

    private static IEnumerable<CheckResult> Join(CheckResult[] all)
    {
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
        string[] open = group.Where(other => other.Status == CheckStatus.Unknown && other.Id != Id && other.Id != result.Id).Select(other => other.Id).Distinct(StringComparer.Ordinal).ToArray();
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

/// <summary>The order in which people should read results.</summary>
internal static class StatusOrder
{
    public static CheckStatus[] All { get; } =
    {
        CheckStatus.Fail, CheckStatus.Unknown, CheckStatus.Warning, CheckStatus.Info, CheckStatus.Pass, CheckStatus.NotApplicable,
    };

    /// <summary>0 for the worst.</summary>
    public static int Rank(CheckStatus status) => System.Array.IndexOf(All, status);
}
