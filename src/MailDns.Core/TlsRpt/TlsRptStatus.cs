namespace MailDns;

/// <summary>The TLS-RPT record of a domain, and what is to be said of it. Texts from DNS are escaped.</summary>
public sealed class TlsRptStatus
{
    internal TlsRptStatus(string domain, IReadOnlyList<string> texts, TlsRptRecord? record, CheckSheet sheet)
    {
        Domain = domain;
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Results = sheet.Results;
        Findings = sheet.Findings;
        IsValid = record is not null && sheet.IsClean;
    }

    /// <summary>The domain that was asked about.</summary>
    public string Domain { get; }

    /// <summary>The TXT record at _smtp._tls; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>All TLS-RPT records found there.</summary>
    public string[] Records { get; }

    /// <summary>The record, read; null where there is not exactly one.</summary>
    public TlsRptRecord? ParsedRecord { get; }

    /// <summary>Where reports go.</summary>
    public string[] AggregateReportUri => ParsedRecord?.AggregateReportUri ?? Array.Empty<string>();

    /// <summary>True for exactly one record without an error.</summary>
    public bool IsValid { get; }

    /// <summary>What was found, all but passes.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no TLS-RPT record");
}
