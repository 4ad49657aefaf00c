using System.Collections;
using System.Management.Automation.Language;
using MailDns.Sending;

namespace MailDns;

/// <summary>Completes the id of a check; its title is the tool tip.</summary>
public sealed class CheckCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.StartingWith(wordToComplete, CheckCatalog.All.Select(check => Completions.Value(check.Id, check.Title)));
}
