namespace MailDns.Dns;

/// <summary>CAA: flags, tag, value (RFC 8659 section 4.1).</summary>
internal sealed class CaaData : RecordData
{
    public CaaData(byte flags, string tag, string value)
    {
        Flags = flags;
        Tag = tag;
        Value = value;
    }

    public byte Flags { get; }

    public string Tag { get; }

    public string Value { get; }

    public override string ToString() => Flags + " " + PrintableText.Escape(Tag) + " " + PrintableText.Quote(Value);
}
