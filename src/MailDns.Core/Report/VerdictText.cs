namespace MailDns.Report;

/// <summary>Says a verdict in words. None promises more than the results that were given.</summary>
internal static class VerdictText
{
    /// <summary>The verdict on one domain, short.</summary>
    public static string Headline(ReportDomain domain) => domain.Verdict switch
    {
        ReportVerdict.Fail when domain.Counts.Fail == 0 => "Mail will not pass DMARC",
        ReportVerdict.Fail => Number(domain.Counts.Fail, "error") + " to put right",
        ReportVerdict.Unknown => "Not known: a lookup failed",
        ReportVerdict.Warning when domain.Counts.Warning == 0 => "Reports of receivers ask for attention",
        ReportVerdict.Warning => "No errors, " + Number(domain.Counts.Warning, "warning"),
        ReportVerdict.NotChecked => "Not checked",
        _ => "No problem found",
    };

    /// <summary>The verdict on all.</summary>
    public static string Headline(SendingDomainReport report)
    {
        if (report.Domains.Count == 1) return report.Domains[0].Name + ": " + LowerFirst(Headline(report.Domains[0]));

        int worst = report.Domains.Count(domain => domain.Verdict == report.Verdict);
        string share = worst == report.Domains.Count ? "All " + Number(worst, "domain") : worst + " of " + Number(report.Domains.Count, "domain");
        return report.Verdict switch
        {
            ReportVerdict.Fail => share + (worst == 1 ? " has" : " have") + " errors to put right",
            ReportVerdict.Unknown => share + (worst == 1 ? " is" : " are") + " not known: lookups failed",
            ReportVerdict.Warning => "No errors; " + LowerFirst(share) + (worst == 1 ? " has" : " have") + " warnings",
            ReportVerdict.NotChecked => share + (worst == 1 ? " was" : " were") + " not checked",
            _ => "No problem found in " + Number(report.Domains.Count, "domain"),
        };
    }

    /// <summary>What follows from the verdict.</summary>
    public static string Explanation(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Fail => "An error means that mail is refused, not authenticated or lost. Put errors right before sending.",
        ReportVerdict.Unknown => "No error was found, but lookups failed: repeat the check when DNS answers before relying on it.",
        ReportVerdict.Warning => "Mail works today. A warning marks what is weak, costly or soon to break.",
        ReportVerdict.NotChecked => "The report was given no check result, so it says neither good nor bad.",
        _ => "Every check in this report that had something to look at has passed.",
    };

    /// <summary>How much was looked at.</summary>
    public static string Basis(ReportCounts counts) =>
        Number(counts.Looked, "check") + " looked at something"
        + (counts.NotApplicable > 0 ? "; " + counts.NotApplicable + " had nothing to look at." : ".");

    /// <summary>The name of a status for people.</summary>
    public static string StatusLabel(CheckStatus status) => status switch
    {
        CheckStatus.Fail => "Error",
        CheckStatus.Unknown => "Not known",
        CheckStatus.Warning => "Warning",
        CheckStatus.Info => "Note",
        CheckStatus.Pass => "Passed",
        _ => "Nothing to look at",
    };

    /// <summary>A status and how many have it, e.g. "2 errors".</summary>
    public static string Count(CheckStatus status, int number) => status switch
    {
        CheckStatus.Fail => Number(number, "error"),
        CheckStatus.Unknown => Invariant(number) + " not known",
        CheckStatus.Warning => Number(number, "warning"),
        CheckStatus.Info => Number(number, "note"),
        CheckStatus.Pass => Invariant(number) + " passed",
        _ => "nothing to look at",
    };

    /// <summary>The status that looks like a verdict.</summary>
    public static CheckStatus StatusOf(ReportVerdict verdict) => verdict switch
    {
        ReportVerdict.Fail => CheckStatus.Fail,
        ReportVerdict.Unknown => CheckStatus.Unknown,
        ReportVerdict.Warning => CheckStatus.Warning,
        ReportVerdict.NotChecked => CheckStatus.NotApplicable,
        _ => CheckStatus.Pass,
    };

    public static string Number(int number, string noun) => Invariant(number) + " " + noun + (number == 1 ? string.Empty : "s");

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text.Substring(1);
}
