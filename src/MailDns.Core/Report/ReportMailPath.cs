namespace MailDns.Report;

/// <summary>The way of mail to its DMARC verdict, from a <see cref="DmarcAlignment"/>.</summary>
internal sealed class ReportMailPath
{
    public string Domain { get; init; } = string.Empty;

    /// <summary>Null where a failed lookup leaves it open.</summary>
    public bool? Passed { get; init; }

    /// <summary>SPF, DKIM, or both; null without a pass.</summary>
    public string? Path { get; init; }

    public bool? SpfAligned { get; init; }

    public bool? SpfPassed { get; init; }

    public bool? DkimAligned { get; init; }

    /// <summary>False when no signature can pass; null where only the message could tell, or it is not known.</summary>
    public bool? DkimPassed { get; init; }

    public string? Policy { get; init; }

    public string? SpfAlignment { get; init; }

    public string? DkimAlignment { get; init; }

    public string Reason { get; init; } = string.Empty;

    public string Recommendation { get; init; } = string.Empty;

    public string[] Assumptions { get; init; } = Array.Empty<string>();

    public string? BounceDomain { get; init; }

    public string[] DkimDomains { get; init; } = Array.Empty<string>();

    public string? IPAddress { get; init; }

    public string? Record { get; init; }

    public string? RecordDomain { get; init; }

    public bool PassesBySpf => Path?.IndexOf("SPF", StringComparison.Ordinal) >= 0;

    public bool PassesByDkim => Path?.IndexOf("DKIM", StringComparison.Ordinal) >= 0;

    /// <summary>How the mail is sent, in words that stay the same while DNS changes.</summary>
    public string Sending
    {
        get
        {
            string address = IPAddress is null ? string.Empty : ", sent from " + IPAddress;
            string signatures = DkimDomains.Length == 0 ? ", not signed" : ", signed by " + string.Join(", ", DkimDomains);
            return "Return-Path " + (BounceDomain ?? "not named") + signatures + address;
        }
    }
}
