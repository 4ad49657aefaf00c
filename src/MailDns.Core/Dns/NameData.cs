namespace MailDns.Dns;

/// <summary>CNAME, NS, PTR, DNAME: one name.</summary>
internal sealed class NameData : RecordData
{
    public NameData(DomainName target) => Target = target;

    public DomainName Target { get; }

    public override string ToString() => Target.ToString();
}
