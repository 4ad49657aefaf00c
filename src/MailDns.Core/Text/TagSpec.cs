namespace MailDns.Text;

/// <summary>One part of a tag-list between semicolons, with its place in the text (RFC 6376 section 3.2, RFC 9989 section 4.8).</summary>
internal sealed class TagSpec(string name, string value, int offset, int length, int nameOffset, int valueOffset, bool hasEquals)
{
    /// <summary>The tag's name without white space around it, in its own case; the whole part where there is no "=".</summary>
    public string Name { get; } = name;

    /// <summary>The tag's value without white space around it; inner white space is kept.</summary>
    public string Value { get; } = value;

    /// <summary>Where the part begins, white space before it left out.</summary>
    public int Offset { get; } = offset;

    /// <summary>Length of the part, white space around it left out; 0 for an empty part.</summary>
    public int Length { get; } = length;

    public int NameOffset { get; } = nameOffset;

    public int ValueOffset { get; } = valueOffset;

    /// <summary>False for junk that is no tag=value at all.</summary>
    public bool HasEquals { get; } = hasEquals;
}
