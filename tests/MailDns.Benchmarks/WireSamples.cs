using System;
using System.Linq;
using System.Text;
using MailDns.Dns;
using MailDns.Resolver;

namespace MailDns.Benchmarks;

/// <summary>Messages as servers send them for example.com: one SPF record, two mail exchangers with compressed names, and a name that does not exist.</summary>
internal static class WireSamples
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    public static DnsQuestion TxtQuestion { get; } = new(s_domain, DnsRecordType.Txt);

    public static DnsQuestion MxQuestion { get; } = new(s_domain, DnsRecordType.Mx);

    /// <summary>The name on the wire.</summary>
    public static byte[] Name { get; } = Octets("07 6578616D706C65 03 636F6D 00");

    public static byte[] Txt { get; } =
    [
        .. Octets("0001 8180 0001 0001 0000 0000"), .. Name, .. Octets("0010 0001 C00C 0010 0001 00000E10"),
        0, (byte)(SampleRecords.Spf.Length + 1), (byte)SampleRecords.Spf.Length, .. Encoding.ASCII.GetBytes(SampleRecords.Spf),
    ];

    public static byte[] Mx { get; } =
    [
        .. Octets("0001 8180 0001 0002 0000 0000"), .. Name,
        .. Octets("000F 0001 C00C 000F 0001 00000E10 0008 000A 03 6D7831 C00C C00C 000F 0001 00000E10 0008 0014 03 6D7832 C00C"),
    ];

    public static byte[] NxDomain { get; } =
    [
        .. Octets("0001 8183 0001 0000 0001 0000"), .. Name,
        .. Octets("0010 0001 C014 0006 0001 00000E10 001C 02 6E73 C014 02 686D C014 00000001 00001C20 00000E10 00127500 0000012C"),
    ];

    public static int Write(WireWriter writer)
    {
        ExchangeMode.None.Write(writer, 1, Name, DnsRecordType.Txt);
        return writer.Length;
    }

    public static bool IsMatch() => new DnsMessage(Txt, 0, Txt.Length).IsFor(Name, DnsRecordType.Txt);

    public static DnsResponse Read(byte[] message, DnsQuestion question) =>
        MessageJudge.Judge("192.0.2.53", question, new DnsMessage(message, 0, message.Length).Read(question)!);

    private static byte[] Octets(string hex) => Convert.FromHexString(string.Concat(hex.Where(c => c is not ' ')));
}
