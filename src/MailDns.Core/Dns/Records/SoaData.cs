namespace MailDns.Dns;

/// <summary>SOA (RFC 1035 section 3.3.13). MailDns reads it and never plans one: the zone's own server makes it.</summary>
internal sealed class SoaData(DomainName primary, DomainName mailbox, uint serial, uint refresh, uint retry, uint expire, uint minimum) : RecordData
{
    public static readonly RecordTypeDefinition Definition = new(DnsRecordType.Soa, Read, Parse);

    public DomainName Primary { get; } = primary;

    /// <summary>RNAME: the first label is the local part of an address.</summary>
    public DomainName Mailbox { get; } = mailbox;

    public uint Serial { get; } = serial;
    public uint Refresh { get; } = refresh;
    public uint Retry { get; } = retry;
    public uint Expire { get; } = expire;

    /// <summary>Seconds that a negative answer may be kept (RFC 2308 section 4).</summary>
    public uint Minimum { get; } = minimum;

    public override void Write(WireWriter writer)
    {
        writer.Name(Primary);
        writer.Name(Mailbox);
        writer.UInt32(Serial);
        writer.UInt32(Refresh);
        writer.UInt32(Retry);
        writer.UInt32(Expire);
        writer.UInt32(Minimum);
    }

    public override string ToPresentation(bool octal = false) =>
        Primary.ToPresentation() + " " + Mailbox.ToPresentation() + " " + string.Join(" ", Serial, Refresh, Retry, Expire, Minimum);

    public override string ToString() => Primary + " " + Mailbox + " " + Serial;

    private static SoaData? Read(ref WireReader reader) =>
        reader.TryReadName(out DomainName? primary)
        && reader.TryReadName(out DomainName? mailbox)
        && reader.TryReadUInt32(out uint serial)
        && reader.TryReadUInt32(out uint refresh)
        && reader.TryReadUInt32(out uint retry)
        && reader.TryReadUInt32(out uint expire)
        && reader.TryReadUInt32(out uint minimum)
            ? new SoaData(primary!, mailbox!, serial, refresh, retry, expire, minimum)
            : null;

    private static SoaData Parse(ZoneWords words)
    {
        words.Expect(7);
        return new SoaData(words.Name(), words.Name(), words.UInt32(), words.Time(), words.Time(), words.Time(), words.Time());
    }
}
