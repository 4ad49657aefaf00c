using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using MailDns.Core.Tests.Formats;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Integration.Tests.Formats;

/// <summary>BIND reads what is written for it, and tells it back.</summary>
public class BindTests : IClassFixture<UpdatableZone>
{
    private const string Head = "$TTL 60\n@ IN SOA ns h 1 60 60 60 60\n@ IN NS ns\nns IN A 127.0.0.1\n";
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    private readonly UpdatableZone _zone;

    public BindTests(UpdatableZone zone)
    {
        _zone = zone;
    }

    public static TheoryData<string> Values => [.. HostileTexts.All];

    [BindTheory]
    [MemberData(nameof(Values))]
    public void Named_checkzone_takes_the_zone_text(string value)
    {
        ResourceRecord[] records = Records(value);

        Assert.Equal(Sort(records.Select(ReadRecord.Of)), Sort(CheckZone(Write(records, DnsRecordFormat.Zone))));
    }

    [BindTheory]
    [InlineData("@ 60 IN TXT \"a\" b\" c")]
    [InlineData("@ 60 IN TXT unquoted ) text")]
    public void Twin_with_broken_quoting_is_not_taken(string line) => Assert.Throws<FormatException>(() => CheckZone(line));

    [BindTheory]
    [MemberData(nameof(Values))]
    public void Named_takes_the_update(string value)
    {
        _zone.Start();
        ResourceRecord[] records = Records(value);

        (int code, string output, string error) = BindTools.Run("nsupdate", $"server 127.0.0.1 {_zone.Port}\n" + Write(records, DnsRecordFormat.NsUpdate) + "\n");

        Assert.True(code == 0, output + error);
        IEnumerable<ReadRecord> found = ZoneFileParser.Parse(_zone.Transfer(), "axfr", defaultOrigin: null).Records.Where(IsOurs).Select(ReadRecord.Of);
        Assert.Equal(Sort(records.Select(ReadRecord.Of)), Sort(found));

        // What was added, and nothing else, goes again.
        string remove = string.Join('\n', records.Select(record => record.Fqdn).Distinct(StringComparer.Ordinal).Where(name => name != "contoso.com").Select(name => "update delete " + name + "."));
        Assert.Equal(0, BindTools.Run("nsupdate", $"server 127.0.0.1 {_zone.Port}\nzone contoso.com.\n{remove}\nupdate delete contoso.com. TXT\nupdate delete contoso.com. CAA\nsend\n").ExitCode);
    }

    private static ResourceRecord[] Records(string value) =>
    [
        new TxtRecord("contoso.com", "h", value, s_hour, RecordPurpose.Other),
        new TxtRecord("contoso.com", "@", "v=spf1 -all", s_hour, RecordPurpose.Spf),
        new CnameRecord("contoso.com", "trk", "trk.example.net", s_hour, RecordPurpose.Tracking),
        new MxRecord("contoso.com", "parked", 0, ".", s_hour, RecordPurpose.Mx),
        new CaaRecord("contoso.com", "@", 128, "issue", "ca.example; a=\"\\b\"", s_hour, RecordPurpose.Caa),
        new TlsaRecord("contoso.com", "_25._tcp.mx", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha256Hash, new string('a', 64), s_hour, RecordPurpose.Tlsa),
        new AaaaRecord("contoso.com", "mx", System.Net.IPAddress.Parse("2001:db8::1"), s_hour, RecordPurpose.Address),
    ];

    private static string Write(IEnumerable<ResourceRecord> records, DnsRecordFormat format) =>
        Assert.Single(RecordTextWriter.Write(records, format, TerraformProvider.Aws, [], []));

    private static IEnumerable<ReadRecord> CheckZone(string text)
    {
        string folder = Directory.CreateTempSubdirectory("maildns-zone-").FullName;
        try
        {
            string file = Path.Combine(folder, "zone");
            File.WriteAllText(file, Head + text + "\n", System.Text.Encoding.Latin1);
            (int code, string output, string error) = BindTools.Run("named-checkzone", string.Empty, "-q", "-k", "ignore", "-o", "-", "-f", "text", "-F", "text", "-D", "contoso.com", file);
            return code == 0
                ? [.. ZoneFileParser.Parse(output, "checked", DomainName.FromDns("contoso.com")).Records.Where(IsOurs).Select(ReadRecord.Of)]
                : throw new FormatException(output + error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool IsOurs(DnsRecord record) => record.Type is not (DnsRecordType.Soa or DnsRecordType.Ns) && record.Owner.Text != "ns.contoso.com";

    private static IEnumerable<ReadRecord> Sort(IEnumerable<ReadRecord> records) =>
        records.OrderBy(record => record.Fqdn, StringComparer.Ordinal).ThenBy(record => record.Type, StringComparer.Ordinal).ThenBy(record => record.Data, StringComparer.Ordinal);
}
