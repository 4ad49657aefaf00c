using System.Management.Automation;
using MailDns.Shell.Hosting;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace MailDns.Shell.Commands;

/// <summary>Format-List, whole: the work is done by the engine.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand()
    {
        EngineInternals.SetFormatShape(this, "List");
    }
}
