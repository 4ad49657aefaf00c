namespace MailDns;

/// <summary>An NS record (RFC 1035 section 3.3.11): one name server of a delegated name. Pipes into <c>Add-DnsServerResourceRecord -NS</c>.</summary>
public sealed class NsRecord : ResourceRecord
{
    private static readonly RecordField s_server = new(nameof(NameServer), data => ((NameData)data).Target)
    {
        Azure = nameof(Nsdname),
        Others = ["NameHost"],
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Ns, NameData.Read, NameData.Parse)
    {
        Fields = [s_server],
        Bind = fields => new NameData(fields.Name(s_server)),
        Make = (record, zone, purpose) => new NsRecord(record.Owner, zone, ((NameData)record.Data).Target, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "NS",
        Purpose = RecordPurpose.Delegation,
    };

    /// <summary>Creates a record from its zone, its name relative to it and the name server.</summary>
    /// <exception cref="DomainNameException">A name is not valid, or the owner is the zone's apex, whose NS records are the zone's own.</exception>
    public NsRecord(string zoneName, string name, string nameServer, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), ParseTarget(nameServer), timeToLive, purpose)
    {
    }

    internal NsRecord(DomainName owner, DomainName zone, DomainName nameServer, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new NameData(nameServer), timeToLive, purpose)
    {
        if (owner.Equals(zone))
            throw DomainNameException.Misplaced(owner, "NS records at the zone's apex are the zone's own; a delegation is below it (RFC 1034 section 4.2.1).");
    }

    /// <summary>The name server, without a trailing dot, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string NameServer => ServerName.Text;

    /// <summary>The name server, under the name that Azure DNS binds.</summary>
    public string Nsdname => ServerName.Text;

    internal DomainName ServerName => ((NameData)Data).Target;

    /// <summary>The name server's name.</summary>
    public override string ToString() => ServerName.Text;
}
