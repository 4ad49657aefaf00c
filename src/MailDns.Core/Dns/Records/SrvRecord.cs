namespace MailDns;

/// <summary>
/// An SRV record (RFC 2782): the host and port of a service, such as <c>_submission._tcp</c> (RFC 6186). Its properties do not have the
/// names that Add-DnsServerResourceRecord -Srv binds: DomainName would bind as the domain of this module's own cmdlets, and Port and
/// Target mean other things to other cmdlets. ConvertTo-DnsServerParameter and ConvertTo-AzDnsParameter make the parameters.
/// </summary>
public sealed class SrvRecord : ResourceRecord
{
    private static readonly RecordField s_priority = new(nameof(SrvPriority), data => ((SrvData)data).Priority)
    {
        DnsServer = "Priority",
        Azure = "Priority",
        Json = "priority",
    };

    private static readonly RecordField s_weight = new(nameof(SrvWeight), data => ((SrvData)data).Weight)
    {
        DnsServer = "Weight",
        Azure = "Weight",
        Json = "weight",
    };

    private static readonly RecordField s_port = new(nameof(SrvPort), data => ((SrvData)data).Port)
    {
        DnsServer = "Port",
        Azure = "Port",
        Json = "port",
    };

    private static readonly RecordField s_target = new(nameof(SrvTarget), data => ((SrvData)data).Target)
    {
        DnsServer = "DomainName",
        Azure = "Target",
        Json = "target",
        Others = ["NameTarget"],
        AllowsRoot = true,
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Srv, SrvData.Read, SrvData.Parse)
    {
        Fields = [s_priority, s_weight, s_port, s_target],
        Bind = fields => new SrvData(fields.UInt16(s_priority), fields.UInt16(s_weight), fields.UInt16(s_port), fields.Name(s_target)),
        Make = (record, zone, purpose) => new SrvRecord(record.Owner, zone, (SrvData)record.Data, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "Srv",
    };

    /// <summary>Creates a record from its zone, its name relative to it (<c>_submission._tcp</c>) and its four fields.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    public SrvRecord(string zoneName, string name, ushort priority, ushort weight, ushort port, string target, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), new SrvData(priority, weight, port, ParseTarget(target)), timeToLive, purpose)
    {
    }

    internal SrvRecord(DomainName owner, DomainName zone, SrvData data, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, data, timeToLive, purpose)
    {
    }

    /// <summary>Lower is tried first.</summary>
    public ushort SrvPriority => Fields.Priority;

    /// <summary>Share among records of one priority; 0 where there is no choice.</summary>
    public ushort SrvWeight => Fields.Weight;

    /// <summary>The port of the service.</summary>
    public ushort SrvPort => Fields.Port;

    /// <summary>The host, without a trailing dot; "." says that the service is not offered.</summary>
    public string SrvTarget => Fields.Target.IsRoot ? "." : Fields.Target.Text;

    private SrvData Fields => (SrvData)Data;

    /// <summary>The four fields as in a zone file, e.g. "0 1 587 mail.example.com".</summary>
    public override string ToString() => string.Join(" ", SrvPriority, SrvWeight, SrvPort, SrvTarget);
}

/// <summary>SRV: priority, weight, port, target.</summary>
internal sealed class SrvData(ushort priority, ushort weight, ushort port, DomainName target) : RecordData
{
    public ushort Priority { get; } = priority;
    public ushort Weight { get; } = weight;
    public ushort Port { get; } = port;
    public DomainName Target { get; } = target;

    public static RecordData? Read(ref WireReader reader) =>
        reader.TryReadUInt16(out ushort priority)
        && reader.TryReadUInt16(out ushort weight)
        && reader.TryReadUInt16(out ushort port)
        && reader.TryReadName(out DomainName? target)
            ? new SrvData(priority, weight, port, target!)
            : null;

    public static RecordData Parse(ZoneWords words) => new SrvData(words.Expect(4).UInt16(), words.UInt16(), words.UInt16(), words.Name());

    public override void Write(WireWriter writer)
    {
        writer.UInt16(Priority);
        writer.UInt16(Weight);
        writer.UInt16(Port);
        writer.Name(Target);
    }

    public override string ToPresentation(bool octal = false) => string.Join(" ", Priority, Weight, Port, Target.ToPresentation());

    public override string ToString() => string.Join(" ", Priority, Weight, Port, Target);
}
