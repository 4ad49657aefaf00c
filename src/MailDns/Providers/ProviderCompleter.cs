using System.Collections;
using System.Management.Automation.Language;

namespace MailDns;

/// <summary>Completes -Provider: ids of the shipped profiles, and files where a path is begun.</summary>
public sealed class ProviderCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = Completions.Word(wordToComplete);
        if (SendingProviderCatalog.IsPath(word)) return CompletionCompleters.CompleteFilename(word);

        return ProviderFiles.ShippedOrNone
            .Where(provider => Fits(provider, word))
            .Select(provider => Completions.Value(provider.Id, provider.Name))
            .ToArray();
    }

    private static bool Fits(SendingProvider provider, string word) =>
        provider.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || provider.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || provider.Aliases.Any(alias => alias.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
