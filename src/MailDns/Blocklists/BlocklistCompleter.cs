using System.Collections;
using System.IO;
using System.Management.Automation.Language;
using MailDns.Blocklists;

namespace MailDns;

/// <summary>Completes -List and -Blocklist: Default, ids of the shipped lists, and files where a path is begun.</summary>
public sealed class BlocklistCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string word = Completions.Word(wordToComplete);
        return SendingProviderCatalog.IsPath(word)
            ? CompletionCompleters.CompleteFilename(word)
            : Words().Where(item => item.Word.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Select(item => Completions.Value(item.Word, item.Tip)).ToArray();
    }

    // A broken file is the cmdlet's to tell, and not the Tab key's.
    private static IEnumerable<(string Word, string Tip)> Words()
    {
        IEnumerable<Blocklist> lists;
        try
        {
            lists = BlocklistFiles.Shipped.All;
        }
        catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            lists = Array.Empty<Blocklist>();
        }

        return new[] { (BlocklistCatalog.Default, "The lists that are free, need no registration and are about mail") }.Concat(lists.Select(list => (list.Id, list.Name + " (" + list.Zone + ")")));
    }
}
