namespace MailDns;

/// <summary>An MX record (RFC 1035 section 3.3.9). Preference 0 with exchange "." is the null MX (RFC 7505).</summary>
public sealed class MxRecord : ResourceRecord
{
    /// <summary>Creates a record from its zone, its name relative to it, its preference and its exchange.</summary>
    /// <exception cref="DomainNameException">A name is none.</exception>
    public MxRecord(string zoneName, string name, ushort preference, string exchange, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), preference, ParseTarget(exchange), timeToLive, purpose)
    {
    }

    internal MxRecord(DomainName owner, DomainName zone, ushort preference, DomainName exchange, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose)
    {
        Preference = preference;
        ExchangeName = exchange;
    }

    /// <inheritdoc/>
    public override string RecordType => "MX";

    /// <summary>Lower is tried first.</summary>
    public ushort Preference { get; }

    /// <summary>The exchange's host name, "." for the null MX, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string MailExchange => ExchangeName.IsRoot ? "." : ExchangeName.Text;

    /// <summary>The exchange's host name, under the name that Azure DNS binds.</summary>
    public string Exchange => MailExchange;

    internal DomainName ExchangeName { get; }

    internal override DnsRecordType DnsType => DnsRecordType.Mx;

    /// <summary>Preference and exchange, e.g. "10 mx.example.com".</summary>
    public override string ToString() => Preference + " " + MailExchange;

    private protected override RecordData ToRecordData() => new MxData(Preference, ExchangeName);
}
