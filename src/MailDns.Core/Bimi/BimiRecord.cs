using MailDns.Bimi;

namespace MailDns;

/// <summary>A BIMI Assertion Record (BIMI draft section 5.3), read tag by tag. Texts are escaped for display.</summary>
public sealed class BimiRecord
{
    internal BimiRecord(string text, IReadOnlyList<TagSpec> tags, IReadOnlyList<TextFault> faults)
    {
        RawText = text;
        Text = PrintableText.Escape(text);
        Tags = tags;
        Faults = faults;
        LogoUri = Display(BimiTags.Location);
        EvidenceUri = Display(BimiTags.Evidence);
        LocalPartPrefixes = Find(BimiTags.LocalParts) is { Value.Length: > 0 } prefixes
            ? PrintableText.Escape(prefixes.Value).Split(',').Select(prefix => prefix.Trim()).ToArray()
            : Array.Empty<string>();
        AvatarPreference = string.Equals(Find(BimiTags.Avatar)?.Value, "personal", StringComparison.Ordinal)
            ? BimiAvatarPreference.Personal
            : BimiAvatarPreference.Brand;
    }

    /// <summary>The record's text.</summary>
    public string Text { get; }

    /// <summary>l: the address of the logo; empty in a declination, null where the tag is missing.</summary>
    public string? LogoUri { get; }

    /// <summary>a: the address of the mark certificate; null or empty where there is none.</summary>
    public string? EvidenceUri { get; }

    /// <summary>avp; default Brand.</summary>
    public BimiAvatarPreference AvatarPreference { get; }

    /// <summary>lps: local-part prefixes that have selectors of their own.</summary>
    public string[] LocalPartPrefixes { get; }

    /// <summary>True when the domain declines to take part: l and a are empty (BIMI draft section 5.3.1).</summary>
    public bool IsDeclination => LogoUri is { Length: 0 } && string.IsNullOrEmpty(EvidenceUri);

    internal string RawText { get; }
    internal IReadOnlyList<TagSpec> Tags { get; }
    internal IReadOnlyList<TextFault> Faults { get; }

    /// <summary>Reads a record by the letter of the draft.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar; the exception says where.</exception>
    public static BimiRecord Parse(string text) => BimiParser.Parse(text);

    /// <summary>The record's text.</summary>
    public override string ToString() => Text;

    /// <summary>The first tag of that name; tag names are case-sensitive, and receivers repair nothing (section 5.3).</summary>
    internal TagSpec? Find(string name)
    {
        foreach (TagSpec tag in Tags)
        {
            if (tag.HasEquals && string.Equals(tag.Name, name, StringComparison.Ordinal)) return tag;
        }

        return null;
    }

    private string? Display(string name) => Find(name) is { } tag ? PrintableText.Escape(tag.Value) : null;
}
