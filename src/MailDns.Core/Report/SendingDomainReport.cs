namespace MailDns.Report;

/// <summary>A whole report, ready to be written in any form.</summary>
internal sealed class SendingDomainReport
{
    public SendingDomainReport(string? title, DateTimeOffset created, string version, IEnumerable<ReportDomain> domains)
    {
        Domains = domains
            .OrderByDescending(domain => domain.Verdict)
            .ThenByDescending(domain => domain.Counts.Fail)
            .ThenByDescending(domain => domain.Counts.Unknown)
            .ThenByDescending(domain => domain.Counts.Warning)
            .ThenBy(domain => domain.Name, StringComparer.Ordinal)
            .ToArray();
        Title = string.IsNullOrWhiteSpace(title) ? "Sending domain report" : title!;
        Created = created.ToUniversalTime();
        Version = version;
        Counts = new ReportCounts(Array.Empty<ReportCheck>());
        foreach (ReportDomain domain in Domains)
            Counts.Add(domain.Counts);
    }

    public string Title { get; }

    /// <summary>When the report was made, in UTC.</summary>
    public DateTimeOffset Created { get; }

    /// <summary>The version of MailDns.</summary>
    public string Version { get; }

    /// <summary>The worst first.</summary>
    public IReadOnlyList<ReportDomain> Domains { get; }

    public ReportCounts Counts { get; }

    /// <summary>What has changed since an earlier run; null where the report was not compared with one.</summary>
    public IReadOnlyList<SendingDomainChange>? Changes { get; private set; }

    /// <summary>Compares the report with the results of an earlier run.</summary>
    public void CompareWith(IEnumerable<ReportCheck> reference) =>
        Changes = ResultComparer.Compare(reference, Domains.SelectMany(domain => domain.Checks));

    /// <summary>The worst of all domains.</summary>
    public ReportVerdict Verdict => Domains.Count == 0 ? ReportVerdict.NotChecked : Domains.Max(domain => domain.Verdict);

    /// <summary>The time as ISO 8601 in UTC, to the second.</summary>
    public string CreatedText => Created.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
