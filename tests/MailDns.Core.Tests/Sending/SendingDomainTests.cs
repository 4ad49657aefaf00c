using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Publishing;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>The platform's page, row by row: what is made for a domain, and how the page's own records are judged.</summary>
public class SendingDomainTests
{
    private const string SampleKey =
        "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCldFYh3Rfrmeov+WqYYpwfW2bVUzxXPy9dSVoUCGLKCn+vgY/pdKIIBFitkvZJXGLnHqreqwGzoriEWf9ZRd+cL2LdA4UrDKheMeorBd2NSIqihkTaKz8PA+SIBFxFGm2Z0Krh5ZDF2NtFVhtD4YvqmrFqk2muzZ0tFEko8zP30wIDAQAB";

    [Fact]
    public async Task A_new_domain_gets_the_pages_records_put_right()
    {
        Made set = await Build(null);
        Assert.Empty(set.Errors);
        Assert.Equal(
            new[]
            {
                "@ TXT v=spf1 include:spf.akmta.net -all",
                "ak._domainkey TXT v=DKIM1; k=rsa; p=" + TestKeyText(),
                "trk CNAME trk.aksend.net",
                "ac-bounces CNAME akmta.net",
                "_dmarc TXT v=DMARC1; p=none; rua=mailto:report@contoso.com",
                "default._bimi TXT v=BIMI1; l=https://contoso.com/bimi/bimi.svg",
            },
            set.Records.Select(Line));
    }

    [Fact]
    public async Task Legacy_records_come_on_request_with_a_warning_each()
    {
        Made set = await Build(null, legacy: true);
        Assert.Contains("@ TXT spf2.0/pra include:spf.akmta.net -all", set.Records.Select(Line));
        Assert.Contains("_domainkey TXT o=-;", set.Records.Select(Line));
        Assert.Equal(2, set.Warnings.Count(warning => warning.Contains("Historic", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Policy_reject_comes_only_when_asked() =>
        Assert.Contains("_dmarc TXT v=DMARC1; p=reject; rua=mailto:report@contoso.com", (await Build(null, policy: DmarcPolicy.Reject)).Records.Select(Line));

    [Theory]
    [InlineData("v=spf1 mx ~all", "v=spf1 mx include:spf.akmta.net ~all")]
    [InlineData("v=spf1 include:spf.akmta.net -all", "v=spf1 include:spf.akmta.net -all")]
    [InlineData("v=spf1 mx redirect=other.contoso.com", "v=spf1 mx include:spf.akmta.net redirect=other.contoso.com")]
    public async Task The_include_goes_into_the_record_that_is_there(string present, string expected)
    {
        Made set = await Build(Zone().Txt("contoso.com", present, "google-site-verification=abc").Txt("other.contoso.com", "v=spf1 -all"));
        Assert.Empty(set.Errors);
        Assert.Equal(expected, Assert.Single(set.Records, record => record.Purpose == RecordPurpose.Spf).ToString());
        Assert.Equal(present != expected, set.Notes.Any(note => note.Contains("before", StringComparison.Ordinal) && note.Contains("of 10 lookups", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_spf_records_or_a_failed_lookup_make_no_record_and_the_rest_comes_out()
    {
        Made two = await Build(Zone().Txt("contoso.com", "v=spf1 mx -all", "v=spf1 a -all"));
        Assert.Contains("2 SPF records", Assert.Single(two.Errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(two.Records, record => record.Purpose == RecordPurpose.Spf);
        Assert.Contains(two.Records, record => record.Purpose == RecordPurpose.Bounce);

        Made failed = await Build(Zone().Fail("contoso.com", DnsRecordType.Txt, DnsResponseStatus.Timeout));
        Assert.Contains("timed out", Assert.Single(failed.Errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failed.Records, record => record.Purpose == RecordPurpose.Spf);
    }

    [Fact]
    public async Task An_addition_that_breaks_the_ten_lookups_is_refused()
    {
        TableResolver zone = Zone().Txt("contoso.com", "v=spf1 " + string.Join(" ", Enumerable.Range(0, 10).Select(i => "include:i" + i + ".contoso.com")) + " -all");
        for (int i = 0; i < 10; i++)
            zone.Txt("i" + i + ".contoso.com", "v=spf1 ip4:192.0.2." + i + " -all");

        Made set = await Build(zone);
        Assert.Contains("11 lookups", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(set.Records, record => record.Purpose == RecordPurpose.Spf);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; sp=reject; mailto:old@contoso.com", "v=DMARC1; p=reject; rua=mailto:old@contoso.com,mailto:report@contoso.com")]
    [InlineData("v=DMARC1; p=quarantine; pct=50; rua=mailto:old@contoso.com; psd=n", "v=DMARC1; p=quarantine; rua=mailto:old@contoso.com,mailto:report@contoso.com; psd=n")]
    [InlineData("v=DMARC1; p=none; aspf=s; rua=mailto:report@contoso.com", "v=DMARC1; p=none; aspf=s; rua=mailto:report@contoso.com")]
    public async Task A_dmarc_policy_in_force_is_kept(string present, string expected)
    {
        Made set = await Build(Zone().Txt("_dmarc.contoso.com", present));
        Assert.Empty(set.Errors);
        Assert.Equal(expected, Assert.Single(set.Records, record => record.Purpose == RecordPurpose.Dmarc).ToString());
    }

    [Fact]
    public async Task Weakening_a_policy_is_said()
    {
        Made set = await Build(Zone().Txt("_dmarc.contoso.com", "v=DMARC1; p=reject; rua=mailto:a@contoso.com"), policy: DmarcPolicy.None);
        Assert.Contains(set.Warnings, warning => warning.Contains("weakened from reject to none", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_alias_beside_other_data_is_refused()
    {
        Made set = await Build(Zone().Txt("trk.contoso.com", "something else"));
        Assert.Contains("cannot coexist with", Assert.Single(set.Errors).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(set.Records, record => record.Purpose == RecordPurpose.Tracking);
    }

    [Fact]
    public async Task The_pages_sample_key_is_refused_and_a_missing_key_is_said()
    {
        await Assert.ThrowsAsync<SendingProviderValueException>(() => Build(null, key: SampleKey));
        Made none = await Build(null, key: null);
        Assert.Contains(none.Warnings, warning => warning.Contains("-PublicKey", StringComparison.Ordinal));
        Assert.DoesNotContain(none.Records, record => record.Purpose == RecordPurpose.Dkim);
    }

    [Fact]
    public async Task What_is_made_passes_its_own_checks_without_an_error()
    {
        TableResolver zone = Zone().Txt("contoso.com", "v=spf1 mx ~all").Mx("contoso.com", 10, "mail.contoso.com").Address("mail.contoso.com", "203.0.113.25");
        Made set = await Build(zone);
        IReadOnlyList<CheckResult> results = await Check(new OverlayResolver(zone, set.Records));
        Assert.DoesNotContain(results, result => result.Status is CheckStatus.Fail or CheckStatus.Unknown);
        Assert.Contains(results, result => result is { Id: "SPF-NOT-EVALUATED", Status: CheckStatus.Warning });
        Assert.Contains(results, result => result is { Id: "BIMI-DMARC-NONE", Status: CheckStatus.Warning });
    }

    [Theory]
    [InlineData("SPF-NOT-EVALUATED")]
    [InlineData("SPF-SHARED-INCLUDE")]
    [InlineData("SENDERID-HISTORIC")]
    [InlineData("DKIM-RSA-1024")]
    [InlineData("DKIM-SAMPLE-KEY")]
    [InlineData("DOMAINKEYS-POLICY")]
    [InlineData("DMARC-JUNK-SEGMENT")]
    [InlineData("DMARC-RUA-MISSING")]
    [InlineData("DMARC-SP-REDUNDANT")]
    [InlineData("DMARC-P-REJECT-USERS")]
    [InlineData("BIMI-A-MISSING")]
    [InlineData("BOUNCE-DELEGATES-SPF")]
    public async Task The_page_followed_to_the_letter_is_judged_row_by_row(string id)
    {
        IReadOnlyList<CheckResult> results = await Check(PageZone());
        Assert.Contains(results, result => result.Id == id && result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable));
    }

    [Fact]
    public async Task Strict_spf_alignment_breaks_the_bounce_host()
    {
        TableResolver zone = PageZone(dmarc: "v=DMARC1; p=none; aspf=s; rua=mailto:report@contoso.com");
        Assert.Contains(await Check(zone), result => result is { Id: "DMARC-ASPF-S-BOUNCE", Status: CheckStatus.Fail });
        Assert.Contains(await Check(PageZone()), result => result is { Id: "DMARC-ASPF-S-BOUNCE", Status: CheckStatus.Pass });
    }

    [Fact]
    public async Task Every_check_gets_a_result_and_the_worst_comes_last()
    {
        IReadOnlyList<CheckResult> results = await Check(PageZone());
        Assert.Empty(CheckCatalog.All.Select(check => check.Id).Except(results.Select(result => result.Id)));
        Assert.Equal(results.Select(Rank).OrderByDescending(rank => rank), results.Select(Rank));
    }

    [Fact]
    public async Task When_nothing_answers_everything_is_unknown_and_nothing_missing()
    {
        IReadOnlyList<CheckResult> results = await Check(new DeadResolver());
        Assert.DoesNotContain(results, result => result.Status is CheckStatus.Fail or CheckStatus.Warning);
        Assert.Contains(results, result => result is { Id: "DNS-LOOKUP-FAILED", Status: CheckStatus.Unknown });
        Assert.Contains(results, result => result is { Id: "SPF-MISSING", Status: CheckStatus.Unknown });
        Assert.Contains(results, result => result is { Id: "DKIM-MISSING", Status: CheckStatus.Unknown });
        Assert.Contains(results, result => result is { Id: "DMARC-MISSING", Status: CheckStatus.Unknown });
    }

    [Fact]
    public async Task Names_doubled_with_the_zone_and_wildcards_are_found()
    {
        TableResolver doubled = Zone().Txt("_dmarc.contoso.com.contoso.com", "v=DMARC1; p=none; rua=mailto:a@contoso.com");
        CheckResult result = Assert.Single(await Check(doubled), item => item is { Id: "DNS-NAME-DOUBLED", Status: CheckStatus.Fail });
        Assert.Equal("_dmarc", Assert.Single(result.Record).Name);
        Assert.Contains(await Check(Zone()), item => item is { Id: "DNS-NAME-DOUBLED", Status: CheckStatus.Pass });

        TableResolver wild = Zone().Txt("maildns-wildcard-probe.contoso.com", "v=spf1 -all");
        Assert.Contains(await Check(wild), item => item is { Id: "DNS-WILDCARD", Status: CheckStatus.Warning });
        Assert.Contains(await Check(Zone()), item => item is { Id: "DNS-WILDCARD", Status: CheckStatus.Pass });
    }

    [Fact]
    public async Task Hosts_below_the_domain_have_spf_of_their_own()
    {
        TableResolver gap = Zone().Mx("contoso.com", 10, "mail.contoso.com").Address("mail.contoso.com", "203.0.113.25").Address("www.contoso.com", "203.0.113.80");
        CheckResult result = Assert.Single(await Check(gap), item => item is { Id: "SPF-SUBDOMAIN-GAP", Status: CheckStatus.Warning });
        Assert.Equal(new[] { "mail TXT v=spf1 a -all", "www TXT v=spf1 -all" }, result.Record.Select(Line));

        TableResolver closed = gap.Txt("mail.contoso.com", "v=spf1 a -all").Txt("www.contoso.com", "v=spf1 -all");
        Assert.Contains(await Check(closed), item => item is { Id: "SPF-SUBDOMAIN-GAP", Status: CheckStatus.Pass });

        TableResolver failed = Zone().Fail("contoso.com", DnsRecordType.Mx, DnsResponseStatus.ServerFailure);
        Assert.Contains(await Check(failed), item => item is { Id: "SPF-SUBDOMAIN-GAP", Status: CheckStatus.Unknown });
    }

    [Fact]
    public async Task A_helo_name_has_an_spf_record()
    {
        async Task<CheckStatus> Helo(TableResolver zone) => (await Seen.In(SendingDomainChecker.CheckAsync(
            new SendingDomainRequest(DomainName.Parse("contoso.com")) { HeloNames = new[] { DomainName.Parse("out.contoso.com") } },
            zone,
            CancellationToken.None))).Results.Single(item => item.Id == "SPF-HELO-MISSING").Status;
        Assert.Equal(CheckStatus.Info, await Helo(Zone()));
        Assert.Equal(CheckStatus.Pass, await Helo(Zone().Txt("out.contoso.com", "v=spf1 a -all")));
        Assert.Equal(CheckStatus.Unknown, await Helo(Zone().Fail("out.contoso.com", DnsRecordType.Txt, DnsResponseStatus.Timeout)));
    }

    private static TableResolver Zone() => new TableResolver()
        .Address("contoso.com", "203.0.113.10")
        .Txt("spf.akmta.net", "v=spf1 ip4:192.0.2.0/25 -all")
        .Txt("akmta.net", "v=spf1 ip4:192.0.2.0/25 -all")
        .Mx("akmta.net", 10, "mx.akmta.net")
        .Address("mx.akmta.net", "192.0.2.25")
        .Address("trk.aksend.net", "192.0.2.80");

    private static TableResolver PageZone(string dmarc = "v=DMARC1; p=reject; sp=reject; mailto:report@contoso.com") => Zone()
        .Txt("contoso.com", "v=spf1 include:spf.akmta.net -all", "spf2.0/pra include:spf.akmta.net -all")
        .Txt("ak._domainkey.contoso.com", "v=DKIM1; k=rsa; p=" + SampleKey)
        .Txt("_domainkey.contoso.com", "o=-;")
        .Txt("_dmarc.contoso.com", dmarc)
        .Txt("default._bimi.contoso.com", "v=BIMI1; l=https://contoso.com/bimi/bimi.svg")
        .Cname("trk.contoso.com", "trk.aksend.net")
        .Cname("ac-bounces.contoso.com", "akmta.net");

    private static async Task<IReadOnlyList<CheckResult>> Check(IDnsResolver resolver) => (await Seen.In(SendingDomainChecker.CheckAsync(
        new SendingDomainRequest(DomainName.Parse("contoso.com")) { Providers = [ProviderFixture.Shipped("altcraft")] },
        resolver,
        CancellationToken.None))).Results;

    // As New-SendingDomainRecord does it: wanted records, and what the plan makes of them.
    private static async Task<Made> Build(TableResolver? zone, bool legacy = false, DmarcPolicy? policy = null, string? key = "")
    {
        SendingDomainRecordSet set = SendingDomainRecordBuilder.Build(
            DomainName.Parse("contoso.com"),
            new SendingDomainRecordOptions
            {
                Provider = ProviderFixture.Shipped("altcraft"),
                Zone = DomainName.Parse("contoso.com"),
                PublicKey = key is { Length: 0 } ? TestKeyText() : key,
                AggregateReportUri = new[] { "report@contoso.com" },
                LogoUri = "https://contoso.com/bimi/bimi.svg",
                Policy = policy,
                IncludeLegacy = legacy,
                HasSource = zone is not null,
            });
        return new Made(set, zone is null ? set.Records : SendingDomainPlan.Records(
            await SendingDomainPlan.PlanAsync(set, zone, new RecordPlanOptions { Policy = policy }, CancellationToken.None),
            set));
    }

    private sealed record Made(SendingDomainRecordSet Set, IReadOnlyList<ResourceRecord> Records)
    {
        public IReadOnlyList<string> Warnings => Set.Warnings;

        public IReadOnlyList<string> Notes => Set.Notes;

        public IReadOnlyList<Exception> Errors => Set.Errors;
    }

    private static string TestKeyText() => Convert.ToBase64String(s_key);

    private static readonly byte[] s_key = CreateKey();

    private static byte[] CreateKey()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static string Line(ResourceRecord record) => record.Name + " " + record.RecordType + " " + record;

    private static int Rank(CheckResult result) => Array.IndexOf(
        new[] { CheckStatus.Fail, CheckStatus.Unknown, CheckStatus.Warning, CheckStatus.Info, CheckStatus.Pass, CheckStatus.NotApplicable },
        result.Status);

    private sealed class DeadResolver : IDnsResolver
    {
        public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
            Task.FromResult(DnsResponse.Failure(question, DnsResponseStatus.Timeout));
    }
}
