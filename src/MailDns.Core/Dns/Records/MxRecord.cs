namespace MailDns;

/// <summary>An MX record (RFC 1035 section 3.3.9). Preference 0 with exchange "." is the null MX (RFC 7505).</summary>
public sealed class MxRecord : ResourceRecord
{
    private static readonly RecordField s_preference = new(nameof(Preference), data => ((MxData)data).Preference)
    {
        Azure = nameof(Preference),
        Json = "preference",
    };

    private static readonly RecordField s_exchange = new(nameof(MailExchange), data => ((MxData)data).Exchange)
    {
        Azure = nameof(Exchange),
        Json = "exchange",
        Others = ["NameExchange"],
        AllowsRoot = true,
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Mx, MxData.Read, MxData.Parse)
    {
        Fields = [s_preference, s_exchange],
        Bind = fields => new MxData(fields.UInt16(s_preference), fields.Name(s_exchange)),
        Make = (record, zone, purpose) => new MxRecord(record.Owner, zone, ((MxData)record.Data).Preference, ((MxData)record.Data).Exchange, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "MX",
        Purpose = RecordPurpose.Mx,
    };

    /// <summary>Creates a record from its zone, its name relative to it, its preference and its exchange.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    public MxRecord(string zoneName, string name, ushort preference, string exchange, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), preference, ParseTarget(exchange), timeToLive, purpose)
    {
    }

    internal MxRecord(DomainName owner, DomainName zone, ushort preference, DomainName exchange, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new MxData(preference, exchange), timeToLive, purpose)
    {
    }

    /// <summary>Lower is tried first.</summary>
    public ushort Preference => ((MxData)Data).Preference;

    /// <summary>The exchange's host name, "." for the null MX, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string MailExchange => ExchangeName.IsRoot ? "." : ExchangeName.Text;

    /// <summary>The exchange's host name, under the name that Azure DNS binds.</summary>
    public string Exchange => MailExchange;

    internal DomainName ExchangeName => ((MxData)Data).Exchange;

    /// <summary>Preference and exchange, e.g. "10 mx.example.com".</summary>
    public override string ToString() => Preference + " " + MailExchange;
}

/// <summary>MX: preference and exchange; the root as exchange is the null MX.</summary>
internal sealed class MxData(ushort preference, DomainName exchange) : RecordData
{
    public ushort Preference { get; } = preference;
    public DomainName Exchange { get; } = exchange;

    public static RecordData? Read(ref WireReader reader) =>
        reader.TryReadUInt16(out ushort preference) && reader.TryReadName(out DomainName? exchange) ? new MxData(preference, exchange!) : null;

    public static RecordData Parse(ZoneWords words) => new MxData(words.Expect(2).UInt16(), words.Name());

    public override void Write(WireWriter writer)
    {
        writer.UInt16(Preference);
        writer.Name(Exchange);
    }

    public override string ToPresentation(bool octal = false) => Preference + " " + Exchange.ToPresentation();

    public override string ToString() => Preference + " " + Exchange;
}
