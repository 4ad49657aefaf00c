using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailDns.Dkim;

namespace MailDns;

/// <summary>Completes a DKIM selector: those of the provider that the command names, else the ones that platforms commonly use. Others are taken as well.</summary>
public sealed class SelectorCompleter : IArgumentCompleter
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
        return Known(fakeBoundParameters?["Provider"]?.ToString())
            .Where(selector => selector.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .Select(selector => new CompletionResult(selector, selector, CompletionResultType.ParameterValue, selector))
            .ToArray();
    }

    private static IEnumerable<string> Known(string? provider) =>
        provider is { Length: > 0 } && Find(provider) is { } found ? SelectorsOf(found) : CommonSelectors.All;

    // A selector with a placeholder differs from account to account.
    private static IEnumerable<string> SelectorsOf(SendingProvider provider) => provider.RecordsOf(RecordPurpose.Dkim)
        .Select(record => record.Selector)
        .OfType<string>()
        .Where(selector => selector.IndexOf('{') < 0)
        .Distinct(StringComparer.OrdinalIgnoreCase);

    private static SendingProvider? Find(string name)
    {
        try
        {
            return ProviderFiles.Shipped.All.FirstOrDefault(provider =>
                string.Equals(provider.Id, name, StringComparison.OrdinalIgnoreCase)
                || string.Equals(provider.Name, name, StringComparison.OrdinalIgnoreCase)
                || provider.Aliases.Contains(name, StringComparer.OrdinalIgnoreCase));
        }
        catch (Exception exception) when (exception is FormatException or System.IO.IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            // A broken file is told by the cmdlet, not by the Tab key.
            return null;
        }
    }
}
