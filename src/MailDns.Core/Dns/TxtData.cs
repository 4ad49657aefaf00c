namespace MailDns.Dns;

/// <summary>TXT or SPF: one or more character-strings (RFC 1035 section 3.3.14). A character is an octet.</summary>
internal sealed class TxtData(IReadOnlyList<string> strings) : RecordData
{
    private string? _text;

    public TxtData(string text)
        : this(CharacterStrings.Split(text))
    {
    }

    public IReadOnlyList<string> Strings { get; } = strings;

    /// <summary>The strings joined without a separator (RFC 7208 section 3.3).</summary>
    public string Text => _text ??= CharacterStrings.Join(Strings);

    public override string ToString() => PrintableText.Quote(Text);
}
