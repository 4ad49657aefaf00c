namespace MailDns;

/// <summary>What a domain announces by MTA-STS, and what is to be said of it. Texts from DNS and HTTPS are escaped.</summary>
public sealed class MtaStsStatus
{
    internal MtaStsStatus(string domain, IReadOnlyList<string> texts, MtaStsRecord? record, MtaStsPolicy? policy, string[] exchangers, CheckSheet sheet)
    {
        Domain = domain;
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Policy = policy;
        MailExchange = exchangers;
        Results = sheet.Results;
        Findings = sheet.Findings;
        IsValid = record is not null && sheet.IsClean;
    }

    /// <summary>The domain that was asked about.</summary>
    public string Domain { get; }

    /// <summary>The TXT record at _mta-sts; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>All MTA-STS records found there.</summary>
    public string[] Records { get; }

    /// <summary>The record, read; null where there is not exactly one.</summary>
    public MtaStsRecord? ParsedRecord { get; }

    /// <summary>The record's id.</summary>
    public string? Id => ParsedRecord?.Id;

    /// <summary>The policy that was fetched; null without -IncludeHttps, or where it was not to be had.</summary>
    public MtaStsPolicy? Policy { get; }

    /// <summary>The policy's mode; null where there is no policy.</summary>
    public MtaStsPolicyMode? Mode => Policy?.Mode;

    /// <summary>The hosts that take the domain's mail.</summary>
    public string[] MailExchange { get; }

    /// <summary>True for exactly one record without an error, and with -IncludeHttps a policy without one.</summary>
    public bool IsValid { get; }

    /// <summary>What was found, all but passes.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no MTA-STS record");
}
