namespace MailDns;

/// <summary>A CNAME record (RFC 1035 section 3.3.1). Pipes into <c>Add-DnsServerResourceRecord -CName</c> and <c>New-AzDnsRecordConfig</c>.</summary>
public sealed class CnameRecord : ResourceRecord
{
    /// <summary>Creates a record from its zone, its name relative to it and its target.</summary>
    /// <exception cref="DomainNameException">A name is none, or the owner is the zone's apex (RFC 1034 section 3.6.2).</exception>
    public CnameRecord(string zoneName, string name, string target, TimeSpan timeToLive, RecordPurpose purpose)
        : this(ParseOwner(zoneName, name), ParseZone(zoneName), ParseTarget(target), timeToLive, purpose)
    {
    }

    internal CnameRecord(DomainName owner, DomainName zone, DomainName target, TimeSpan timeToLive, RecordPurpose purpose)
        : base(owner, zone, timeToLive, purpose)
    {
        // SOA and NS live at the apex, and an alias allows no other data beside it.
        if (owner.Equals(zone))
        {
            throw new DomainNameException(owner.Text, "a CNAME cannot stand at the zone's apex (RFC 1034 section 3.6.2).");
        }

        if (owner.Equals(target))
        {
            throw new DomainNameException(owner.Text, "a CNAME cannot point to itself.");
        }

        TargetName = target;
    }

    /// <inheritdoc/>
    public override string RecordType => "CNAME";

    /// <summary>The target, without a trailing dot, under the name that Add-DnsServerResourceRecord binds.</summary>
    public string HostNameAlias => TargetName.Text;

    /// <summary>The target, under the name that Azure DNS binds.</summary>
    public string Cname => TargetName.Text;

    internal DomainName TargetName { get; }

    internal override DnsRecordType DnsType => DnsRecordType.Cname;

    /// <summary>The target's name.</summary>
    public override string ToString() => TargetName.Text;

    private protected override RecordData ToRecordData() => new NameData(TargetName);
}
