using CsCheck;
using MailDns.MailReports;
using Xunit;

namespace MailDns.Core.Tests.MailReports;

/// <summary>Who sends: attribution by the strongest evidence, classes that explain themselves, and figures that add up.</summary>
public class MeasureTests
{
    private static readonly (string, string?, string)[] s_none = [];

    public static TheoryData<string, RowModel, string, string> Rows => new()
    {
        { "own server, both", new RowModel(), "OwnPassing", "example.com" },
        { "own server, SPF alone", new RowModel { Dkim = false, Signatures = s_none }, "OwnFragile", "example.com" },
        { "own server that fails", new RowModel { Dkim = false, Spf = false, Signatures = s_none, SpfResult = ("bounce.esp.example", "pass") }, "OwnFailing", "example.com" },
        { "in an include", new RowModel { Source = "198.51.100.7" }, "OwnPassing", "example.com > _spf.example.net" },
        { "beside the include", new RowModel { Source = "198.51.100.200", Dkim = false, Spf = false, Signatures = s_none, SpfResult = ("example.com", "fail") }, "Unknown", "198.51.100.0/24" },
        { "own key elsewhere", new RowModel { Source = "203.0.113.9", Spf = false, SpfResult = ("bounce.esp.example", "pass") }, "OwnFragile", "s1._domainkey.example.com" },
        { "own key at a platform, by its alias", new RowModel { Source = "203.0.113.9", Spf = false, Signatures = [("example.com", "s2", "pass")], SpfResult = ("bounce.esp.example", "pass") }, "OwnFragile", "Twilio SendGrid" },
        { "a platform that does not align, by its signature", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("sendgrid.net", "smtpapi", "pass")], SpfResult = null }, "ServiceUnaligned", "Twilio SendGrid" },
        { "a platform that does not align, by its bounces", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = s_none, SpfResult = ("u1.wl2.sendgrid.net", "pass") }, "ServiceUnaligned", "Twilio SendGrid" },
        { "what only looks like the platform", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("notsendgrid.net", "a", "pass")], SpfResult = null }, "Unknown", "notsendgrid.net" },
        { "a platform's signature that failed", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("sendgrid.net", "smtpapi", "fail")], SpfResult = null }, "Unknown", "203.0.113.0/24" },
        { "a list", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("example.com", "s1", "fail")], SpfResult = ("lists.example.org", "pass"), Reason = "mailing_list" }, "Forwarder", "lists.example.org" },
        { "sealed by ARC", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = s_none, SpfResult = ("gmail.example", "pass"), Reason = "local_policy", Comment = "arc=pass" }, "Forwarder", "gmail.example" },
        { "a local policy of another kind", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = s_none, SpfResult = ("gmail.example", "pass"), Reason = "local_policy" }, "Unknown", "gmail.example" },
        { "a lookup failed", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("example.com", "s1", "temperror")], SpfResult = ("example.com", "temperror") }, "TemporaryError", "203.0.113.0/24" },
        { "a foreign signature alone", new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("spammer.example", "x", "pass")], SpfResult = ("spammer.example", "pass") }, "Unknown", "spammer.example" },
        { "unreadable", new RowModel { Source = "mail.example.org", Dkim = false, Spf = false, Signatures = s_none, SpfResult = null }, "Unknown", "unreadable address" },
        { "another domain of one's own under strict alignment", new RowModel { Source = "203.0.113.9", HeaderFrom = "news.example.com", Dkim = false, Spf = false, SpfResult = ("bounce.esp.example", "pass") }, "OwnFailing", "s1._domainkey.example.com" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task A_source_is_named_by_its_strongest_evidence(string what, RowModel row, string expected, string source)
    {
        DmarcSource found = Assert.Single(await MeasureRun.OfAsync(new ReportModel { Rows = [row with { Count = 50 }] }));
        Assert.True(found.Class.ToString() == expected && found.Source == source, $"{what}: {found}");
        Assert.Equal(50, found.Messages);
        Assert.NotEmpty(found.Reason);
    }

    [Fact]
    public async Task A_key_that_mostly_signs_at_home_was_forwarded_elsewhere()
    {
        RowModel home = new() { Count = 900 };
        RowModel away = new() { Count = 10, Source = "203.0.113.9", Spf = false, SpfResult = ("example.com", "fail") };
        IReadOnlyList<DmarcSource> sources = await MeasureRun.OfAsync(new ReportModel { Rows = [home, away] });
        Assert.Equal(["OwnPassing 900", "Forwarder 10"], sources.Select(static source => source.Class + " " + source.Messages));

        // Its twin: the key is never seen at home, so whoever sends from there holds it.
        Assert.Equal(DmarcSourceClass.OwnFragile, Assert.Single(await MeasureRun.OfAsync(new ReportModel { Rows = [away] })).Class);
    }

    [Theory]
    [InlineData("203.0.113.9")]
    [InlineData("203.0.113.0/24")]
    [InlineData("esp.example")]
    public async Task What_the_owner_names_is_his(string own)
    {
        var row = new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("esp.example", "x", "pass")], SpfResult = null, Count = 5 };
        Assert.Equal(DmarcSourceClass.OwnFailing, Assert.Single(await MeasureRun.OfAsync(MeasureRun.Create(own: [own]), new ReportModel { Rows = [row] })).Class);
        Assert.Equal(DmarcSourceClass.Unknown, Assert.Single(await MeasureRun.OfAsync(MeasureRun.Create(own: ["203.0.114.0/24", "notesp.example"]), new ReportModel { Rows = [row] })).Class);
    }

    [Fact]
    public async Task What_mends_a_platform_comes_as_records()
    {
        var row = new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("akmta.net", "ak", "pass")], SpfResult = null, Count = 5 };
        DmarcSource source = Assert.Single(await MeasureRun.OfAsync(new ReportModel { Rows = [row] }));
        Assert.Equal("altcraft", source.Provider);
        Assert.Contains(source.Record, static record => record.Purpose == RecordPurpose.Bounce && record.Fqdn == "ac-bounces.example.com");
        Assert.Contains(source.Record, static record => record.Purpose == RecordPurpose.Spf && record.ToString()!.Contains("include:spf.akmta.net", StringComparison.Ordinal) && record.ToString()!.Contains("ip4:192.0.2.0/24", StringComparison.Ordinal));
        Assert.Contains("publicKey", source.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_mends_an_own_server_is_its_address_in_SPF()
    {
        var row = new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = [("example.com", "s1", "fail")], SpfResult = ("example.com", "fail"), Count = 5 };
        DmarcSource source = Assert.Single(await MeasureRun.OfAsync(MeasureRun.Create(own: ["203.0.113.9"]), new ReportModel { Rows = [row] }));
        Assert.Contains("ip4:203.0.113.9", Assert.Single(source.Record).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subdomains_are_apart_and_made_up_ones_are_bounded()
    {
        RowModel[] rows = [.. Enumerable.Range(0, 900).Select(static i => new RowModel { Source = "203.0.113.9", Dkim = false, Spf = false, Signatures = s_none, SpfResult = null, HeaderFrom = "x" + i + ".example.com" })];
        IReadOnlyList<DmarcSource> sources = await MeasureRun.OfAsync(new ReportModel { Rows = rows });
        Assert.Equal(900, sources.Sum(static source => source.Messages));
        Assert.Equal(DmarcMeasure.MaxDomains + 1, sources.Select(static source => source.Domain).Distinct().Count());
        Assert.Equal(900 - DmarcMeasure.MaxDomains, sources.Single(static source => source.Domain == "*.example.com").Messages);
    }

    [Fact]
    public void A_wave_of_addresses_is_joined_into_networks_and_no_message_is_lost()
    {
        var tally = new RowTally();
        for (int i = 0; i < 500_000; i++)
            tally.Add(new DmarcReportRow(new ReportSource(MailDns.Spf.AddressBits.IPv4(0x0A000000u + (uint)i).ToString())) { Count = 2, HeaderFrom = "example.com" });

        Assert.True(tally.IsCoarse);
        Assert.True(tally.Count <= RowTally.MaxPrints + 1);
        Assert.Equal(1_000_000, tally.Counts.Sum(static counts => counts.Value.Messages));
    }

    private static readonly Gen<RowModel> s_row =
        from source in Gen.OneOf(Gen.Const("192.0.2.1"), Gen.Const("198.51.100.7"), Gen.Byte.Select(static part => "203.0.113." + part), Gen.Const("junk"))
        from count in Gen.Long[0, 5000]
        from flags in Gen.Int[0, 31]
        from signer in Gen.Int[0, 5]
        from reason in Gen.Int[0, 4]
        select new RowModel
        {
            Source = source,
            Count = count,
            Dkim = (flags & 1) != 0,
            Spf = (flags & 2) != 0,
            HeaderFrom = (flags & 4) != 0 ? "news.example.com" : "example.com",
            Signatures = signer switch
            {
                0 => [("example.com", "s1", (flags & 8) != 0 ? "pass" : "temperror")],
                1 => [("example.com", "s2", "pass"), ("sendgrid.net", "x", "pass")],
                2 => [("sendgrid.net", "x", "pass")],
                3 => [("spammer.example", "x", "pass")],
                _ => [],
            },
            SpfResult = (flags & 16) != 0 ? ("example.com", "pass") : ("bounce.esp.example", "temperror"),
            Reason = reason switch { 0 => "mailing_list", 1 => "local_policy", _ => null },
            Comment = reason == 1 ? "arc=pass" : null,
        };

    [Fact]
    public async Task The_sums_of_the_classes_are_the_sum_of_the_messages()
    {
        await s_row.Array[0, 30].Array[1, 6].SampleAsync(static async reports =>
        {
            ReportModel[] models = [.. reports.Select(static (rows, i) => new ReportModel { ReportId = "r" + i, Organization = "receiver" + (i % 3), Begin = 1_780_272_000 + (i * 86_400), End = 1_780_358_399 + (i * 86_400), Rows = rows })];
            long messages = models.Sum(static model => model.Rows.Sum(static row => row.Count));
            long passed = models.Sum(static model => model.Rows.Where(static row => row.Dkim || row.Spf).Sum(static row => row.Count));
            IReadOnlyList<DmarcSource> whole = await MeasureRun.OfAsync(models);
            Assert.Equal((messages, passed), (whole.Sum(static source => source.Messages), whole.Sum(static source => source.Passed)));
            Assert.Equal(messages, whole.Sum(static source => source.Days.Sum(static day => day.Messages)));
            Assert.Equal(whole.Count, whole.Select(static source => (source.Domain, source.Source, source.Class)).Distinct().Count());

            // Shared out over two machines and put together again.
            DmarcMeasure joined = MeasureRun.Create();
            foreach (IEnumerable<ReportModel> share in new[] { models.Where(static (_, i) => i % 2 == 0), models.Where(static (_, i) => i % 2 == 1) })
            {
                foreach (DmarcSource source in await MeasureRun.OfAsync([.. share]))
                    joined.Add(source);
            }

            IReadOnlyList<DmarcSource> again = await joined.FinishAsync(CancellationToken.None);
            Assert.Equal((messages, passed), (again.Sum(static source => source.Messages), again.Sum(static source => source.Passed)));
        }, iter: 150);
    }
}
