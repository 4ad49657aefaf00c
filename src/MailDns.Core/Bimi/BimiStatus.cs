namespace MailDns;

/// <summary>The BIMI record of a domain and selector as it was found, and what is to be said of it. Texts from DNS are escaped.</summary>
public sealed class BimiStatus
{
    internal BimiStatus(string domain, string selector, string? recordName, IReadOnlyList<string> texts, BimiRecord? record, CheckSheet sheet, MarkCertificate? certificate = null)
    {
        Certificate = certificate;
        Domain = domain;
        Selector = selector;
        RecordName = recordName;
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Results = sheet.Results;
        Findings = sheet.Findings;
        IsValid = record is not null && sheet.IsClean;
    }

    /// <summary>The domain that was asked about: the Author Domain.</summary>
    public string Domain { get; }

    /// <summary>The selector.</summary>
    public string Selector { get; }

    /// <summary>Where the record stands: at the domain or at its Organizational Domain; null where there is none.</summary>
    public string? RecordName { get; }

    /// <summary>The record; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>All BIMI records found there.</summary>
    public string[] Records { get; }

    /// <summary>The record, read; null where there is not exactly one.</summary>
    public BimiRecord? ParsedRecord { get; }

    /// <summary>The logo's address.</summary>
    public string? LogoUri => ParsedRecord?.LogoUri;

    /// <summary>The mark certificate's address.</summary>
    public string? EvidenceUri => ParsedRecord?.EvidenceUri;

    /// <summary>The mark certificate, where -IncludeHttps fetched one; else null.</summary>
    public MarkCertificate? Certificate { get; }

    /// <summary>True when the domain declines to take part.</summary>
    public bool IsDeclined => ParsedRecord?.IsDeclination ?? false;

    /// <summary>True for exactly one record without an error. DMARC short of enforcement is among the findings.</summary>
    public bool IsValid { get; }

    /// <summary>What was found, all but passes.</summary>
    public CheckResult[] Findings { get; }

    internal IReadOnlyList<CheckResult> Results { get; }

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no BIMI record");
}
