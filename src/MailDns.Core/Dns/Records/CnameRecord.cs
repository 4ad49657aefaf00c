namespace MailDns;

/// <summary>A CNAME record (RFC 1035 section 3.3.1). Pipes into <c>Add-DnsServerResourceRecord -CName</c> and <c>New-AzDnsRecordConfig</c>.</summary>
public sealed class CnameRecord : ResourceRecord
{
    private static readonly RecordField s_target = new(nameof(HostNameAlias), data => ((NameData)data).Target)
    {
        Azure = nameof(Cname),
        Others = ["NameHost"],
    };

    internal static readonly RecordTypeDefinition Definition = new(DnsRecordType.Cname, NameData.Read, NameData.Parse)
    {
        Fields = [s_target],
        Bind = fields => new NameData(fields.Name(s_target)),
        Make = (record, zone, purpose) => new CnameRecord(record.Owner, zone, ((NameData)record.Data).Target, TimeToLiveOf(record), purpose),
        DnsServerSwitch = "CName",
    };

    /// <summary>Creates a record from its zone, its name relative to it and its target.</summary>
    /// <exception cref="DomainNameException">A name is not valid, or the owner is the zone's apex (RFC 1034 section 3.6.2).</exception>
    public CnameRecord(string zoneName, string name, string target, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), ParseTarget(target), timeToLive, purpose)
    {
    }

    internal CnameRecord(DomainName owner, DomainName zone, DomainName target, TimeSpan timeToLive, RecordPurpose purpose)
        : base(Definition, owner, zone, new NameData(target), timeToLive, purpose)
    {
        // SOA and NS live at the apex, and an alias allows no other data beside it.
        if (owner.Equals(zone))
            throw DomainNameException.Misplaced(owner, "a CNAME cannot be at the zone's apex (RFC 1034 section 3.6.2).");

        if (owner.Equals(target)) throw DomainNameException.Misplaced(owner, "a CNAME cannot point to itself.");
    }

    /// <summary>The target, without a trailing dot, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string HostNameAlias => TargetName.Text;

    /// <summary>The target, under the name that Azure DNS binds.</summary>
    public string Cname => TargetName.Text;

    internal DomainName TargetName => ((NameData)Data).Target;

    /// <summary>The target's name.</summary>
    public override string ToString() => TargetName.Text;
}
