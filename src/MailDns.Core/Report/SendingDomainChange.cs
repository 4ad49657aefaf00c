namespace MailDns;

/// <summary>One difference between the results of two runs, as Compare-SendingDomainResult gives it.</summary>
public sealed class SendingDomainChange
{
    internal SendingDomainChange(SendingDomainChangeKind change, Report.ReportCheck? before, Report.ReportCheck? after, string? recommendation = null)
    {
        Report.ReportCheck shown = after ?? before!;
        Change = change;
        Domain = shown.Domain;
        Id = shown.Id;
        Title = shown.Title;
        Area = shown.Area;
        Severity = shown.Severity;
        BeforeStatus = before?.Status;
        AfterStatus = after?.Status;
        Before = Describe(before);
        After = Describe(after) + (change == SendingDomainChangeKind.Due && after?.DaysLeft is { } days ? days < 0 ? " It is over." : " Days left: " + days + "." : string.Empty);
        RecordBefore = before?.Actual;
        RecordAfter = after?.Actual;
        Recommendation = recommendation ?? after?.Recommendation ?? string.Empty;
        DaysLeft = after?.DaysLeft;
        Earlier = before;
        Current = after;
    }

    /// <summary>The domain that was checked.</summary>
    public string Domain { get; }

    /// <summary>The check's stable id.</summary>
    public string Id { get; }

    /// <summary>New, Fixed, Changed or Due.</summary>
    public SendingDomainChangeKind Change { get; }

    /// <summary>What is true when the check passes.</summary>
    public string Title { get; }

    /// <summary>The part of the sending domain that was looked at.</summary>
    public string Area { get; }

    /// <summary>How much a finding of this check matters.</summary>
    public string Severity { get; }

    /// <summary>How the check ended in the reference; null where the reference has no result of it.</summary>
    public CheckStatus? BeforeStatus { get; }

    /// <summary>How the check ended now; null where there is no result of it now.</summary>
    public CheckStatus? AfterStatus { get; }

    /// <summary>What the check said in the reference; empty where the reference has no result of it.</summary>
    public string Before { get; }

    /// <summary>What the check says now; empty where there is no result of it now.</summary>
    public string After { get; }

    /// <summary>The record or value that was found in the reference, where the check names one.</summary>
    public string? RecordBefore { get; }

    /// <summary>The record or value that is found now, where the check names one.</summary>
    public string? RecordAfter { get; }

    /// <summary>What to do about it; empty when there is nothing to do.</summary>
    public string Recommendation { get; }

    /// <summary>Days until what is found now ends or should be renewed; null where nothing ends.</summary>
    public int? DaysLeft { get; }

    internal Report.ReportCheck? Earlier { get; }
    internal Report.ReportCheck? Current { get; }

    /// <summary>The change, the domain and the check in one line.</summary>
    public override string ToString() => Change + " " + Domain + " " + Id + ": " + (After.Length > 0 ? After : Before);

    private static string Describe(Report.ReportCheck? check) => check is null ? string.Empty : check.Message;
}
