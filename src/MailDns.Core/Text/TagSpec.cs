namespace MailDns.Text;

/// <summary>One part of a tag-list between semicolons, with its place in the text (RFC 6376 section 3.2, RFC 9989 section 4.8).</summary>
internal sealed class TagSpec
{
    public TagSpec(string name, string value, int offset, int length, int nameOffset, int valueOffset, bool hasEquals)
    {
        Name = name;
        Value = value;
        Offset = offset;
        Length = length;
        NameOffset = nameOffset;
        ValueOffset = valueOffset;
        HasEquals = hasEquals;
    }

    /// <summary>The tag's name without white space around it, in its own case; the whole part where there is no "=".</summary>
    public string Name { get; }

    /// <summary>The tag's value without white space around it; inner white space is kept.</summary>
    public string Value { get; }

    /// <summary>Where the part begins, white space before it left out.</summary>
    public int Offset { get; }

    /// <summary>Length of the part, white space around it left out; 0 for an empty part.</summary>
    public int Length { get; }

    public int NameOffset { get; }

    public int ValueOffset { get; }

    /// <summary>False for junk that is no tag=value at all.</summary>
    public bool HasEquals { get; }
}
