namespace MailDns;

/// <summary>The TLS-RPT record of a domain, and what is to be said of it. Texts from DNS are escaped.</summary>
public sealed class TlsRptStatus : AreaStatus
{
    internal TlsRptStatus(string domain, IReadOnlyList<string> texts, TlsRptRecord? record, CheckSheet sheet)
        : base(domain, "_smtp._tls." + domain)
    {
        Records = texts.Select(PrintableText.Escape).ToArray();
        Record = Records.Length == 1 ? Records[0] : null;
        ParsedRecord = record;
        Judge(sheet, isThere: record is not null);
    }

    /// <summary>The TXT record at _smtp._tls; null where there is not exactly one.</summary>
    public string? Record { get; }

    /// <summary>The record, read; null where there is not exactly one.</summary>
    public TlsRptRecord? ParsedRecord { get; }

    /// <summary>Where reports go.</summary>
    public string[] AggregateReportUri => ParsedRecord?.AggregateReportUri ?? Array.Empty<string>();

    /// <summary>Domain and record.</summary>
    public override string ToString() => Domain + ": " + (Record ?? "no TLS-RPT record");
}
