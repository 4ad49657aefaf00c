namespace MailDns;

/// <summary>A report that a receiver of mail sent. Texts of it are escaped: they come from whoever wrote the report.</summary>
public abstract class MailReport
{
    /// <summary>Who sent the report, in its own words; not proven.</summary>
    public string Organization { get; internal set; } = string.Empty;

    /// <summary>The sender's id of the report; empty where it has none. Not unique by itself.</summary>
    public string ReportId { get; internal set; } = string.Empty;

    /// <summary>The domain that the report is about; empty where it names none.</summary>
    public string Domain { get; internal set; } = string.Empty;

    /// <summary>Start of the period in UTC; null where it is absent or cannot be read.</summary>
    public DateTime? Begin { get; internal set; }

    /// <summary>End of the period in UTC; null where it is absent or cannot be read.</summary>
    public DateTime? End { get; internal set; }

    /// <summary>False where a part of the report is missing, so that its figures are the least.</summary>
    public bool IsComplete { get; internal set; } = true;

    /// <summary>What lowers the trust in the figures.</summary>
    public string[] Warnings { get; internal set; } = Array.Empty<string>();

    /// <summary>Deviations from the format that change no figure.</summary>
    public string[] Notes { get; internal set; } = Array.Empty<string>();

    /// <summary>The file that the report was read from.</summary>
    public string Path { get; internal set; } = string.Empty;

    /// <summary>Where in the file it was: members of archives and parts of mails, separated by " &gt; "; null for the file itself.</summary>
    public string? Member { get; internal set; }

    /// <summary>True where the period is known, lies in the past and is at most 25 hours long, so that a day can be told.</summary>
    public bool HasUsablePeriod { get; internal set; }

    /// <summary>Tells reports of one key apart by what they say.</summary>
    internal ulong Content { get; set; }
}
