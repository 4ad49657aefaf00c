namespace MailDns.Text;

/// <summary>
/// Cuts a text at its semicolons into tag-specs with their places. Judges nothing: what white space, order, duplicates
/// or an empty part mean differs between RFC 6376, RFC 9989, RFC 8461, RFC 8460 and BIMI, so each protocol's parser says.
/// </summary>
internal static class TagList
{
    /// <summary>The parts between semicolons. An empty last part (a trailing semicolon) is left out; other empty parts are kept.</summary>
    public static IReadOnlyList<TagSpec> Split(string text)
    {
        // Few records have more.
        var tags = new List<TagSpec>(8);
        int start = 0;
        for (var tag = new TagSpec(text); tag.ReadNext(ref start); tag = new TagSpec(text))
            tags.Add(tag);

        return tags;
    }

    /// <summary>White space of a tag-list: space, tab, and CR LF of a folded value (RFC 6376 section 2.8).</summary>
    public static bool IsWhiteSpace(char c) => c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

/// <summary>One part of a tag-list between semicolons, with its place in the text (RFC 6376 section 3.2, RFC 9989 section 4.8).</summary>
internal sealed class TagSpec(string text)
{
    private int _nameLength;
    private int _valueLength;
    private string? _name;
    private string? _value;

    /// <summary>The tag's name without white space around it, in its own case; the whole part where there is no "=".</summary>
    public string Name => _name ??= text.Substring(Offset, _nameLength);

    /// <summary>The tag's value without white space around it; inner white space is kept.</summary>
    public string Value => _value ??= text.Substring(ValueOffset, _valueLength);

    /// <summary>The number of characters of <see cref="Name"/>.</summary>
    public int NameLength => _nameLength;

    /// <summary>Where the part and its name begin, white space before them left out.</summary>
    public int Offset { get; private set; }

    /// <summary>Length of the part, white space around it left out; 0 for an empty part.</summary>
    public int Length { get; private set; }

    public int ValueOffset { get; private set; }

    /// <summary>Where the value ends.</summary>
    public int ValueEnd => ValueOffset + _valueLength;

    /// <summary>False for junk that is no tag=value at all.</summary>
    public bool HasEquals { get; private set; }

    /// <summary>
    /// Becomes the part that begins there, and moves the place behind its semicolon. False at the end of the text: an empty
    /// last part (a trailing semicolon) is none. A reader that keeps no part reads them all into one object.
    /// </summary>
    public bool ReadNext(ref int start)
    {
        if (start > text.Length) return false;

        int end = text.IndexOf(';', start);
        bool isLast = end < 0;
        if (isLast) end = text.Length;

        Read(start, end);
        start = end + 1;
        return !isLast || Length > 0;
    }

    /// <summary>True where the name is written so; costs no copy of it.</summary>
    public bool HasName(string name)
    {
        if (name.Length != _nameLength) return false;

        for (int i = 0; i < name.Length; i++)
        {
            if (name[i] != text[Offset + i]) return false;
        }

        return true;
    }

    /// <summary>True for a name of ASCII letters only, of which there is one at least.</summary>
    public bool HasNameOfLetters()
    {
        int end = Offset + _nameLength;
        for (int i = Offset; i < end; i++)
        {
            int c = text[i] | 0x20;
            if (c < 'a' || c > 'z') return false;
        }

        return _nameLength > 0;
    }

    /// <summary>True where the value is that literal of lower-case letters in any case (RFC 5234 section 2.3); costs no copy of it.</summary>
    public bool HasValue(string literal)
    {
        if (_valueLength != literal.Length) return false;

        for (int i = 0; i < literal.Length; i++)
        {
            int c = text[ValueOffset + i];
            if ((c is >= 'A' and <= 'Z' ? c | 0x20 : c) != literal[i]) return false;
        }

        return true;
    }

    private void Read(int start, int end)
    {
        Trim(ref start, ref end);
        Offset = start;
        Length = end - start;
        _name = null;
        _value = null;
        int equals = start < end ? text.IndexOf('=', start, end - start) : -1;
        HasEquals = equals >= 0;
        if (equals < 0)
        {
            _nameLength = Length;
            ValueOffset = end;
            _valueLength = 0;
            return;
        }

        int nameEnd = equals;
        TrimEnd(start, ref nameEnd);
        _nameLength = nameEnd - start;
        int valueStart = equals + 1;
        Trim(ref valueStart, ref end);
        ValueOffset = valueStart;
        _valueLength = end - valueStart;
    }

    private void Trim(ref int start, ref int end)
    {
        while (start < end && TagList.IsWhiteSpace(text[start]))
            start++;

        TrimEnd(start, ref end);
    }

    private void TrimEnd(int start, ref int end)
    {
        while (end > start && TagList.IsWhiteSpace(text[end - 1]))
            end--;
    }
}
