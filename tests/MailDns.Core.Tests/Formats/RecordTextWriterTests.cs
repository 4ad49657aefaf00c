using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using MailDns.Dns;
using MailDns.Formats;
using Xunit;

namespace MailDns.Core.Tests.Formats;

public class RecordTextWriterTests
{
    private static readonly TimeSpan s_hour = TimeSpan.FromHours(1);

    // What each format cannot hold. The others hold any octet.
    private static readonly Dictionary<DnsRecordFormat, string> s_refused = new()
    {
        [DnsRecordFormat.DnsCmd] = "\"\\%!$`",
        [DnsRecordFormat.DnsControl] = string.Empty,
        [DnsRecordFormat.OctoDns] = "\"\\",
        [DnsRecordFormat.Csv] = string.Empty,
    };

    public static IEnumerable<(DnsRecordFormat Format, TerraformProvider Provider)> Targets =>
        Enum.GetValues<DnsRecordFormat>().SelectMany(format => format == DnsRecordFormat.Terraform
            ? Enum.GetValues<TerraformProvider>().Select(provider => (format, provider))
            : [(format, TerraformProvider.Aws)]);

    public static TheoryData<DnsRecordFormat, TerraformProvider> Formats
    {
        get
        {
            var data = new TheoryData<DnsRecordFormat, TerraformProvider>();
            foreach ((DnsRecordFormat format, TerraformProvider provider) in Targets)
                data.Add(format, provider);
            return data;
        }
    }

    public static TheoryData<DnsRecordFormat, TerraformProvider, string> HostileValues
    {
        get
        {
            var data = new TheoryData<DnsRecordFormat, TerraformProvider, string>();
            foreach ((DnsRecordFormat format, TerraformProvider provider) in Targets)
            {
                foreach (string value in HostileTexts.All)
                    data.Add(format, provider, value);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(HostileValues))]
    public void Value_comes_back_or_is_refused(DnsRecordFormat format, TerraformProvider provider, string value) => CheckValue(format, provider, value);

    [Fact]
    public void Any_octets_come_back_or_are_refused()
    {
        Gen<char> octet = Gen.Frequency(
            (4, Gen.Char['\0', '\u00FF']),
            (6, Gen.Char[' ', '~']),
            (6, Gen.Char["\"\\$%{}`';&|<>^!=@+-() \t\r\n"]));
        octet.Array[0, 600].Select(chars => new string(chars)).Sample(
            value =>
            {
                foreach ((DnsRecordFormat format, TerraformProvider provider) in Targets)
                    CheckValue(format, provider, value);
            },
            seed: "0000KOIXjNK5",
            iter: 300,
            threads: 1);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_type_comes_back(DnsRecordFormat format, TerraformProvider provider)
    {
        ResourceRecord[] records =
        [
            new TxtRecord("contoso.com", "@", "v=spf1 mx include:spf.example.net -all", s_hour, RecordPurpose.Spf),
            new TxtRecord("contoso.com", "s10._domainkey", "v=DKIM1; k=rsa; p=" + new string('A', 392), s_hour, RecordPurpose.Dkim),
            new CnameRecord("contoso.com", "trk", "trk.example.net", s_hour, RecordPurpose.Tracking),
            new MxRecord("contoso.com", "@", 10, "mx1.contoso.com", s_hour, RecordPurpose.Mx),
            new MxRecord("contoso.com", "@", 20, "mx2.contoso.com", s_hour, RecordPurpose.Mx),
            new MxRecord("contoso.com", "parked", 0, ".", s_hour, RecordPurpose.Mx),
            new NsRecord("contoso.com", "em", "ns1.example.net", s_hour, RecordPurpose.Delegation),
            new ARecord("contoso.com", "mx1", System.Net.IPAddress.Parse("192.0.2.1"), s_hour, RecordPurpose.Address),
            new AaaaRecord("contoso.com", "mx1", System.Net.IPAddress.Parse("2001:db8::1"), s_hour, RecordPurpose.Address),
            new CaaRecord("contoso.com", "@", 0, "issue", "letsencrypt.org; validationmethods=dns-01", s_hour, RecordPurpose.Caa),
            new CaaRecord("contoso.com", "@", 128, "iodef", "mailto:ca@contoso.com", s_hour, RecordPurpose.Caa),
            new TlsaRecord("contoso.com", "_25._tcp.mx1", TlsaCertificateUsage.DomainIssuedCertificate, TlsaSelector.SubjectPublicKeyInfo, TlsaMatchingType.Sha256Hash, new string('a', 64), s_hour, RecordPurpose.Tlsa),
            new TxtRecord("contoso.com", "*.news", "v=spf1 -all", s_hour, RecordPurpose.Spf),
            new SrvRecord("contoso.com", "_submission._tcp", 0, 1, 587, "mail.contoso.com", s_hour, RecordPurpose.Other),
            new SrvRecord("contoso.com", "_imap._tcp", 65535, 0, 0, ".", s_hour, RecordPurpose.Other),
            new PtrRecord("contoso.com", "9", "mail.contoso.com", s_hour, RecordPurpose.Address),
        ];
        string[] refused = format switch
        {
            DnsRecordFormat.DnsCmd => ["CAA", "TLSA"],
            DnsRecordFormat.Terraform when provider == TerraformProvider.Azure => ["TLSA"],
            _ => [],
        };

        (IReadOnlyList<string> texts, List<RecordExportError> errors) = Write(format, provider, records);

        Assert.Equal(refused, errors.Select(error => error.Exception.Message.Split(' ')[0]));
        Assert.All(errors, error => Assert.Equal(RecordExportFault.Type, error.Exception.Fault));
        AssertSame(records.Where(record => !refused.Contains(record.RecordType)), FormatReader.Read(Assert.Single(texts), format, provider));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Records_of_a_set_have_its_lowest_time_to_live_and_doubles_are_one(DnsRecordFormat format, TerraformProvider provider)
    {
        TxtRecord first = new("contoso.com", "@", "one", TimeSpan.FromSeconds(600), RecordPurpose.Other);
        TxtRecord second = new("contoso.com", "@", "two", TimeSpan.FromSeconds(300), RecordPurpose.Other);

        (IReadOnlyList<string> texts, _) = Write(format, provider, first, second, first);

        IReadOnlyList<ReadRecord> read = FormatReader.Read(Assert.Single(texts), format, provider);
        Assert.Equal([("one", 300L), ("two", 300L)], read.Select(record => (record.Data, record.Ttl)));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Alias_beside_other_data_is_refused(DnsRecordFormat format, TerraformProvider provider)
    {
        (IReadOnlyList<string> texts, List<RecordExportError> errors) = Write(
            format,
            provider,
            new CnameRecord("contoso.com", "a", "b.example.net", s_hour, RecordPurpose.Tracking),
            new TxtRecord("contoso.com", "a", "x", s_hour, RecordPurpose.Other),
            new CnameRecord("contoso.com", "c", "d.example.net", s_hour, RecordPurpose.Tracking),
            new CnameRecord("contoso.com", "c", "e.example.net", s_hour, RecordPurpose.Tracking));

        Assert.Empty(texts);
        Assert.Equal(["a.contoso.com", "a.contoso.com", "c.contoso.com"], errors.Select(error => error.Owner));
        Assert.All(errors, error => Assert.Equal(RecordExportFault.Conflict, error.Exception.Fault));
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Set_with_a_refused_value_is_left_out_whole(DnsRecordFormat format, TerraformProvider provider)
    {
        TxtRecord good = new("contoso.com", "@", "good", s_hour, RecordPurpose.Other);
        TxtRecord bad = new("contoso.com", "@", "b\u0001d" + (format == DnsRecordFormat.Route53 || provider == TerraformProvider.Aws ? new string('x', 4000) : string.Empty), s_hour, RecordPurpose.Other);

        (IReadOnlyList<string> texts, List<RecordExportError> errors) = Write(format, provider, good, bad);

        Assert.Equal(errors.Count, texts.Count == 0 ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Names_with_other_octets_are_refused(DnsRecordFormat format, TerraformProvider provider)
    {
        DomainName zone = DomainName.FromDns("contoso.com");
        ResourceRecord[] records =
        [
            new TxtRecord(DomainName.FromDns("a\"b.contoso.com"), zone, "x", s_hour, RecordPurpose.Other),
            new CnameRecord(DomainName.FromDns("ok.contoso.com"), zone, DomainName.FromDns("x\ny.test"), s_hour, RecordPurpose.Other),
            new MxRecord(DomainName.FromDns("mx.contoso.com"), zone, 1, DomainName.FromDns("$(x).test"), s_hour, RecordPurpose.Other),
        ];

        (IReadOnlyList<string> texts, List<RecordExportError> errors) = Write(format, provider, records);

        Assert.Empty(texts);
        Assert.Equal(3, errors.Count);
    }

    [Theory]
    [InlineData(DnsRecordFormat.Zone, 2)]
    [InlineData(DnsRecordFormat.NsUpdate, 1)]
    [InlineData(DnsRecordFormat.DnsCmd, 1)]
    [InlineData(DnsRecordFormat.Route53, 2)]
    [InlineData(DnsRecordFormat.Cloudflare, 2)]
    [InlineData(DnsRecordFormat.GoogleDns, 2)]
    [InlineData(DnsRecordFormat.Terraform, 1)]
    [InlineData(DnsRecordFormat.DnsControl, 1)]
    [InlineData(DnsRecordFormat.OctoDns, 2)]
    [InlineData(DnsRecordFormat.Csv, 1)]
    public void Zones_are_apart_where_the_format_has_one(DnsRecordFormat format, int texts)
    {
        (IReadOnlyList<string> written, _) = Write(
            format,
            TerraformProvider.Aws,
            new TxtRecord("contoso.com", "_dmarc", "v=DMARC1; p=none", s_hour, RecordPurpose.Dmarc),
            new TxtRecord("fabrikam.com", "_dmarc", "v=DMARC1; p=none", s_hour, RecordPurpose.Dmarc));

        Assert.Equal(texts, written.Count);
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(60, 60)]
    [InlineData(172800, 86400)]
    public void Cloudflare_takes_a_minute_to_a_day(int seconds, int written)
    {
        (IReadOnlyList<string> texts, _) = Write(DnsRecordFormat.Cloudflare, TerraformProvider.Aws, new TxtRecord("contoso.com", "@", "x", TimeSpan.FromSeconds(seconds), RecordPurpose.Other));

        Assert.Equal(written, Assert.Single(FormatReader.Read(texts[0], DnsRecordFormat.Cloudflare, TerraformProvider.Aws)).Ttl);
    }

    [Theory]
    [InlineData(255, 1)]
    [InlineData(256, 2)]
    [InlineData(510, 2)]
    [InlineData(511, 3)]
    public void Strings_are_split_at_255_octets(int length, int strings)
    {
        (IReadOnlyList<string> texts, _) = Write(DnsRecordFormat.Zone, TerraformProvider.Aws, new TxtRecord("contoso.com", "@", new string('x', length), s_hour, RecordPurpose.Other));

        Assert.Equal(strings * 2, texts[0].Count(c => c == '"'));
    }

    [Fact]
    public void OctoDns_keys_are_in_natural_order()
    {
        string[] names = ["s10._domainkey", "s9._domainkey", "@", "_dmarc", "*", "trk", "10", "9", "a1b", "ab", "a"];

        (IReadOnlyList<string> texts, _) = Write(DnsRecordFormat.OctoDns, TerraformProvider.Aws, [.. names.Select(name => new TxtRecord("contoso.com", name, "x", s_hour, RecordPurpose.Other))]);

        Assert.Equal(
            ["\"\":", "\"9\":", "\"10\":", "\"*\":", "\"_dmarc\":", "\"a\":", "\"a1b\":", "\"ab\":", "\"s9._domainkey\":", "\"s10._domainkey\":", "\"trk\":"],
            texts[0].Split('\n').Where(line => line.StartsWith('"')));
    }

    [Theory]
    [InlineData("@", "TXT", true)]
    [InlineData("@", "MX", true)]
    [InlineData("_dmarc", "TXT", false)]
    [InlineData("trk", "CNAME", false)]
    public void Route53_warns_of_sets_that_others_share(string name, string type, bool warns)
    {
        ResourceRecord record = type switch
        {
            "TXT" => new TxtRecord("contoso.com", name, "x", s_hour, RecordPurpose.Other),
            "MX" => new MxRecord("contoso.com", name, 10, "mx.contoso.com", s_hour, RecordPurpose.Mx),
            _ => new CnameRecord("contoso.com", name, "x.example.net", s_hour, RecordPurpose.Tracking),
        };
        var warnings = new List<string>();

        _ = RecordTextWriter.Write([record], DnsRecordFormat.Route53, TerraformProvider.Aws, [], warnings);

        Assert.Equal(warns, warnings.Count == 1);
    }

    private static void CheckValue(DnsRecordFormat format, TerraformProvider provider, string value)
    {
        var record = new TxtRecord("contoso.com", "h", value, s_hour, RecordPurpose.Other);
        (IReadOnlyList<string> texts, List<RecordExportError> errors) = Write(format, provider, record);

        if (errors.Count == 0)
        {
            AssertSame([record], FormatReader.Read(Assert.Single(texts), format, provider));
            return;
        }

        Assert.Empty(texts);
        Assert.True(MayRefuse(format, provider, value), $"{format} refused {value}: {errors[0].Exception.Message}");
        Assert.All(errors[0].Exception.Message, c => Assert.InRange(c, ' ', '~'));
    }

    private static bool MayRefuse(DnsRecordFormat format, TerraformProvider provider, string value)
    {
        bool isAzure = format == DnsRecordFormat.Terraform && provider == TerraformProvider.Azure;
        if (format == DnsRecordFormat.Route53 || (format == DnsRecordFormat.Terraform && provider == TerraformProvider.Aws))
            return value.Length > 900;
        if (!isAzure && !s_refused.ContainsKey(format))
            return false;
        return value.Length == 0 || value.Length > 4096 || value.Any(c => c is < ' ' or > '~' || (!isAzure && s_refused[format].Contains(c, StringComparison.Ordinal)));
    }

    // What is written is allocated a few times over, whatever is at one owner: with twice the records twice as much.
    [Theory]
    [InlineData(DnsRecordFormat.Terraform, TerraformProvider.Cloudflare, true)]
    [InlineData(DnsRecordFormat.Terraform, TerraformProvider.Aws, true)]
    [InlineData(DnsRecordFormat.Terraform, TerraformProvider.Azure, false)]
    [InlineData(DnsRecordFormat.Zone, TerraformProvider.Aws, false)]
    [InlineData(DnsRecordFormat.OctoDns, TerraformProvider.Aws, false)]
    [InlineData(DnsRecordFormat.NsUpdate, TerraformProvider.Aws, true)]
    public void Work_grows_with_the_records(DnsRecordFormat format, TerraformProvider provider, bool hasOneOwner)
    {
        long Allocated(int count)
        {
            ResourceRecord[] records = [.. Enumerable.Range(0, count).Select(i => (ResourceRecord)new ARecord("contoso.com", hasOneOwner ? "h" : "h" + i, new System.Net.IPAddress(0x0A000000L + i), s_hour, RecordPurpose.Address))];
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = Write(format, provider, records);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        _ = Allocated(100);
        long once = Allocated(2_000);
        long twice = Allocated(4_000);
        Assert.True(twice < 3 * once, once + " and " + twice + " octets");
    }

    // OctoDNS reads "value" alone of an alias, and "values" of what may be several (its ValueMixin and ValuesMixin).
    [Fact]
    public void OctoDns_has_one_value_of_an_alias()
    {
        string text = Assert.Single(Write(
            DnsRecordFormat.OctoDns,
            TerraformProvider.Aws,
            new CnameRecord("contoso.com", "link", "t.provider.example", s_hour, RecordPurpose.Tracking),
            new CnameRecord("contoso.com", "s1._domainkey", "s1.provider.example", s_hour, RecordPurpose.Dkim),
            new TxtRecord("contoso.com", "@", "v=spf1 -all", s_hour, RecordPurpose.Spf),
            new MxRecord("contoso.com", "@", 10, "mail.contoso.com", s_hour, RecordPurpose.Mx)).Texts);
        string[] blocks = text.Split("  - ");
        Assert.All(blocks.Where(block => block.Contains("type: CNAME", StringComparison.Ordinal)), block => Assert.Contains("value: ", block, StringComparison.Ordinal));
        Assert.DoesNotContain(blocks, block => block.Contains("type: CNAME", StringComparison.Ordinal) && block.Contains("values:", StringComparison.Ordinal));
        Assert.All(blocks.Where(block => block.Contains("type: TXT", StringComparison.Ordinal)), block => Assert.Contains("value", block, StringComparison.Ordinal));
    }

    private static (IReadOnlyList<string> Texts, List<RecordExportError> Errors) Write(DnsRecordFormat format, TerraformProvider provider, params ResourceRecord[] records)
    {
        var errors = new List<RecordExportError>();
        return (RecordTextWriter.Write(records, format, provider, errors, []), errors);
    }

    private static void AssertSame(IEnumerable<ResourceRecord> expected, IEnumerable<ReadRecord> actual) =>
        Assert.Equal(Sort(expected.Select(ReadRecord.Of)), Sort(actual));

    private static IEnumerable<ReadRecord> Sort(IEnumerable<ReadRecord> records) =>
        records.OrderBy(record => record.Fqdn, StringComparer.Ordinal).ThenBy(record => record.Type, StringComparer.Ordinal).ThenBy(record => record.Data, StringComparer.Ordinal);
}
