using System.IO;
using MailDns.Adapters;
using MailDns.Blocklists;

namespace MailDns;

/// <summary>Reads block lists: the shipped ones once, a user's own file each time it is named.</summary>
internal static class BlocklistFiles
{
    /// <summary>Largest file that is read; a list has some hundred octets.</summary>
    private const long MaxBytes = 1 << 20;
    private static readonly Lazy<BlocklistCatalog> s_shipped = new(LoadShipped);

    /// <summary>The lists in module/blocklists.</summary>
    public static BlocklistCatalog Shipped => s_shipped.Value;

    /// <summary>The lists that a parameter names, each once; a wrong word or a broken file ends the cmdlet.</summary>
    public static IReadOnlyList<Blocklist> LoadOrStop(PSCmdlet cmdlet, IEnumerable<string> words)
    {
        string current = string.Empty;
        try
        {
            var lists = new List<Blocklist>();
            foreach (string word in words)
            {
                current = word;
                lists.AddRange(Load(cmdlet, word).Where(list => !lists.Exists(other => other.Zone.Equals(list.Zone))));
            }

            return lists;
        }
        catch (Exception exception) when (ProviderFiles.IsExpected(exception))
        {
            cmdlet.ThrowTerminatingError(exception is ArgumentException
                ? new ErrorRecord(exception, "BlocklistNotFound", ErrorCategory.ObjectNotFound, current)
                : ErrorRecords.From(exception, current));
            throw;
        }
    }

    private static IReadOnlyList<Blocklist> Load(PSCmdlet cmdlet, string word)
    {
        if (!SendingProviderCatalog.IsPath(word)) return Shipped.Get(word);

        string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(word, out ProviderInfo provider, out _);
        return string.Equals(provider.Name, "FileSystem", StringComparison.OrdinalIgnoreCase)
            ? Read(path)
            : throw new ArgumentException("The block list " + Text.PrintableText.Quote(word) + " is not a file.");
    }

    private static IReadOnlyList<Blocklist> Read(string path) =>
        BlocklistReader.Read(AdapterFactory.Json.Read(BoundedFile.ReadText(path, MaxBytes, "1 MB, which no file of block lists is"), path), path);

    private static BlocklistCatalog LoadShipped()
    {
        string bin = Path.GetDirectoryName(typeof(BlocklistFiles).Assembly.Location)!;
        return new BlocklistCatalog(Read(Path.Combine(Path.GetDirectoryName(bin)!, "blocklists", "blocklists.json")));
    }
}
