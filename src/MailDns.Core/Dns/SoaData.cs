namespace MailDns.Dns;

/// <summary>SOA: what MailDns needs of it (RFC 1035 section 3.3.13).</summary>
internal sealed class SoaData : RecordData
{
    public SoaData(DomainName primary, string responsible, uint serial, uint minimum)
    {
        Primary = primary;
        Responsible = responsible;
        Serial = serial;
        Minimum = minimum;
    }

    public DomainName Primary { get; }

    /// <summary>RNAME in presentation form.</summary>
    public string Responsible { get; }

    public uint Serial { get; }

    /// <summary>Seconds that a negative answer may be kept (RFC 2308 section 4).</summary>
    public uint Minimum { get; }

    public override string ToString() => Primary + " " + PrintableText.Escape(Responsible) + " " + Serial;
}
