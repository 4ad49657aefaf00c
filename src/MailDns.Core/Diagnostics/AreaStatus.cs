namespace MailDns;

/// <summary>What DNS shows of one area of a sending domain, and what is wrong with it. Texts from DNS are escaped.</summary>
public abstract class AreaStatus : IChecked
{
    internal AreaStatus(string domain, string? recordName = null)
    {
        Domain = domain;
        RecordName = recordName;
    }

    /// <summary>The domain that was asked about.</summary>
    public string Domain { get; }

    /// <summary>The name where the records are, or should be; null where that is not known.</summary>
    public string? RecordName { get; internal set; }

    /// <summary>All records found there, escaped.</summary>
    public string[] Records { get; internal set; } = Array.Empty<string>();

    /// <summary>
    /// False where a check of severity Error found something; true where none did and everything could be looked at; null
    /// where a lookup failed, or where a record that nobody has to publish is not there.
    /// </summary>
    public bool? IsValid { get; internal set; }

    /// <summary>What a person should read: everything but passed checks.</summary>
    public CheckResult[] Findings { get; internal set; } = Array.Empty<CheckResult>();

    /// <summary>Every check of the area.</summary>
    internal IReadOnlyList<CheckResult> Results { get; private protected set; } = Array.Empty<CheckResult>();

    IReadOnlyList<CheckResult> IChecked.Results => Results;

    /// <summary>Takes over what the checks have found.</summary>
    /// <param name="sheet">The results of the area.</param>
    /// <param name="isThere">True where there is something that can be valid; false for what is optional and absent.</param>
    internal void Judge(CheckSheet sheet, bool isThere)
    {
        Results = sheet.Results;
        Findings = sheet.Findings;
        IsValid = sheet.HasFailure ? false : sheet.IsClean && isThere ? true : null;
    }
}

/// <summary>What holds results of checks, the passed ones too. Copies of jobs and files have findings only.</summary>
internal interface IChecked
{
    IReadOnlyList<CheckResult> Results { get; }
}
