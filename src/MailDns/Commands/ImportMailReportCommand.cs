using MailDns.MailReports;

namespace MailDns.Commands;

/// <summary>Reads the reports that receivers send: DMARC aggregate reports, DMARC failure reports and SMTP TLS reports.</summary>
/// <remarks>
/// Reads .xml, .json, .gz, .zip, .eml and .mbox files. The content decides, not the name of the file. Every part of a mail and every
/// member of an archive is looked at, also in each other. DMARC aggregate reports may follow RFC 9990 or RFC 7489, with or without a
/// namespace. A report that cannot be read is a non-terminating error ReportInvalid with the path, the member and the reason; the command
/// continues with the others. A truncated report has IsComplete False and the rows that could be read. Repeats (the same organization, id, domain and
/// period) are left out; one with other content gives a warning and is left out too. Nothing is written to disk and no network is asked.
/// Reports are not signed: whoever knows the address can send one. Outlook .msg files are not read; save them as .eml.
/// </remarks>
/// <example>
/// <code>Import-MailReport ./examples/reports -Recurse</code>
/// <para>All reports in a folder and below, one object each.</para>
/// </example>
/// <example>
/// <code>Import-MailReport ./examples/reports -Type Aggregate -Domain example.com | ForEach-Object Rows | Where-Object Passed -eq $false</code>
/// <para>The rows that failed DMARC for one domain.</para>
/// </example>
/// <example>
/// <code>Import-MailReport ./examples/reports/*.eml -Type Failure -IncludePersonalData</code>
/// <para>Failure reports with addresses and subjects, which are left out otherwise.</para>
/// </example>
[Cmdlet(VerbsData.Import, "MailReport", DefaultParameterSetName = "Path")]
[OutputType(typeof(DmarcReport), typeof(DmarcFailureReport), typeof(TlsReport))]
public sealed class ImportMailReportCommand : MailDnsCmdlet
{
    private readonly HashSet<MailReportType> _types = new();
    private List<DmarcReportRow> _rows = new();
    private DomainName[]? _domains;
    private MailReportSource? _source;

    /// <summary>Files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Files and folders, taken to the letter. Get-ChildItem pipes in here.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath", ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Also the files in folders below; links to folders are not followed.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Only these kinds of reports; default: all.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public MailReportType[] Type { get; set; } = Array.Empty<MailReportType>();

    /// <summary>Only reports on these domains and their subdomains.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Domain { get; set; }

    /// <summary>Only reports whose period ends after this time. A time without a zone is local.</summary>
    [Parameter]
    public DateTime? After { get; set; }

    /// <summary>Only reports whose period begins before this time. A time without a zone is local.</summary>
    [Parameter]
    public DateTime? Before { get; set; }

    /// <summary>Keep local parts of addresses and subjects of failure reports.</summary>
    [Parameter]
    public SwitchParameter IncludePersonalData { get; set; }

    /// <summary>Other limits on what is unpacked, e.g. <c>@{ ReportSize = 4GB; Ratio = 1000; Member = 500 }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public MailReportLimit Limit { get; set; } = new();

    protected override void BeginProcessing()
    {
        try
        {
            _domains = Domain?.Select(DomainName.Parse).ToArray();
        }
        catch (DomainNameException exception)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Domain));
        }

        _types.UnionWith(Type);
        _source = new MailReportSource(this, StopToken)
        {
            Limit = Limit,
            IncludesPersonalData = IncludePersonalData,
            Recurses = Recurse,
            OnAggregate = () =>
            {
                _rows = new List<DmarcReportRow>();
                return _rows.Add;
            },
            OnReport = Give,
        };
    }

    protected override void ProcessRecord() => _source!.Process(ParameterSetName, Path, LiteralPath, input: null, static _ => { });

    private void Give(MailReport report)
    {
        if (report is DmarcReport dmarc)
        {
            dmarc.Rows = _rows.ToArray();
            _rows = new List<DmarcReportRow>();
        }

        if (IsWanted(report)) WriteObject(report);
    }

    private bool IsWanted(MailReport report)
    {
        MailReportType type = report switch { DmarcReport => MailReportType.Aggregate, TlsReport => MailReportType.Tls, _ => MailReportType.Failure };
        return (_types.Count == 0 || _types.Contains(type))
            && (_domains is null || DomainsOf(report).Any(IsOfDomains))
            && (After is null || report.End > After.Value.ToUniversalTime())
            && (Before is null || report.Begin < Before.Value.ToUniversalTime());
    }

    private static IEnumerable<string> DomainsOf(MailReport report) =>
        report is TlsReport tls ? tls.Policies.Select(policy => policy.PolicyDomain ?? string.Empty) : new[] { report.Domain };

    private bool IsOfDomains(string text) => DomainName.TryParseDns(text, out DomainName? name) && _domains!.Any(domain => name!.IsSameOrBelow(domain));
}
