using System.Management.Automation;

namespace MailDns.EmptyModule;

/// <summary>Does nothing: what the import of any binary module costs is measured with it.</summary>
[Cmdlet(VerbsCommon.Get, "Nothing")]
public sealed class GetNothingCommand : PSCmdlet
{
}
