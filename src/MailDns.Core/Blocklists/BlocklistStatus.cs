using MailDns.Blocklists;

namespace MailDns;

/// <summary>What one block list says of one address or domain. Texts from DNS are escaped.</summary>
public sealed class BlocklistStatus : AreaStatus
{
    internal BlocklistStatus(string domain, BlocklistQuery query, Blocklist list, string? recordName)
        : base(domain, recordName)
    {
        Query = query.Text;
        List = list.Id;
        Name = list.Name;
        DelistUri = list.DelistUri;
    }

    /// <summary>The address or the domain that was asked about.</summary>
    public string Query { get; }

    /// <summary>The list: its id, or its zone for one that was named by it.</summary>
    public string List { get; }

    /// <summary>The list's name.</summary>
    public string Name { get; }

    /// <summary>
    /// True where the list has an entry, false where it has none; null where that is not known: the lookup failed, the list refuses the
    /// resolver, or it does not answer its test entries.
    /// </summary>
    public bool? Listed { get; internal set; }

    /// <summary>The addresses that the list answered, as 127.0.0.2.</summary>
    public string[] Codes { get; internal set; } = Array.Empty<string>();

    /// <summary>What the answers mean by the list's documentation, or why nothing is known; null where there is no entry.</summary>
    public string? Meaning { get; internal set; }

    /// <summary>What the list says of the entry (TXT), escaped and shortened; null where it says nothing.</summary>
    public string? Text { get; internal set; }

    /// <summary>Where the list's operator shows entries and removes them; null where nobody says.</summary>
    public string? DelistUri { get; }

    /// <summary>The query, the list and what it says.</summary>
    public override string ToString() => Query + " " + List + ": " + (Listed is { } listed ? listed ? "listed (" + string.Join(", ", Codes) + ")" : "not listed" : "unknown (" + Meaning + ")");
}
