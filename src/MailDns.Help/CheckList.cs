using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text;

namespace MailDns.Help;

/// <summary>The catalogue of checks as lines of text, from Get-SendingDomainCheck.</summary>
internal static class CheckList
{
    public static string Read(string manifest)
    {
        var state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([manifest]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using PowerShell shell = PowerShell.Create(runspace);
        var text = new StringBuilder();
        foreach (IGrouping<string, PSObject> area in shell.AddCommand("Get-SendingDomainCheck").Invoke().GroupBy(check => Value(check, "Area")))
        {
            text.Append("## ").Append(area.Key).Append("\n\n```\n");
            foreach (PSObject check in area)
                text.Append(Value(check, "Id").PadRight(28)).Append(Value(check, "Severity").PadRight(12)).Append(Value(check, "Title")).Append('\n');
            text.Append("```\n\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Value(PSObject check, string property) => check.Properties[property].Value.ToString()!;
}
