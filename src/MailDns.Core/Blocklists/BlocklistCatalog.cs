namespace MailDns.Blocklists;

/// <summary>The lists that are known, by what users call them.</summary>
internal sealed class BlocklistCatalog(IReadOnlyList<Blocklist> lists)
{
    /// <summary>The word for the lists that are asked where none is named.</summary>
    public const string Default = "Default";

    private static readonly BlocklistKind[] s_kinds = { BlocklistKind.IPv4, BlocklistKind.IPv6, BlocklistKind.Domain };

    public IReadOnlyList<Blocklist> All { get; } = lists;

    /// <summary>The lists of a word: "Default", the id, name or zone of a list, or a zone that is not known, whose answers nobody documents.</summary>
    /// <exception cref="ArgumentException">It is none of them.</exception>
    public IReadOnlyList<Blocklist> Get(string word)
    {
        string text = word.Trim();
        if (Same(text, Default)) return All.Where(list => list.IsDefault).ToArray();

        string zone = text.TrimEnd('.');
        if (All.FirstOrDefault(list => Same(list.Id, text) || Same(list.Name, text) || Same(list.Zone.Text, zone)) is { } known)
            return new[] { known };

        if (text.IndexOf('.') < 0)
        {
            string[] ids = All.Select(list => list.Id).Concat(new[] { Default }).ToArray();
            throw new ArgumentException("The block list " + PrintableText.Quote(text) + " was not found." + NearestName.Hint(text, ids) + " Give the id of a list, its zone (bl.example.net), a file (.json) or " + Default + ".");
        }

        return DomainName.TryParse(zone, out DomainName? name, out string reason)
            ? new[] { new Blocklist(name!.Text, name.ToString(), name) { Kinds = s_kinds } }
            : throw new ArgumentException("The block list " + PrintableText.Quote(text) + " is not a valid domain name: " + reason);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
