using MailDns.MailReports;

namespace MailDns;

/// <summary>
/// Base of what adds up DMARC aggregate reports: straight from files, so that no report is ever held as a whole, or from
/// objects of Import-MailReport and Measure-DmarcReport, live ones and copies alike.
/// </summary>
public abstract class DmarcReportCommand : ResolvingCmdlet
{
    private readonly List<(DmarcReport Report, RowTally Tally)> _parts = new();
    private RowTally _tally = new();
    private DmarcMeasure? _measure;
    private MailReportSource? _source;

    /// <summary>Report files and folders; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public virtual string[] Path { get; set; } = Array.Empty<string>();

    /// <summary>Report files and folders, taken to the letter.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = Array.Empty<string>();

    /// <summary>Reports of Import-MailReport, sources of Measure-DmarcReport, or files of Get-ChildItem.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>Also the files in folders below; links to folders are not followed.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>Platforms that the domain uses: names or paths of profiles.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Provider { get; set; } = Array.Empty<string>();

    /// <summary>What is yours beside what DNS shows: addresses, networks, signing domains and bounce domains.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] OwnSource { get; set; } = Array.Empty<string>();

    /// <summary>Ask for the names of addresses that nothing else explains (PTR). It is slow, and tells your resolver who wrote to whom.</summary>
    [Parameter]
    public SwitchParameter ResolveName { get; set; }

    /// <summary>Other limits on what is unpacked, e.g. <c>@{ ReportSize = 4GB }</c>.</summary>
    [Parameter]
    [ValidateNotNull]
    public MailReportLimit Limit { get; set; } = new();

    private protected DmarcMeasure Measure => _measure!;

    /// <summary>True for reports that count.</summary>
    private protected virtual bool IsWanted(DmarcReport report) => true;

    /// <summary>Told of each report that counts.</summary>
    private protected virtual void OnReport(DmarcReport report)
    {
    }

    /// <summary>Told of each source that comes measured.</summary>
    private protected virtual void OnSource(DmarcSource source)
    {
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _measure = new DmarcMeasure(new DmarcMeasureOptions
        {
            Resolver = HasSource || AsksByDefault ? PrepareResolver() : null,
            Platforms = ProviderFiles.IndexWith(Provider.Select(name => ProviderFiles.LoadOrStop(this, name)!).ToArray()),
            OwnSources = OwnSource,
            ResolvesNames = ResolveName,
        });
        _source = new MailReportSource(this, StopToken)
        {
            Limit = Limit,
            Recurses = Recurse,
            OnAggregate = () =>
            {
                _tally = new RowTally();
                return _tally.Add;
            },
            OnReport = report =>
            {
                if (report is DmarcReport dmarc) Take(dmarc, _tally);
            },
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => _source!.Process(ParameterSetName, Path, LiteralPath, InputObject, Take);

    /// <summary>The sources of everything that came.</summary>
    private protected IReadOnlyList<DmarcSource> Finish()
    {
        // A part counts where no whole one came.
        foreach ((DmarcReport report, RowTally tally) in _parts.Where(part => !_source!.Ledger.HasWhole(part.Report)))
        {
            WriteWarning("The report of " + report.Organization + " on " + report.Domain + " is incomplete" + (report.Path.Length > 0 ? " (" + report.Path + ")" : string.Empty) + ": what could be read of it is counted.");
            Add(report, tally);
        }

        if (Measure.IsCoarse)
            WriteWarning("A report has more senders than can be counted separately; some addresses were combined into networks.");

        return Await(token => Measure.FinishAsync(token));
    }

    /// <summary>True where DNS is asked although no source is named.</summary>
    private protected virtual bool AsksByDefault => false;

    private void Take(PSObject value)
    {
        if (MailReportCopy.ReadSource(value) is { } source)
        {
            Measure.Add(source);
            OnSource(source);
        }
        else if (MailReportCopy.ReadReport(value) is not { } report)
        {
            _source!.Refuse(value, "reports of Import-MailReport, sources of Measure-DmarcReport and files");
        }
        else if (report.RowCount != report.Rows.Length)
        {
            WriteError(new ErrorRecord(new ArgumentException("The report of " + report.Organization + " has lost its rows; it was copied without them."), "ReportInvalid", ErrorCategory.InvalidData, value));
        }
        else if (_source!.TryEnter(report))
        {
            var tally = new RowTally();
            foreach (DmarcReportRow row in report.Rows)
                tally.Add(row);

            Take(report, tally);
        }
    }

    private void Take(DmarcReport report, RowTally tally)
    {
        if (!IsWanted(report)) return;

        if (report.IsComplete)
            Add(report, tally);
        else
            _parts.Add((report, tally));
    }

    private void Add(DmarcReport report, RowTally tally)
    {
        Await(async token =>
        {
            await Measure.AddAsync(report, tally, token).ConfigureAwait(false);
            return true;
        });
        OnReport(report);
    }
}
