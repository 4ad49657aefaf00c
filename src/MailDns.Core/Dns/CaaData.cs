namespace MailDns.Dns;

/// <summary>CAA: flags, tag, value (RFC 8659 section 4.1).</summary>
internal sealed class CaaData(byte flags, string tag, string value) : RecordData
{
    public byte Flags { get; } = flags;

    public string Tag { get; } = tag;

    public string Value { get; } = value;

    public override string ToString() => Flags + " " + PrintableText.Escape(Tag) + " " + PrintableText.Quote(Value);
}
