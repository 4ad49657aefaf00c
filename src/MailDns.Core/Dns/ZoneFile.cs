using System.Collections.Generic;

namespace MailDns.Dns;

/// <summary>A master file as read: the zone's apex and its records in order.</summary>
internal sealed class ZoneFile
{
    public ZoneFile(string fileName, DomainName apex, IReadOnlyList<DnsRecord> records)
    {
        FileName = fileName;
        Apex = apex;
        Records = records;
    }

    public string FileName { get; }

    /// <summary>The owner of the SOA record; without one, the first $ORIGIN or the origin that was given.</summary>
    public DomainName Apex { get; }

    public IReadOnlyList<DnsRecord> Records { get; }
}
