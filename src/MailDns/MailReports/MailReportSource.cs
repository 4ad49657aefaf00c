using System.IO;
using MailDns.Adapters;

namespace MailDns.MailReports;

/// <summary>Finds the files that a cmdlet's paths name, and reads the reports in them one by one on the pipeline's thread.</summary>
internal sealed class MailReportSource(PSCmdlet cmdlet, CancellationToken cancellationToken)
{
    // What a link leads to may lie above it; so deep is no folder of reports.
    private const int MaxDepth = 64;
    private readonly ReportLedger _ledger = new();
    private MailReportOpener? _opener;
    private string _path = string.Empty;

    public MailReportLimit Limit { get; init; } = new();
    public bool IncludesPersonalData { get; init; }

    /// <summary>Files in folders below a folder too.</summary>
    public bool Recurses { get; init; }

    /// <summary>Takes the rows of an aggregate report before it; null where they are not wanted.</summary>
    public required Func<Action<DmarcReportRow>> OnAggregate { get; init; }

    /// <summary>Takes each report that is no repeat.</summary>
    public required Action<MailReport> OnReport { get; init; }

    /// <summary>Where a whole report of a key came after a part of it, the part no longer counts.</summary>
    public ReportLedger Ledger => _ledger;

    /// <summary>Reads what a cmdlet is given: paths by either parameter, files and paths that come down the pipeline; other objects are taken.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    public void Process(string parameterSet, string[] paths, string[] literalPaths, PSObject? input, Action<PSObject> take)
    {
        try
        {
            switch (parameterSet)
            {
                case "Path":
                    ReadPaths(paths);
                    break;
                case "LiteralPath":
                    ReadLiteralPaths(literalPaths);
                    break;
                default:
                    Process(input, take);
                    break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }

    private void Process(PSObject? input, Action<PSObject> take)
    {
        switch (input?.BaseObject)
        {
            case null:
                break;
            case FileSystemInfo file:
                ReadLiteralPaths(new[] { file.FullName });
                break;
            case string path:
                ReadPaths(new[] { path });
                break;
            default:
                take(input);
                break;
        }
    }

    /// <summary>Says that an object is nothing that the cmdlet reads.</summary>
    /// <param name="value">The object; a report of another kind is passed over.</param>
    /// <param name="wanted">What the cmdlet takes.</param>
    public void Refuse(PSObject value, string wanted)
    {
        if (!MailReportCopy.IsReport(value))
        {
            var exception = new ArgumentException(cmdlet.MyInvocation.MyCommand.Name + " takes " + wanted + ", not " + ArgumentKind.Of(value) + ".");
            cmdlet.WriteError(new ErrorRecord(exception, "UnsupportedInput", ErrorCategory.InvalidType, value));
        }
    }

    /// <summary>Reads what paths with wildcards name.</summary>
    public void ReadPaths(IEnumerable<string> paths) => Read(paths, isLiteral: false);

    /// <summary>Reads what paths name to the letter.</summary>
    public void ReadLiteralPaths(IEnumerable<string> paths) => Read(paths, isLiteral: true);

    /// <summary>Takes a report that did not come from a file; true where it is no repeat.</summary>
    public bool TryEnter(MailReport report)
    {
        switch (_ledger.Add(report))
        {
            case ReportStanding.Repeat:
                cmdlet.WriteVerbose(Describe(report) + " is a repeat and was left out.");
                return false;
            case ReportStanding.Conflict:
                cmdlet.WriteWarning(Describe(report) + " has the organization, id, domain and period of a report that was read before, but other content. It was left out.");
                return false;
            default:
                return true;
        }
    }

    private void Read(IEnumerable<string> paths, bool isLiteral)
    {
        foreach (string path in paths)
        {
            try
            {
                foreach (string file in FilePaths.Resolve(cmdlet, path, isLiteral))
                    ReadEntry(file, depth: 0);
            }
            catch (Exception exception) when (exception is ItemNotFoundException or ArgumentException or IOException or UnauthorizedAccessException or SessionStateException)
            {
                cmdlet.WriteError(ErrorRecords.From(exception, path));
            }
        }
    }

    private void ReadEntry(string path, int depth)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!Directory.Exists(path))
        {
            ReadFile(path);
            return;
        }

        if (depth > 0 && (!Recurses || depth > MaxDepth || File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint)))
            return;

        string[] entries;
        try
        {
            entries = Directory.GetFileSystemEntries(path).OrderBy(static entry => entry, StringComparer.Ordinal).ToArray();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.From(exception, path));
            return;
        }

        foreach (string entry in entries)
            ReadEntry(entry, depth + 1);
    }

    private void ReadFile(string path)
    {
        try
        {
            BoundedFile.RequireRegular(path);
            if (new FileInfo(path).Length == 0)
            {
                WriteInvalid(path, member: null, "It is empty.", inner: null);
                return;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16);
            _path = path;
            (_opener ??= Opener()).Read(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.WriteError(ErrorRecords.From(exception, path));
        }
    }

    private MailReportOpener Opener() => new(Limit, static () => AdapterFactory.Mail, DateTime.UtcNow, cancellationToken)
    {
        IncludesPersonalData = IncludesPersonalData,
        OnAggregate = OnAggregate,
        OnReport = report =>
        {
            report.Path = _path;
            if (TryEnter(report)) OnReport(report);
        },
        OnError = (member, fault) => WriteInvalid(_path, member, fault.Message, fault),
        OnIgnored = member => cmdlet.WriteVerbose(_path + " > " + member + " is not a report and was passed over."),
    };

    private void WriteInvalid(string path, string? member, string reason, Exception? inner)
    {
        string place = member is null ? path : path + " > " + member;
        var exception = new MailReportException(place + ": " + reason, inner!);
        cmdlet.WriteError(ErrorRecords.From(exception, place));
    }

    private static string Describe(MailReport report) =>
        (report.Path.Length == 0 ? "The report" : report.Path + (report.Member is null ? string.Empty : " > " + report.Member) + ": the report") + " of " + report.Organization + " on " + report.Domain;
}
