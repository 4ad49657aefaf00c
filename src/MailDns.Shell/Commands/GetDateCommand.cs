using System;
using System.Globalization;
using System.Management.Automation;

namespace MailDns.Shell.Commands;

/// <summary>Get-Date: now or -Date; -Format with a .NET format, -AsUTC.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
[OutputType(typeof(DateTime), typeof(string))]
internal sealed class GetDateCommand : PSCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true)]
    public DateTime? Date { get; set; }

    [Parameter]
    public string? Format { get; set; }

    [Parameter]
    public SwitchParameter AsUTC { get; set; }

    protected override void ProcessRecord()
    {
        DateTime date = Date ?? DateTime.Now;
        if (AsUTC)
            date = date.ToUniversalTime();
        if (Format is null)
            WriteObject(date);
        else
            WriteObject(date.ToString(Format, CultureInfo.CurrentCulture));
    }
}
