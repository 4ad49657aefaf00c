namespace MailDns.Report;

/// <summary>A check's result, as text: the same from a live object and from its deserialised copy.</summary>
internal sealed class ReportCheck
{
    public string Domain { get; init; } = string.Empty;

    public string Id { get; init; } = string.Empty;

    public string Title { get; init; } = string.Empty;

    /// <summary>The name of a <see cref="CheckArea"/>; a later version may have others.</summary>
    public string Area { get; init; } = string.Empty;

    public CheckStatus Status { get; init; } = CheckStatus.Unknown;

    public string Severity { get; init; } = string.Empty;

    public string Message { get; init; } = string.Empty;

    public string? Expected { get; init; }

    public string? Actual { get; init; }

    public string Recommendation { get; init; } = string.Empty;

    public string Reference { get; init; } = string.Empty;

    /// <summary>As <see cref="CheckResult.DaysLeft"/>.</summary>
    public int? DaysLeft { get; init; }

    /// <summary>The zone file that holds what was found, relative to the folder of the report where it lies below; null where it is not known.</summary>
    public string? File { get; set; }

    /// <summary>The line of <see cref="File"/>; 0 where it is not known.</summary>
    public int Line { get; init; }

    public ReportRecord[] Records { get; init; } = Array.Empty<ReportRecord>();

    /// <summary>The checks that the same failed lookup left open, each with this result's message; empty where it stands for itself alone.</summary>
    public ReportCheck[] NotJudged { get; init; } = Array.Empty<ReportCheck>();

    /// <summary>True for a check that is open because of another's failed lookup: nothing was said of it itself.</summary>
    public bool IsImplied { get; init; }

    /// <summary>As <see cref="CheckResult.Passed"/>: a warning has not passed, and Unknown never passes.</summary>
    public bool Passed => Status is CheckStatus.Pass or CheckStatus.Info or CheckStatus.NotApplicable;

    /// <summary>True for what a person should read.</summary>
    public bool IsFinding => Status is not (CheckStatus.Pass or CheckStatus.NotApplicable);

    /// <summary>Equal for the same result given twice, e.g. by Test-SendingDomain and by Get-SpfStatus.</summary>
    public string Key => Id + "\n" + Status + "\n" + Message;
}
