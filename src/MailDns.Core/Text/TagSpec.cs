namespace MailDns.Text;

/// <summary>One part of a tag-list between semicolons, with its place in the text (RFC 6376 section 3.2, RFC 9989 section 4.8).</summary>
internal sealed class TagSpec(string text, int offset, int length, int nameLength, int valueOffset, int valueLength, bool hasEquals)
{
    private readonly string _text = text;
    private readonly int _nameLength = nameLength;
    private readonly int _valueLength = valueLength;
    private string? _name;
    private string? _value;

    /// <summary>The tag's name without white space around it, in its own case; the whole part where there is no "=".</summary>
    public string Name => _name ??= _text.Substring(Offset, _nameLength);

    /// <summary>The tag's value without white space around it; inner white space is kept.</summary>
    public string Value => _value ??= _text.Substring(ValueOffset, _valueLength);

    /// <summary>Where the part and its name begin, white space before them left out.</summary>
    public int Offset { get; } = offset;

    /// <summary>Length of the part, white space around it left out; 0 for an empty part.</summary>
    public int Length { get; } = length;

    public int ValueOffset { get; } = valueOffset;

    /// <summary>Where the value ends.</summary>
    public int ValueEnd => ValueOffset + _valueLength;

    /// <summary>False for junk that is no tag=value at all.</summary>
    public bool HasEquals { get; } = hasEquals;

    /// <summary>True where the name is written so; costs no copy of it.</summary>
    public bool HasName(string name)
    {
        if (name.Length != _nameLength) return false;

        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != _text[Offset + i]) return false;
        }

        return true;
    }

    /// <summary>True for a name of ASCII letters only, of which there is one at least.</summary>
    public bool HasNameOfLetters()
    {
        int end = Offset + _nameLength;
        for (int i = Offset; i < end; i++)
        {
            int c = _text[i] | 0x20;
            if (c < 'a' || c > 'z') return false;
        }

        return _nameLength > 0;
    }

    /// <summary>True where the value is that literal in any case (RFC 5234 section 2.3).</summary>
    public bool HasValue(string literal) =>
        _valueLength == literal.Length && string.Compare(_text, ValueOffset, literal, 0, _valueLength, StringComparison.OrdinalIgnoreCase) == 0;
}
