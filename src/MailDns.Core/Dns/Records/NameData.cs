namespace MailDns.Dns;

/// <summary>The shape of CNAME, NS, PTR (RFC 1035 sections 3.3.1, 3.3.11, 3.3.12) and DNAME (RFC 6672): one name.</summary>
internal sealed class NameData(DomainName target) : RecordData
{
    public DomainName Target { get; } = target;

    public static RecordData? Read(ref WireReader reader) => reader.TryReadName(out DomainName? target) ? new NameData(target!) : null;

    public static RecordData Parse(ZoneWords words) => new NameData(words.Expect(1).Name());

    public override void Write(WireWriter writer) => writer.Name(Target);

    public override string ToPresentation(bool octal = false) => Target.ToPresentation();

    public override string ToString() => Target.ToString();
}
