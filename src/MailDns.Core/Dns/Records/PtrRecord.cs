namespace MailDns;

/// <summary>A PTR record (RFC 1035 section 3.3.12): the name of an address. Pipes into <c>Add-DnsServerResourceRecord -Ptr</c> and <c>New-AzDnsRecordConfig</c>.</summary>
public sealed class PtrRecord : ResourceRecord
{
    private static readonly RecordField s_host = new(nameof(PtrDomainName), data => ((NameData)data).Target)
    {
        Azure = nameof(Ptrdname),
        Others = ["NameHost"],
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Ptr, NameData.Read, NameData.Parse)
    {
        Fields = [s_host],
        Bind = fields => new NameData(fields.Name(s_host)),
        Make = (record, zone, purpose) => new PtrRecord(record.Owner, zone, ((NameData)record.Data).Target, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "Ptr",
        Purpose = RecordPurpose.Address,
    };

    /// <summary>Creates a record from its zone, its name relative to it and the host that the address belongs to.</summary>
    /// <exception cref="DomainNameException">A name is not valid.</exception>
    public PtrRecord(string zoneName, string name, string host, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), ParseTarget(host), timeToLive, purpose)
    {
    }

    internal PtrRecord(DomainName owner, DomainName zone, DomainName host, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new NameData(host), timeToLive, purpose)
    {
    }

    /// <summary>The host, without a trailing dot, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string PtrDomainName => ((NameData)Data).Target.Text;

    /// <summary>The host, under the name that Azure DNS binds.</summary>
    public string Ptrdname => PtrDomainName;

    /// <summary>The host's name.</summary>
    public override string ToString() => PtrDomainName;
}
