using MailDns.MailReports;

namespace MailDns.Commands;

/// <summary>Adds up SMTP TLS reports: which sessions failed at which host, what it means, who must act, and the next MTA-STS mode.</summary>
/// <remarks>
/// One object a policy domain (RFC 8460). Counts are sessions, not messages; some senders count each try as a failure. NextMode is Enforce
/// where the policy is in testing mode, no session failed, and enough days and sessions were seen; with enforce, sessions that fail do
/// not deliver. Incomplete reports count with what could be read, and keep a domain from enforce no less than whole ones.
/// </remarks>
/// <example>
/// <code>Measure-TlsReport ./examples/reports</code>
/// <para>From a folder of reports; other kinds of reports in it are passed over.</para>
/// </example>
/// <example>
/// <code>Import-MailReport ./examples/reports -Type Tls | Measure-TlsReport | ForEach-Object Failures</code>
/// <para>The failures by kind and host.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "TlsReport", DefaultParameterSetName = "InputObject")]
[OutputType(typeof(TlsReportSummary))]
public sealed class MeasureTlsReportCommand : MailDnsCmdlet
{
    private TlsMeasure? _measure;
    private MailReportSource? _source;

    /// <summary>Report files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Report files and folders, taken to the letter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Reports of Import-MailReport, live or copied, or files of Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Also the files in folders below; links to folders are not followed.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Days with reports that enforce asks for; default 14.</summary>
    [Parameter]
    [ValidateRange(0, 366)]
    public int MinimumDay { get; set; } = 14;

    /// <summary>Sessions that enforce asks for; default 100.</summary>
    [Parameter]
    [ValidateRange(0, long.MaxValue)]
    public long MinimumSession { get; set; } = 100;

    /// <summary>Other limits on what is unpacked, e.g. <c>@{ ReportSize = 4GB }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public MailReportLimit Limit { get; set; } = new();

    protected override void BeginProcessing()
    {
        _measure = new TlsMeasure { Days = MinimumDay, Sessions = MinimumSession };
        _source = new MailReportSource(this, StopToken)
        {
            Limit = Limit,
            Recurses = Recurse,
            OnAggregate = static () => static _ => { },
            OnReport = report =>
            {
                if (report is TlsReport tls) _measure.Add(tls);
            },
        };
    }

    protected override void ProcessRecord() => _source!.Process(ParameterSetName, Path, LiteralPath, InputObject, Take);

    protected override void EndProcessing() => WriteObject(_measure!.Finish(), enumerateCollection: true);

    private void Take(PSObject value)
    {
        if (MailReportCopy.ReadTls(value) is not { } report)
            _source!.Refuse(value, "reports of Import-MailReport and files");
        else if (_source!.TryEnter(report))
            _measure!.Add(report);
    }
}
