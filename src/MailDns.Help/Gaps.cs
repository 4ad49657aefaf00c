using System.Collections.Generic;
using System.Linq;

namespace MailDns.Help;

/// <summary>What the help of a cmdlet must have and has not.</summary>
internal static class Gaps
{
    private const int LeastExamples = 2;

    public static IEnumerable<string> Find(IEnumerable<CommandHelp> commands) => commands.SelectMany(Find);

    private static IEnumerable<string> Find(CommandHelp help)
    {
        if (help.Synopsis.Length == 0)
            yield return help.Name + " has no synopsis (<summary> of its class).";
        if (help.Description.Count == 0)
            yield return help.Name + " has no description (<remarks> of its class).";
        if (help.Examples.Count < LeastExamples)
            yield return help.Name + " has " + help.Examples.Count + " examples; at least two are wanted (<example> of its class).";
        if (help.Examples.Any(example => example.Code.Length == 0 || example.Remarks.Count == 0))
            yield return help.Name + " has an example without code or without a word on it.";
        if (help.Links.Count == 0)
            yield return help.Name + " names no RFC and has no <seealso href=\"...\">: there is nothing to open online.";
        foreach (ParameterHelp parameter in help.Parameters.Where(parameter => parameter.Description.Count == 0))
            yield return help.Name + " -" + parameter.Name + " has no text (<summary> of its property).";
    }
}
