using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.TestSupport;

namespace MailDns.Resolver.Tests.Spf;

/// <summary>A table of answers in memory as the zone of a server.</summary>
internal static class WireZone
{
    /// <summary>A server with the records and the failures of the table.</summary>
    public static LoopbackDnsServer Serve(TableResolver table)
    {
        var zone = new TestZone();
        foreach (DnsRecord record in table.Records)
            zone.Add(new TestRecord(Name(record.Owner), (int)record.Type, record.Ttl, Data(record.Data)));

        LoopbackDnsServer server = LoopbackDnsServer.Start(zone);
        foreach ((DnsQuestion question, DnsResponseStatus status) in table.Failures)
        {
            server.AddFault(WireName.ToText(Name(question.Name)), DnsRecordTypes.Mnemonic(question.Type), Fault(status));
        }

        return server;
    }

    public static IReadOnlySet<DnsQuestion> Silent(TableResolver table) =>
        table.Failures.Where(failure => failure.Value == DnsResponseStatus.Timeout).Select(failure => failure.Key).ToHashSet();

    /// <summary>A question as the server's log tells it.</summary>
    public static string Describe(DnsQuestion question) => WireName.ToText(Name(question.Name)) + " " + DnsRecordTypes.Mnemonic(question.Type);

    private static DnsFault Fault(DnsResponseStatus status) =>
        status == DnsResponseStatus.Timeout ? DnsFault.Timeout : throw new InvalidDataException("No fault of the server makes " + status + ".");

    private static byte[] Data(RecordData data) => data switch
    {
        AddressData address => address.Address.GetAddressBytes(),
        NameData name => Name(name.Target),
        MxData mx => [(byte)(mx.Preference >> 8), (byte)mx.Preference, .. Name(mx.Exchange)],
        TxtData txt => [.. txt.Strings.SelectMany(Counted)],
        _ => throw new InvalidDataException(data.GetType().Name + " has no wire form here."),
    };

    // RFC 1035 section 3.1: labels with their lengths, and the root. Names and strings are octets as Latin-1.
    private static byte[] Name(DomainName name) => [.. name.Labels.SelectMany(Counted), 0];

    private static byte[] Counted(string text) => [checked((byte)text.Length), .. Encoding.Latin1.GetBytes(text)];
}
