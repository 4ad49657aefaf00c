namespace MailDns.Dns;

/// <summary>One resource record as an answer or a zone file holds it.</summary>
internal sealed class DnsRecord(DomainName owner, DnsRecordType type, uint ttl, RecordData data)
{
    public DomainName Owner { get; } = owner;

    public DnsRecordType Type { get; } = type;

    /// <summary>Time to live in seconds.</summary>
    public uint Ttl { get; } = ttl;

    public RecordData Data { get; } = data;

    /// <summary>The line of a zone file that holds it, from 1; 0 for a record of an answer.</summary>
    public int Line { get; init; }

    /// <summary>Zone-file like, escaped: "example.com 3600 TXT ...".</summary>
    public override string ToString() => Owner + " " + Ttl + " " + DnsRecordTypes.Mnemonic(Type) + " " + Data;
}
