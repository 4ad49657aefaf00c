using System.Collections;
using System.Management.Automation.Language;
using MailDns.Dkim;

namespace MailDns;

/// <summary>Completes a DKIM selector: those of the provider that the command names, else the ones that platforms commonly use. Others are taken as well.</summary>
public sealed class SelectorCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        Completions.StartingWith(wordToComplete, Known(fakeBoundParameters?["Provider"]?.ToString()).Select(selector => Completions.Value(selector)));

    private static IEnumerable<string> Known(string? provider) =>
        provider is { Length: > 0 } && ProviderFiles.ShippedOrNone.FirstOrDefault(shipped => shipped.IsNamed(provider)) is { } found ? SelectorsOf(found) : CommonSelectors.All;

    // A selector with a placeholder differs from account to account.
    private static IEnumerable<string> SelectorsOf(SendingProvider provider) => provider.RecordsOf(RecordPurpose.Dkim)
        .Select(record => record.Selector)
        .OfType<string>()
        .Where(selector => selector.IndexOf('{') < 0)
        .Distinct(StringComparer.OrdinalIgnoreCase);
}
