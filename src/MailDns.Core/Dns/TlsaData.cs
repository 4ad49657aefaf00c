namespace MailDns.Dns;

/// <summary>TLSA: usage, selector, matching type, association data (RFC 6698 section 2.1).</summary>
internal sealed class TlsaData(byte usage, byte selector, byte matchingType, string associationData) : RecordData
{
    public byte Usage { get; } = usage;

    public byte Selector { get; } = selector;

    public byte MatchingType { get; } = matchingType;

    /// <summary>Hexadecimal, lower case.</summary>
    public string AssociationData { get; } = associationData;

    public override string ToString() => Usage + " " + Selector + " " + MatchingType + " " + PrintableText.Escape(AssociationData);
}
