namespace MailDns.MailReports;

/// <summary>Why something is not read as a report. The message is for people; texts of the report in it are escaped.</summary>
internal sealed class MailReportException : FormatException
{
    public MailReportException(string message)
        : base(message)
    {
    }

    public MailReportException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>True where a limit of the run was reached: what follows in the same file is not read either.</summary>
    public bool IsLimit { get; init; }

    /// <summary>True for content that is no report of any kind: in an archive or a mail such a member is passed over.</summary>
    public bool IsForeign { get; init; }
}
