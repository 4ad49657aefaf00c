namespace MailDns.Dns;

/// <summary>TLSA: usage, selector, matching type, association data (RFC 6698 section 2.1).</summary>
internal sealed class TlsaData : RecordData
{
    public TlsaData(byte usage, byte selector, byte matchingType, string associationData)
    {
        Usage = usage;
        Selector = selector;
        MatchingType = matchingType;
        AssociationData = associationData;
    }

    public byte Usage { get; }

    public byte Selector { get; }

    public byte MatchingType { get; }

    /// <summary>Hexadecimal, lower case.</summary>
    public string AssociationData { get; }

    public override string ToString() => Usage + " " + Selector + " " + MatchingType + " " + PrintableText.Escape(AssociationData);
}
