using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MailDns;

/// <summary>Completes -Provider: ids of the shipped profiles, and files where a path is begun.</summary>
public sealed class ProviderCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        string word = (wordToComplete ?? string.Empty).Trim('\'', '"');
        if (SendingProviderCatalog.IsPath(word))
        {
            return CompletionCompleters.CompleteFilename(word);
        }

        try
        {
            return ProviderFiles.Shipped.All
                .Where(provider => Fits(provider, word))
                .Select(provider => new CompletionResult(provider.Id, provider.Id, CompletionResultType.ParameterValue, provider.Name))
                .ToArray();
        }
        catch (Exception exception) when (exception is FormatException or System.IO.IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // A broken file is told by the cmdlet, not by the Tab key.
            return Enumerable.Empty<CompletionResult>();
        }
    }

    private static bool Fits(SendingProvider provider, string word) =>
        provider.Id.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || provider.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)
        || provider.Aliases.Any(alias => alias.StartsWith(word, StringComparison.OrdinalIgnoreCase));
}
