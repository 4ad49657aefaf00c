using System.Management.Automation;
using MailDns.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MailDns.Shell.Commands;

/// <summary>Format-Table, whole: the work is done by the engine.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand()
    {
        EngineInternals.SetFormatShape(this, "Table");
    }
}
