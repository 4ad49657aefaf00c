using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Sending;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Dnssec;
using Xunit;

namespace MailDns.Core.Tests.Dnssec;

public class DnssecStatusReaderTests
{
    private const string Zone = "contoso.com";

    private static readonly DateTime s_now = new(2026, 12, 1, 12, 0, 0, DateTimeKind.Utc);

    // One setting away from a zone that has no fault: ds, algorithm, keys, begin and end of signatures in days, end of the keys' signature, NSEC3PARAM.
    [Theory]
    [InlineData("", "")]
    [InlineData("keys=none ds=none", "")]
    [InlineData("keys=none", "DNSSEC-KEYS-MISSING=Fail")]
    [InlineData("ds=none", "DNSSEC-DS-MISSING=Info")]
    [InlineData("ds=digest", "DNSSEC-DS-MISMATCH=Fail")]
    [InlineData("ds=key", "DNSSEC-DS-MISMATCH=Fail")]
    [InlineData("ds=algorithm", "DNSSEC-DS-MISMATCH=Fail")]
    [InlineData("keys=revoked", "DNSSEC-KEYS-MISSING=Fail")]
    [InlineData("ds=right,key", "DNSSEC-DS-STALE=Warning")]
    [InlineData("ds=sha1", "DNSSEC-DS-SHA1=Warning")]
    [InlineData("ds=sha1,right", "")]
    [InlineData("ds=sha384", "")]
    [InlineData("algorithm=5", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=7", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=1", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=3", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=12", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=250", "DNSSEC-ALGORITHM=Fail")]
    [InlineData("algorithm=8", "")]
    [InlineData("algorithm=15", "")]
    [InlineData("end=-1", "DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("keysEnd=-0.01", "DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("begin=1", "DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("begin=-28 end=2", "DNSSEC-SIGNATURE-ENDS=Warning")]
    [InlineData("begin=-28 end=8", "")]
    [InlineData("begin=0 end=2 keysEnd=2", "DNSSEC-SIGNATURE-ENDS=Warning")]
    [InlineData("begin=-1 end=1 keysEnd=20", "DNSSEC-SIGNATURE-ENDS=Info")]
    [InlineData("begin=-10 end=4 keysEnd=4", "")]
    [InlineData("sign=none", "DNSSEC-SIGNATURE-MISSING=Fail")]
    [InlineData("sign=other", "DNSSEC-SIGNATURE-MISSING=Fail")]
    [InlineData("sign=parent", "DNSSEC-SIGNATURE-MISSING=Fail")]
    [InlineData("sign=noMx", "DNSSEC-SIGNATURE-MISSING=Fail")]
    [InlineData("sign=stripped", "DNSSEC-SIGNATURE-ENDS=Unknown DNSSEC-SIGNATURE-MISSING=Unknown DNSSEC-SIGNATURE-TIME=Unknown")]
    [InlineData("nsec3=0", "")]
    [InlineData("nsec3=1", "DNSSEC-NSEC3-ITERATIONS=Warning")]
    [InlineData("nsec3=100", "DNSSEC-NSEC3-ITERATIONS=Warning")]
    [InlineData("nsec3=101", "DNSSEC-NSEC3-EXCESSIVE=Fail")]
    [InlineData("nsec3=0 salt=ab", "DNSSEC-NSEC3-SALT=Info")]
    [InlineData("resolver=plain", "DNSSEC-RESOLVER=Info")]
    [InlineData("resolver=plain end=-1", "DNSSEC-RESOLVER=Info DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("fail=DS", "*=Unknown")]
    [InlineData("fail=DNSKEY", "*=Unknown")]
    [InlineData("fail=SOA", "*=Unknown")]
    [InlineData("fail=MX", "DNSSEC-SIGNATURE-ENDS=Unknown DNSSEC-SIGNATURE-MISSING=Unknown DNSSEC-SIGNATURE-TIME=Unknown")]
    [InlineData("fail=TXT end=-1", "DNSSEC-SIGNATURE-MISSING=Unknown DNSSEC-SIGNATURE-TIME=Fail")]
    [InlineData("fail=NSEC3PARAM", "DNSSEC-NSEC3-EXCESSIVE=Unknown DNSSEC-NSEC3-ITERATIONS=Unknown DNSSEC-NSEC3-SALT=Unknown")]
    public async Task A_zone_is_judged_by_its_records(string settings, string expected)
    {
        DnssecStatus status = await Read(Zone, Make(settings));
        string whole = expected.StartsWith("*=", StringComparison.Ordinal) ? string.Join(" ", DnssecChecks.All.Select(check => check.Id + expected[1..]).Order(StringComparer.Ordinal)) : expected;
        StatusAssert.Findings(Seen.In(status.Results), DnssecChecks.All, whole);
    }

    [Theory]
    [InlineData("FormatError")]
    [InlineData("NotImplemented")]
    public async Task A_resolver_older_than_edns_says_nothing_of_the_zone(string answer)
    {
        DnssecStatus status = await Read(Zone, Make(string.Empty).Fail(Zone, DnsRecordType.Soa, Enum.Parse<DnsResponseStatus>(answer)));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
        Assert.Contains("does not know DNSSEC", status.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mail.contoso.com", "contoso.com")]
    [InlineData("contoso.com", "contoso.com")]
    public async Task The_zone_of_a_name_is_found(string domain, string zone)
    {
        TableResolver resolver = Make(string.Empty).Txt("mail.contoso.com", "v=spf1 -all");
        Assert.Equal(zone, (await Read(domain, resolver)).Zone);
    }

    // What is kept for a question without signatures is no answer to one with them, and planned records have none.
    [Fact]
    public async Task Answers_with_signatures_are_kept_apart()
    {
        TableResolver zone = Make(string.Empty);
        var kept = new CachingResolver(zone, () => TimeSpan.Zero);
        var planned = new OverlayResolver(kept, [new TxtRecord(Zone, "@", "v=spf1 -all", TimeSpan.FromHours(1), RecordPurpose.Spf)]);
        for (int i = 0; i < 3; i++)
        {
            DnsResponse plain = await kept.QueryTxtAsync(DomainName.Parse(Zone), CancellationToken.None);
            DnsResponse signed = await planned.QueryAsync(new DnsQuestion(DomainName.Parse(Zone), DnsRecordType.Txt, withSignatures: true), CancellationToken.None);
            Assert.Equal((0, 1), (plain.Signatures.Count(), signed.Signatures.Count()));
            Assert.Equal(["v=spf1 mx -all"], signed.Texts);
        }

        Assert.Equal(2, zone.Questions.Count);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_has_no_zone()
    {
        DnssecStatus status = await Read("gone.example.org", Make(string.Empty));
        Assert.Null(status.Zone);
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
    }

    [Fact]
    public async Task Zone_files_show_no_dnssec()
    {
        DnssecStatus status = await Read(Zone, Make("resolver=none"));
        Assert.All(status.Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
        Assert.Equal("Zone files and planned records do not show DNSSEC.", status.Evidence);
    }

    [Fact]
    public async Task What_was_found_is_said_in_a_sentence()
    {
        DnssecStatus status = await Read(Zone, Make(string.Empty));
        Assert.Matches("^The DS record of contoso\\.com \\(\\d+, ECDSAP256SHA256 \\(13\\), SHA-256\\) names a key that it has\\. The first signature ends 2026-12-21 12:00 UTC\\.$", status.Evidence);
        Assert.Equal(new DateTime(2026, 12, 21, 12, 0, 0, DateTimeKind.Utc), status.SignaturesEnd);
        Assert.Equal(status.DelegationSigners, status.ExpectedSigners);
        Assert.True(status.ResolverValidates);
    }

    [Fact]
    public async Task A_missing_ds_record_comes_with_the_one_to_publish()
    {
        DnssecStatus status = await Read(Zone, Make("ds=none"));
        CheckResult result = StatusAssert.Single(status.Results, "DNSSEC-DS-MISSING");
        Assert.Equal("contoso.com. DS " + Assert.Single(status.ExpectedSigners), result.Expected);
    }

    [Fact]
    public async Task Without_a_clock_no_time_is_judged()
    {
        DnssecStatus status = await DnssecStatusReader.ReadAsync(DomainName.Parse(Zone), Make("end=-1"), now: null, CancellationToken.None);
        Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(status.Results, "DNSSEC-SIGNATURE-TIME").Status);
    }

    // RFC 4034 section 5.4, RFC 4509 section 2.3.
    [Theory]
    [InlineData(1, "2bb183af5f22588179a53b0a98631fad1a292118")]
    [InlineData(2, "d4b7d520e7bb5f0f67674a0cceb1e3e0614b93c4f9e99b8383f6a1e4469da50a")]
    public void A_key_has_the_digest_of_the_standard(byte type, string digest)
    {
        DnskeyData key = StandardKey();
        DsData ds = DsData.Of(DomainName.FromDns("dskey.example.com"), key, type)!;
        Assert.Equal((60485, 5, digest), (ds.KeyTag, ds.Algorithm, Hex.Format(ds.Digest)));
        Assert.True(ds.Names(DomainName.FromDns("dskey.example.com"), key));
        Assert.False(ds.Names(DomainName.FromDns("other.example.com"), key));
        Assert.Null(new DsData(60485, 5, 99, [1]).Names(DomainName.FromDns("dskey.example.com"), key));
    }

    [Theory]
    [InlineData(0u, 2026)]
    [InlineData(uint.MaxValue, 2106)]
    [InlineData(1000u, 2106)]
    public void Times_of_32_bits_are_the_nearest_to_now(uint seconds, int year)
    {
        DateTime now = seconds == 0 ? s_now : new DateTime(2106, 2, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(year, RrsigData.TimeOf(seconds == 0 ? Stamp(0) : seconds, now).Year);
    }

    [Fact]
    public void The_data_are_read_as_they_are_written()
    {
        RecordData[] all =
        [
            new DsData(1, 13, 2, new byte[32]), StandardKey(), new Nsec3ParamData(1, 0, 5, [0xAB]),
            new RrsigData(DnsRecordType.Mx, 13, 2, 300, Stamp(1), Stamp(-1), 1, DomainName.FromDns(Zone), new byte[64]),
        ];
        DnsRecordType[] types = [DnsRecordType.Ds, DnsRecordType.Dnskey, DnsRecordType.Nsec3Param, DnsRecordType.Rrsig];
        foreach ((RecordData data, DnsRecordType type) in all.Zip(types))
        {
            var writer = new WireWriter();
            data.Write(writer);
            byte[] octets = writer.ToArray();
            var reader = new WireReader(octets);
            Assert.Equal(data.ToPresentation(), RecordTypes.Read(type, ref reader)!.ToPresentation());
            for (int length = 0; length < octets.Length; length++)
            {
                // Cut short it is none, or shorter; never an exception.
                var part = new WireReader(octets, 0, length);
                Assert.NotEqual(data.ToPresentation(), RecordTypes.Read(type, ref part)?.ToPresentation());
            }
        }
    }

    private static DnskeyData StandardKey() => new(256, 3, 5, Convert.FromBase64String("AQOeiiR0GOMYkDshWoSKz9XzfwJr1AYtsmx3TGkJaNXVbfi/2pHm822aJ5iI9BMzNXxeYCmZDRD99WYwYqUSdjMmmAphXdvxegXd/M5+X7OrzKBaMbCVdFLUUh6DhweJBjEVv5f2wwjM9XzcnOf+EPbtG9DMBmADjFDc2w/rljwvFw=="));

    private static Task<DnssecStatus> Read(string domain, TableResolver resolver) => DnssecStatusReader.ReadAsync(DomainName.Parse(domain), resolver, s_now, CancellationToken.None);

    private static uint Stamp(double days) => (uint)(s_now.AddDays(days) - DateTime.UnixEpoch).TotalSeconds;

    private static TableResolver Make(string settings)
    {
        Dictionary<string, string> all = settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        string Get(string name, string otherwise) => all.GetValueOrDefault(name, otherwise);
        double Days(string name, double otherwise) => all.TryGetValue(name, out string? text) ? double.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
        byte algorithm = (byte)Days("algorithm", 13);
        DomainName zone = DomainName.FromDns(Zone);
        var key = new DnskeyData((ushort)(Get("keys", string.Empty) == "revoked" ? 385 : 257), 3, algorithm, [.. Enumerable.Range(1, 64).Select(i => (byte)i)]);
        var resolver = new TableResolver();
        resolver.Add(Zone, DnsRecordType.Soa, Soa("ns." + Zone)).Mx(Zone, 10, "mx." + Zone).Txt(Zone, "v=spf1 mx -all");
        resolver.Add(string.Empty, DnsRecordType.Soa, Soa("a.root"));
        if (Get("keys", "one") != "none") resolver.Add(Zone, DnsRecordType.Dnskey, key);

        foreach (string ds in Get("ds", "right").Split(',').Where(ds => ds != "none"))
        {
            DsData right = DsData.Of(zone, key, (byte)(ds == "sha1" ? 1 : ds == "sha384" ? 4 : 2))!;
            resolver.Add(Zone, DnsRecordType.Ds, ds switch
            {
                "digest" => new DsData(right.KeyTag, right.Algorithm, 2, new byte[32]),
                "key" => new DsData((ushort)(right.KeyTag ^ 1), right.Algorithm, 2, right.Digest),
                "algorithm" => new DsData(right.KeyTag, 14, 2, right.Digest),
                _ => right,
            });
        }

        string sign = Get("sign", "all");
        void Sign(string owner, DnsRecordType type, double end)
        {
            ushort tag = (ushort)(sign == "other" ? key.KeyTag ^ 1 : key.KeyTag);
            resolver.Add(owner, DnsRecordType.Rrsig, new RrsigData(type, algorithm, 2, 300, Stamp(end), Stamp(Days("begin", -10)), tag, DomainName.FromDns(sign == "parent" ? "com" : owner), new byte[64]));
        }

        if (sign is not ("none" or "stripped"))
        {
            Sign(Zone, DnsRecordType.Soa, Days("end", 20));
            Sign(Zone, DnsRecordType.Dnskey, Days("keysEnd", Days("end", 20)));
            Sign(Zone, DnsRecordType.Txt, Days("end", 20));
            if (sign != "noMx") Sign(Zone, DnsRecordType.Mx, Days("end", 20));
        }

        if (sign != "stripped")
            resolver.Add(string.Empty, DnsRecordType.Rrsig, new RrsigData(DnsRecordType.Soa, 8, 0, 300, Stamp(20), Stamp(-10), 1, DomainName.Root, new byte[64]));

        if (all.TryGetValue("nsec3", out string? iterations))
        {
            resolver.Add(Zone, DnsRecordType.Nsec3Param, new Nsec3ParamData(1, 0, ushort.Parse(iterations, System.Globalization.CultureInfo.InvariantCulture), all.ContainsKey("salt") ? [0xAB] : []));
        }

        if (all.TryGetValue("fail", out string? failed))
            resolver.Fail(Zone, Enum.Parse<DnsRecordType>(failed, ignoreCase: true), DnsResponseStatus.Timeout);

        return Get("resolver", "validating") switch
        {
            "none" => resolver,
            "plain" => resolver.By("192.0.2.53"),
            _ => resolver.By("192.0.2.53", ".", Zone),
        };
    }

    private static SoaData Soa(string primary) => new(DomainName.FromDns(primary), DomainName.FromDns("hostmaster." + Zone), 1, 7200, 3600, 1209600, 300);
}
