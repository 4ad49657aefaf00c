namespace MailDns;

/// <summary>The BIMI record of a domain and selector as it was found, and what is to be said of it. Texts from DNS are escaped.</summary>
public sealed class BimiStatus : AreaStatus
{
    internal BimiStatus(string domain, string selector, string? recordName, IReadOnlyList<string> texts, BimiRecord? record, CheckSheet sheet, MarkCertificate? certificate = null)
        : base(domain, recordName)
    {
        Certificate = certificate;
        Selector = selector;
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Judge(sheet, isThere: record is not null);
    }

    /// <summary>The selector.</summary>
    public string Selector { get; }

    /// <summary>The record; null where there is not exactly one.</summary>
    public string? Record { get; }

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

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no BIMI record");
}
