using MailDns.Dns;
using MailDns.Formats;

namespace MailDns.Core.Tests.Formats;

/// <summary>A record as a reader of a format gives it back: the data of TXT joined and unescaped, that of others in presentation format.</summary>
public sealed record ReadRecord(string Fqdn, string Type, long Ttl, string Data)
{
    internal static ReadRecord Of(ResourceRecord record) => Of(record.ToDnsRecord());

    internal static ReadRecord Of(DnsRecord record) =>
        new(record.Owner.Text, DnsRecordTypes.Mnemonic(record.Type), record.Ttl, record.Data is TxtData txt ? txt.Text : RecordText.Of(record.Data));
}
