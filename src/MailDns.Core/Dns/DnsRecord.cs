namespace MailDns.Dns;

/// <summary>One resource record as an answer or a zone file holds it.</summary>
internal sealed class DnsRecord
{
    public DnsRecord(DomainName owner, DnsRecordType type, uint ttl, RecordData data)
    {
        Owner = owner;
        Type = type;
        Ttl = ttl;
        Data = data;
    }

    public DomainName Owner { get; }

    public DnsRecordType Type { get; }

    /// <summary>Time to live in seconds.</summary>
    public uint Ttl { get; }

    public RecordData Data { get; }

    /// <summary>Zone-file like, escaped: "example.com 3600 TXT ...".</summary>
    public override string ToString() => Owner + " " + Ttl + " " + DnsRecordTypes.Mnemonic(Type) + " " + Data;
}
