using MailDns.Publishing;

namespace MailDns;

/// <summary>Base of the generators: they make record objects from parameters and touch no network.</summary>
public abstract class RecordGeneratorCommand : MailDnsCmdlet
{
    /// <summary>The domain the record is for, in Unicode or as A-labels. Also from an object's Domain, DomainName, ZoneName or Name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("DomainName", "Name")]
    [DomainArgument]
    [AllowEmptyString]
    public string Domain { get; set; } = string.Empty;

    /// <summary>The zone that contains the record; default: the domain itself. The record's Name becomes relative to it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? ZoneName { get; set; }

    /// <summary>Time to live; default one hour. A bare number is seconds.</summary>
    [Parameter]
    [TimeToLiveArgument]
    [ValidateNotNull]
    public TimeSpan TimeToLive { get; set; } = TimeSpan.FromHours(1);

    protected override void ProcessRecord()
    {
        IReadOnlyList<object> output;
        try
        {
            DomainName domain = DomainName.Parse(Domain);
            DomainName zone = string.IsNullOrEmpty(ZoneName) ? domain : DomainName.Parse(ZoneName);
            output = Create(domain, zone).ToArray();
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException or System.IO.IOException or UnauthorizedAccessException or Smtp.SmtpException)
        {
            WriteError(ErrorRecords.From(exception, Domain));
            return;
        }

        this.WarnOfLongTexts(output.OfType<ResourceRecord>());
        foreach (object item in output)
        {
            if (item is CmdletMessage message)
                WriteMessage(message);
            else
                WriteObject(item);
        }
    }

    /// <summary>
    /// Makes the records, in the order to write them. A <see cref="CmdletMessage"/> among them is written to its stream.
    /// Format, argument and file exceptions become non-terminating errors for this domain.
    /// </summary>
    private protected abstract IEnumerable<object> Create(DomainName domain, DomainName zone);
}

/// <summary>What follows a cmdlet in its pipeline, as its line says.</summary>
internal static class PipelineTarget
{
    /// <summary>True where the output goes into one of these commands, by the words of the line that called the cmdlet.</summary>
    public static bool PipesInto(this PSCmdlet cmdlet, params string[] commands) =>
        cmdlet.MyInvocation.PipelinePosition < cmdlet.MyInvocation.PipelineLength
        && commands.Any(command => cmdlet.MyInvocation.Line?.IndexOf(command, StringComparison.OrdinalIgnoreCase) >= 0);

    /// <summary>Warns of texts that the next command of the pipeline, one of Windows DNS Server, may drop silently.</summary>
    public static void WarnOfLongTexts(this PSCmdlet cmdlet, IEnumerable<ResourceRecord> records)
    {
        if (cmdlet.PipesInto("Add-DnsServerResourceRecord"))
        {
            foreach (ResourceRecord record in records.Where(LongText.IsLong))
                cmdlet.WriteWarning(LongText.Warn(record));
        }
    }
}
