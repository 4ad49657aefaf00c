using System.Collections.Generic;
using MailDns.Dns;

namespace MailDns.Publishing;

/// <summary>The records of one name and type as somebody saw them.</summary>
internal sealed class RecordSetState
{
    public RecordSetState(DomainName owner, DomainName zone, DnsRecordType type, IReadOnlyList<ResourceRecord> records)
    {
        Owner = owner;
        Zone = zone;
        Type = type;
        Records = records;
    }

    public DomainName Owner { get; }

    public DomainName Zone { get; }

    public DnsRecordType Type { get; }

    public IReadOnlyList<ResourceRecord> Records { get; }
}
