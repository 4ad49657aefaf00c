using System.IO;
using MailDns.Report;

namespace MailDns.Reports;

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
                var exception = new ArgumentException("-" + parameter + " takes what Test-SendingDomain and Get-*Status give, and paths of JSON reports or Clixml files; it cannot take an object of type " + item.TypeNames[0] + ".");
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
                throw new FormatException("the file holds an object that is not a result of MailDns.");
        }
    }
}
