namespace MailDns.Dns;

/// <summary>SOA: what MailDns needs of it (RFC 1035 section 3.3.13).</summary>
internal sealed class SoaData(DomainName primary, string responsible, uint serial, uint minimum) : RecordData
{
    public DomainName Primary { get; } = primary;

    /// <summary>RNAME in presentation form.</summary>
    public string Responsible { get; } = responsible;

    public uint Serial { get; } = serial;

    /// <summary>Seconds that a negative answer may be kept (RFC 2308 section 4).</summary>
    public uint Minimum { get; } = minimum;

    public override string ToString() => Primary + " " + PrintableText.Escape(Responsible) + " " + Serial;
}
