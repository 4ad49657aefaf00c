using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace MailDns.Shell;

/// <summary>Adds the shell's own cmdlets to a session, so that they exist there and nowhere else.</summary>
internal static class ShellCommands
{
    /// <summary>Registers every cmdlet class of this assembly.</summary>
    public static void AddTo(InitialSessionState state)
    {
        var entries = new List<SessionStateCommandEntry>();
        foreach (System.Type type in typeof(ShellCommands).Assembly.GetTypes())
        {
            if (type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet)
                entries.Add(new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null));
        }

        state.Commands.Add(entries);
    }
}
