using MailDns.Publishing;

namespace MailDns;

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
