namespace MailDns.Dmarc;

/// <summary>One tag=value as it stands in the text.</summary>
internal sealed class DmarcTag
{
    public DmarcTag(string name, string value, int offset, int length, int valueOffset)
    {
        Name = name;
        Value = value;
        Offset = offset;
        Length = length;
        ValueOffset = valueOffset;
    }

    /// <summary>The name in its own case.</summary>
    public string Name { get; }

    /// <summary>The value without white space around it.</summary>
    public string Value { get; }

    public int Offset { get; }

    public int Length { get; }

    public int ValueOffset { get; }
}
