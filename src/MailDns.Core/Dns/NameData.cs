namespace MailDns.Dns;

/// <summary>CNAME, NS, PTR, DNAME: one name.</summary>
internal sealed class NameData(DomainName target) : RecordData
{
    public DomainName Target { get; } = target;

    public override string ToString() => Target.ToString();
}
