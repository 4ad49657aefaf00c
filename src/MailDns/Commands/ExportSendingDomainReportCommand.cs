using System.IO;
using System.Reflection;
using MailDns.Report;
using MailDns.Reports;

namespace MailDns.Commands;

/// <summary>Writes a report on sending domains: a page for people, JSON for programs, or JUnit XML for build servers.</summary>
/// <remarks>
/// Takes what Test-SendingDomain gives, and beside it, in any order: Get-SpfTree (drawn as a tree), Test-DmarcAlignment
/// (drawn as the path of the mail), Measure-DmarcReport (a timeline and a table of sources), Test-DmarcReadiness,
/// Measure-TlsReport, Test-MailMessage, every Get-*Status, and the records of New-SendingDomainRecord, which the report
/// then lists as the records to publish; otherwise it lists the records in the findings. Copies from jobs and Import-Clixml
/// can be used as well. The report shows only what comes down the pipeline: include passed results so that they are counted.
/// The page is one file that loads nothing and may be mailed; it prints, and follows the light or dark mode of its reader.
/// JSON (RFC 8259) follows module/schemas/report.schema.json. In JUnit XML a domain is a suite and a check a case: Fail is a failure,
/// Unknown an error, NotApplicable is skipped, and a Warning passes with its text, unless -FailOnWarning.
/// The file is written completely or not at all. An existing file is replaced only with -Force.
/// </remarks>
/// <example>
/// <code>Test-SendingDomain example.com -ZoneFile examples/zones/*.zone -Provider Altcraft | Export-SendingDomainReport -Path report.html</code>
/// <para>A page on one domain, from zone files.</para>
/// </example>
/// <example>
/// <code>&amp; { Test-SendingDomain contoso.com -Provider Altcraft; Get-SpfTree contoso.com; Test-DmarcAlignment contoso.com -Provider Altcraft } | Export-SendingDomainReport report.html -Title 'Mail of Contoso' -Force</code>
/// <para>The same with the SPF tree and the way of the mail as pictures.</para>
/// </example>
/// <example>
/// <code>Get-Content domains.txt | Test-SendingDomain -IncludeNotApplicable | Export-SendingDomainReport -Path results.xml -Format JUnit</code>
/// <para>Many domains for a build server; with -IncludeNotApplicable the list of cases is the same in every run.</para>
/// </example>
[Cmdlet(VerbsData.Export, "SendingDomainReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSendingDomainReportCommand : MailDnsCmdlet
{
    private readonly ReportInput _input = new();
    private string _path = string.Empty;

    /// <summary>Results of checks, status objects, SPF tree nodes, alignments and records; live or deserialised.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    public PSObject? InputObject { get; set; }

    /// <summary>The file to write.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Html, Json, JUnit or Sarif; default: by the file's extension (.html, .htm; .json; .xml; .sarif), else Html.</summary>
    [Parameter]
    public ReportFormat Format { get; set; }

    /// <summary>The heading of the report; default "Sending domain report".</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>An earlier run, as results or as paths of JSON reports or Clixml files: the page shows what has changed since, JSON has it as "changes", and SARIF says of each finding whether it is new (baselineState). JUnit does not show it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSObject[]? Reference { get; set; }

    /// <summary>JUnit: a warning is a failure too.</summary>
    [Parameter]
    public SwitchParameter FailOnWarning { get; set; }

    /// <summary>Replaces a file that is there.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Gives the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _path = OutputFile.Resolve(this, Path, "-Path");
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            ThrowTerminatingError(ErrorRecords.From(exception, Path));
        }

        // Before the checks run, which may take minutes.
        if (File.Exists(_path) && !Force)
        {
            ThrowTerminatingError(new ErrorRecord(new IOException("The file " + _path + " exists; -Force replaces it."), "FileExists", ErrorCategory.ResourceExists, _path));
        }

        if (!Directory.Exists(System.IO.Path.GetDirectoryName(_path)))
            ThrowTerminatingError(ErrorRecords.From(new DirectoryNotFoundException("The folder of " + _path + " does not exist."), _path));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!_input.TryAdd(InputObject))
        {
            var exception = new ArgumentException("The report takes what Test-SendingDomain, Get-*Status, Get-SpfTree, Test-DmarcAlignment, Measure-DmarcReport, Measure-TlsReport, Test-DmarcReadiness, Test-MailMessage and New-*Record give, not " + Describe(InputObject) + ".");
            WriteError(new ErrorRecord(exception, "UnsupportedInput", ErrorCategory.InvalidType, InputObject));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_input.Report.IsEmpty)
        {
            // An empty report would look like a good one.
            var exception = new InvalidOperationException("No input received; no report was written.");
            ThrowTerminatingError(new ErrorRecord(exception, "NothingToReport", ErrorCategory.InvalidData, _path));
        }

        if (_input.LostNodes > 0)
            WriteWarning(_input.LostNodes + " nodes of an SPF tree are left out: the node above them was not given.");

        ReportFormat format = MyInvocation.BoundParameters.ContainsKey(nameof(Format)) ? Format : FormatOf(_path);
        if (ShouldProcess(_path, (File.Exists(_path) ? "Replace by" : "Write") + " a report as " + format))
            Write(format);
    }

    private void Write(ReportFormat format)
    {
        SendingDomainReport report = _input.Report.Build(Title, DateTimeOffset.UtcNow, Version());
        if (Reference is not null) report.CompareWith(ResultInput.Read(this, Reference, nameof(Reference)));

        // A file below the current folder is named relative to it, which in a build is the repository.
        report.Folder = SessionState.Path.CurrentFileSystemLocation.ProviderPath.TrimEnd('/', '\\') + System.IO.Path.DirectorySeparatorChar;

        bool failOnWarning = FailOnWarning;
        try
        {
            Await(token => Task.FromResult(Save(report, format, failOnWarning, token)));
            if (PassThru)
                WriteObject(InvokeProvider.Item.Get(new[] { _path! }, force: true, literalPath: true), enumerateCollection: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(exception, exception is IOException ? "FileError" : "AccessDenied", exception is IOException ? ErrorCategory.WriteError : ErrorCategory.PermissionDenied, _path));
        }
    }

    private bool Save(SendingDomainReport report, ReportFormat format, bool failOnWarning, CancellationToken cancellationToken)
    {
        ReportFile.Write(_path, Force, writer => ReportWriter.Write(report, format, failOnWarning, writer), cancellationToken);
        return true;
    }

    private static ReportFormat FormatOf(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".JSON" => ReportFormat.Json,
        ".XML" => ReportFormat.JUnit,
        ".SARIF" => ReportFormat.Sarif,
        _ => ReportFormat.Html,
    };

    private static string Version() => typeof(ExportSendingDomainReportCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? string.Empty;

    private static string Describe(PSObject? value) => value is null ? "nothing" : ArgumentKind.Of(value);
}
