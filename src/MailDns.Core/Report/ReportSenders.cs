namespace MailDns.Report;

/// <summary>A source of mail as reports of receivers tell it.</summary>
internal sealed record ReportSender
{
    public string Domain { get; init; } = string.Empty;

    public string PolicyDomain { get; init; } = string.Empty;

    public string Source { get; init; } = string.Empty;

    public string? Provider { get; init; }

    public string Class { get; init; } = string.Empty;

    public string Reason { get; init; } = string.Empty;

    public long Messages { get; init; }

    public long Passed { get; init; }

    public long DkimAligned { get; init; }

    public long SpfAligned { get; init; }

    public long TemporaryErrors { get; init; }

    public string? Recommendation { get; init; }

    public string? Last { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = Array.Empty<string>();

    public IReadOnlyList<(DateTime Day, long Messages, long Passed)> Days { get; init; } = Array.Empty<(DateTime, long, long)>();

    /// <summary>Mail of the owner, or of a platform that may be the owner's: what fails of it is to be mended.</summary>
    public bool IsToMend => Class is "OwnFailing" or "ServiceUnaligned";

    /// <summary>What it looks like; the word beside it says the same.</summary>
    public CheckStatus Look => Class switch
    {
        "OwnPassing" or "Forwarder" => CheckStatus.Pass,
        "OwnFragile" => CheckStatus.Warning,
        "OwnFailing" or "ServiceUnaligned" => CheckStatus.Fail,
        "TemporaryError" => CheckStatus.Info,
        _ => CheckStatus.Unknown,
    };

    public string Label => Class switch
    {
        "OwnPassing" => "Own, passing",
        "OwnFragile" => "Own, fragile",
        "OwnFailing" => "Own, failing",
        "ServiceUnaligned" => "Platform, not aligned",
        "Forwarder" => "Forwarder",
        "TemporaryError" => "Temporary error",
        _ => "Unknown",
    };
}

/// <summary>Whether a domain may enforce, for the report.</summary>
internal sealed record ReportReadiness
{
    public string Domain { get; init; } = string.Empty;

    public string Policy { get; init; } = string.Empty;

    public string Verdict { get; init; } = string.Empty;

    public IReadOnlyList<(string Message, string Recommendation)> Blockers { get; init; } = Array.Empty<(string, string)>();

    public IReadOnlyList<(string Text, bool IsMet)> Evidence { get; init; } = Array.Empty<(string, bool)>();

    public IReadOnlyList<string> Limits { get; init; } = Array.Empty<string>();

    public IReadOnlyList<ReportRecord> Records { get; init; } = Array.Empty<ReportRecord>();
}

/// <summary>TLS sessions of a domain, for the report.</summary>
internal sealed record ReportTls
{
    public string Domain { get; init; } = string.Empty;

    public long Successful { get; init; }

    public long Failed { get; init; }

    public string? NextMode { get; init; }

    public string Recommendation { get; init; } = string.Empty;

    public IReadOnlyList<(string Type, string? Host, long Sessions, string Responsible, string Meaning)> Failures { get; init; } = Array.Empty<(string, string?, long, string, string)>();
}
