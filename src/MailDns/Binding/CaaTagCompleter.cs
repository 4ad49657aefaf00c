using System.Collections;
using System.Management.Automation.Language;
using MailDns.Caa;

namespace MailDns;

/// <summary>Completes the tag of a CAA property: those of IANA's registry that MailDns knows. Others are taken as well.</summary>
public sealed class CaaTagCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.StartingWith(wordToComplete, CaaProperty.Known.Select(tag => Completions.Value(tag)));
}
