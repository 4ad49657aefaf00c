using System.Collections;
using System.IO;
using System.Text;
using MailDns.Report;

namespace MailDns.Reports;

/// <summary>
/// Takes what comes down the pipeline into a report: results of checks, status objects, SPF trees, alignments and records,
/// live ones and copies from jobs, remote sessions and files alike. A new kind is a line in <see cref="s_readers"/>; the parts
/// of a status object are found by what they are.
/// </summary>
internal sealed class ReportInput
{
    private static readonly Dictionary<string, Action<ReportInput, ReportItem>> s_readers = new(StringComparer.Ordinal)
    {
        ["CheckResult"] = (input, item) => input.Report.Add(ReportItemReader.Check(item)),
        ["SpfTreeNode"] = (input, item) => input.AddNode(item),
        ["MailMessageResult"] = (input, item) => input.AddChecks((item.Value.BaseObject as IChecked)?.Results ?? item.List("Findings")),
        ["DmarcAlignment"] = (input, item) => input.AddAlignment(item),
        ["DmarcSource"] = (input, item) => input.Report.Add(ReportItemReader.Sender(item)),
        ["DmarcReadiness"] = (input, item) => input.Report.Add(ReportItemReader.Readiness(item)),
        ["TlsReportSummary"] = (input, item) => input.Report.Add(ReportItemReader.Tls(item)),
        ["ResourceRecord"] = (input, item) => input.Report.Add(ReportItemReader.Record(item)),
    };

    private readonly ReportTreeBuilder _trees = new();

    public ReportBuilder Report { get; } = new();

    /// <summary>SPF nodes that lie below nothing that was given; they cannot be drawn.</summary>
    public int LostNodes { get; private set; }

    /// <summary>False for an object of another kind, or one without a domain.</summary>
    public bool TryAdd(object? value)
    {
        if (value is null) return false;

        // Nearly all that comes; reading it by the names of its properties takes ten times as long.
        if (((value as PSObject)?.BaseObject ?? value) is CheckResult { Domain.Length: > 0 } result)
        {
            Report.Add(ReportItemReader.Check(result));
            return true;
        }

        var item = new ReportItem(PSObject.AsPSObject(value));
        return TryAdd(item, withParts: true);
    }

    private bool TryAdd(ReportItem item, bool withParts)
    {
        if (item.Kind is not { } kind) return false;
        if (item.IsRecord) kind = nameof(ResourceRecord);

        if (!s_readers.TryGetValue(kind, out Action<ReportInput, ReportItem>? read))
            return kind.EndsWith("Status", StringComparison.Ordinal) && AddStatus(item, withParts);

        // The results of a message without an author say so themselves.
        if (!item.IsRecord && kind != nameof(MailMessageResult) && item.Text("Domain").Length == 0) return false;

        read(this, item);
        return true;
    }

    private bool AddStatus(ReportItem item, bool withParts)
    {
        IEnumerable<CheckResult>? results = (item.Value.BaseObject as IChecked)?.Results;
        if (results is null && !item.Has("Findings")) return false;

        // The status of an address has no domain; its results have.
        if (item.Text("Domain") is { Length: > 0 } domain) Report.AddDomain(domain);

        AddChecks(results ?? item.List("Findings"));
        if (withParts)
        {
            foreach (ReportItem part in item.Parts().Where(part => part.Kind is { } kind && (kind.EndsWith("Status", StringComparison.Ordinal) || s_readers.ContainsKey(kind))))
                TryAdd(part, withParts: false);
        }

        return true;
    }

    private void AddAlignment(ReportItem item)
    {
        Report.Add(ReportItemReader.MailPath(item));
        AddChecks((item.Value.BaseObject as IChecked)?.Results ?? item.List("Findings"));
    }

    private void AddChecks(IEnumerable checks)
    {
        foreach (CheckResult check in checks.OfType<CheckResult>().Where(check => check.Domain.Length > 0))
            Report.Add(ReportItemReader.Check(check));

        foreach (ReportItem check in checks.Cast<object>().Where(check => check is not CheckResult).Select(check => new ReportItem(PSObject.AsPSObject(check))).Where(check => check.Kind == nameof(CheckResult) && check.Text("Domain").Length > 0))
            Report.Add(ReportItemReader.Check(check));
    }

    private void AddNode(ReportItem item)
    {
        if (!_trees.TryAdd(ReportItemReader.TreeNode(item), Report.AddTree)) LostNodes++;
    }
}

/// <summary>Results of an earlier run: objects of the pipeline, JSON reports, and files of Export-Clixml.</summary>
internal static class ResultInput
{
    // Clixml is read as a whole: 300 domains take some 32 MB.
    private const long MaxClixml = 512L << 20;

    /// <summary>All checks that the items hold.</summary>
    /// <param name="cmdlet">Who asks; its location is what relative paths are relative to.</param>
    /// <param name="items">Results, status objects, and paths.</param>
    /// <param name="parameter">The parameter's name, for errors.</param>
    public static IReadOnlyList<ReportCheck> Read(MailDnsCmdlet cmdlet, IEnumerable<PSObject> items, string parameter)
    {
        var input = new ReportInput();
        var checks = new List<ReportCheck>();
        foreach (PSObject item in items)
        {
            if (item.BaseObject is string or FileInfo)
            {
                ReadFile(cmdlet, item.BaseObject is FileInfo file ? file.FullName : (string)item.BaseObject, "-" + parameter, input, checks);
            }
            else if (!input.TryAdd(item))
            {
                var exception = new ArgumentException("-" + parameter + " takes what Test-SendingDomain and Get-*Status give, and paths of JSON reports or Clixml files; it cannot take " + ArgumentKind.Of(item) + ".");
                cmdlet.ThrowTerminatingError(new ErrorRecord(exception, "UnsupportedInput", ErrorCategory.InvalidType, item));
            }
        }

        if (!input.Report.IsEmpty)
            checks.AddRange(input.Report.Build(title: null, DateTimeOffset.UtcNow, string.Empty).Domains.SelectMany(domain => domain.Checks));

        return checks;
    }

    // Half a reference would make old findings look new: what cannot be read ends the command.
    private static void ReadFile(MailDnsCmdlet cmdlet, string path, string parameter, ReportInput input, List<ReportCheck> checks)
    {
        try
        {
            string full = OutputFile.Resolve(cmdlet, path, parameter);
            using FileStream stream = File.OpenRead(full);
            if (IsClixml(stream))
                ReadClixml(stream, input);
            else
                checks.AddRange(JsonReportReader.Read(stream));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or FormatException)
        {
            cmdlet.ThrowTerminatingError(ErrorRecords.From(exception is FormatException ? new FormatException(path + ": " + exception.Message, exception) : exception, path));
        }
    }

    private static bool IsClixml(FileStream stream)
    {
        var start = new byte[16];
        int read = stream.Read(start, 0, start.Length);
        stream.Position = 0;

        // "<Objs" in any of the encodings that Export-Clixml writes: the first letter is enough, JSON begins with another.
        return start.Take(read).FirstOrDefault(octet => octet is not (0 or 0xEF or 0xBB or 0xBF or 0xFE or 0xFF or (byte)' ' or (byte)'\r' or (byte)'\n' or (byte)'\t')) == (byte)'<';
    }

    private static void ReadClixml(FileStream stream, ReportInput input)
    {
        if (stream.Length > MaxClixml)
            throw new IOException("The file is larger than " + (MaxClixml >> 20) + " MB. Compare JSON reports of Export-SendingDomainReport instead.");

        using var reader = new StreamReader(stream);
        object[] items;
        try
        {
            items = PSSerializer.DeserializeAsList(reader.ReadToEnd());
        }
        catch (Exception exception) when (exception is System.Xml.XmlException or PSArgumentException or InvalidCastException)
        {
            throw new FormatException("the file cannot be read as Clixml.", exception);
        }

        foreach (object item in items)
        {
            if (!input.TryAdd(item))
                throw new FormatException("the file contains an object that is not a result of MailDns.");
        }
    }
}

/// <summary>The file of a report: UTF-8 without a byte order mark.</summary>
internal static class ReportFile
{
    /// <summary>Writes the file, whole or not at all (<see cref="OutputFile"/>).</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, bool overwrite, Action<TextWriter> write, CancellationToken cancellationToken) => OutputFile.Write(
        path,
        overwrite,
        stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 1 << 14, leaveOpen: true);
            write(writer);
        },
        cancellationToken);
}
