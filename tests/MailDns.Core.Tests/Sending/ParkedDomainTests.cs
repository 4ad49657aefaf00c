using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>Domains that send nothing: the records that say so, and how such a domain is known and judged.</summary>
public class ParkedDomainTests
{
    private const string Live = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    private static readonly DomainName s_domain = DomainName.Parse("contoso.com");

    [Fact]
    public void The_whole_set_is_made() => Assert.Equal(
        new[]
        {
            "@ TXT v=spf1 -all",
            "@ MX 0 .",
            "*._domainkey TXT v=DKIM1; p=",
            "_dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:dmarc@fabrikam.com",
        },
        Build(new ParkedDomainRecordOptions { AggregateReportUri = new[] { "dmarc@fabrikam.com" } }));

    [Theory]
    [InlineData("Dkim", "@ TXT v=spf1 -all|@ MX 0 .|_dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("Dkim Mx Spf", "_dmarc TXT v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("Dmarc", "@ TXT v=spf1 -all|@ MX 0 .|*._domainkey TXT v=DKIM1; p=")]
    public void Parts_are_left_out(string exclude, string expected) =>
        Assert.Equal(expected, string.Join("|", Build(new ParkedDomainRecordOptions { Exclude = Purposes(exclude) })));

    [Fact]
    public void Below_a_zone_names_are_relative_to_it_and_sp_says_nothing()
    {
        IReadOnlyList<ResourceRecord> records = ParkedDomainRecordBuilder.Build(DomainName.Parse("old.contoso.com"), s_domain, new ParkedDomainRecordOptions());
        Assert.Equal(new[] { "old TXT v=spf1 -all", "old MX 0 .", "*._domainkey.old TXT v=DKIM1; p=", "_dmarc.old TXT v=DMARC1; p=reject" }, records.Select(Line));
        Assert.All(records, record => Assert.Equal("contoso.com", record.ZoneName));
    }

    [Fact]
    public void Nothing_and_reports_without_their_record_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Build(new ParkedDomainRecordOptions { Exclude = Purposes("Spf Mx Dkim Dmarc") }));
        Assert.Throws<ArgumentException>(() => Build(new ParkedDomainRecordOptions { Exclude = Purposes("Dmarc"), AggregateReportUri = new[] { "a@b.com" } }));
        Assert.Throws<ArgumentException>(() => Build(new ParkedDomainRecordOptions { AggregateReportUri = new[] { "nonsense" } }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_made_passes_the_check_whole(bool said)
    {
        IReadOnlyList<ResourceRecord> records = ParkedDomainRecordBuilder.Build(s_domain, s_domain, new ParkedDomainRecordOptions { AggregateReportUri = new[] { "dmarc@contoso.com" } });
        var zone = new TableResolver().Address("contoso.com", "203.0.113.10").Txt("contoso.com", "MS=ms1");
        IReadOnlyList<CheckResult> results = await Check(new OverlayResolver(zone, records), said);

        // Reports go to a domain that takes no mail; that is the sample's, and rightly said.
        Assert.Equal(new[] { "DMARC-RUA-MX" }, results.Where(result => result.Status is CheckStatus.Fail or CheckStatus.Unknown or CheckStatus.Warning).Select(result => result.Id));
        foreach (string id in new[] { "SPF-PARKED", "DMARC-PARKED-WEAK", "DKIM-PARKED" })
            Assert.Equal(CheckStatus.Pass, StatusAssert.Single(results, id).Status);
    }

    [Theory]
    [InlineData("0 .", "v=spf1 -all", true)]
    [InlineData("0 .", "V=SPF1  -ALL", true)]
    [InlineData("0 .", "v=spf1 -all ip4:192.0.2.1", true)]
    [InlineData("0 .", "v=spf1 ~all", false)]
    [InlineData("0 .", "v=spf1 a -all", false)]
    [InlineData("0 .", "v=spf1 -all|v=spf1 -all", false)]
    [InlineData("0 .", "", false)]
    [InlineData("5 .", "v=spf1 -all", false)]
    [InlineData("10 mx.contoso.com", "v=spf1 -all", false)]
    [InlineData("", "v=spf1 -all", false)]
    public async Task A_domain_says_itself_that_it_is_parked(string mx, string spf, bool expected)
    {
        ParkedDomain parked = await ParkedDomain.ReadAsync(new SendingDomainRequest(s_domain), Zone(mx, spf), CancellationToken.None);
        Assert.Equal(expected, parked.IsParked);
    }

    [Theory]
    [InlineData(nameof(DnsRecordType.Mx))]
    [InlineData(nameof(DnsRecordType.Txt))]
    public async Task A_failed_lookup_does_not_make_a_parked_domain(string type)
    {
        TableResolver zone = Zone("0 .", "v=spf1 -all").Fail("contoso.com", Enum.Parse<DnsRecordType>(type), DnsResponseStatus.Timeout);
        Assert.False((await ParkedDomain.ReadAsync(new SendingDomainRequest(s_domain), zone, CancellationToken.None)).IsParked);
    }

    [Theory]
    [InlineData("v=spf1 -all", false, CheckStatus.NotApplicable)]
    [InlineData("", false, CheckStatus.NotApplicable)]
    [InlineData("v=spf1 ip4:203.0.113.9 -all", false, CheckStatus.Fail)]
    [InlineData("v=spf1 -all", true, CheckStatus.Fail)]
    public async Task A_null_mx_is_wrong_only_where_the_domain_sends(string spf, bool named, CheckStatus expected)
    {
        var request = new SendingDomainRequest(s_domain) { Addresses = named ? [IPAddress.Parse("203.0.113.9")] : [] };
        IReadOnlyList<CheckResult> results = (await Seen.In(SendingDomainChecker.CheckAsync(request, Zone("0 .", spf), CancellationToken.None))).Results;
        Assert.Equal(expected, StatusAssert.Single(results, "MX-NULL-SENDING").Status);
    }

    [Theory]
    [InlineData("", CheckStatus.Warning)]
    [InlineData("v=spf1 a -all", CheckStatus.Warning)]
    [InlineData("v=spf1 ~all", CheckStatus.Warning)]
    [InlineData("v=spf1 -all|v=spf1 -all", CheckStatus.Warning)]
    [InlineData("v=spf1 -all", CheckStatus.Pass)]
    [InlineData("fail", CheckStatus.Unknown)]
    public async Task Spf_of_a_parked_domain_authorises_nobody(string spf, CheckStatus expected)
    {
        TableResolver zone = spf == "fail" ? Zone("0 .", string.Empty).Fail("contoso.com", DnsRecordType.Txt, DnsResponseStatus.ServerFailure) : Zone("0 .", spf);
        CheckResult result = StatusAssert.Single(await Check(zone, said: true), "SPF-PARKED");
        Assert.Equal(expected, result.Status);
        Assert.Equal(expected == CheckStatus.Warning ? new[] { "@ TXT v=spf1 -all" } : [], result.Record.Select(Line));
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.com", CheckStatus.Pass, "")]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@contoso.com", CheckStatus.Warning, "v=DMARC1; p=reject; sp=reject; np=reject; rua=mailto:a@contoso.com")]
    [InlineData("v=DMARC1; p=reject; sp=none", CheckStatus.Warning, "v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("v=DMARC1; p=reject; np=quarantine", CheckStatus.Warning, "v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("v=DMARC1; p=reject; t=y", CheckStatus.Warning, "v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("", CheckStatus.Warning, "v=DMARC1; p=reject; sp=reject; np=reject")]
    [InlineData("fail", CheckStatus.Unknown, "")]
    public async Task Dmarc_of_a_parked_domain_rejects_everything(string dmarc, CheckStatus expected, string fix)
    {
        TableResolver zone = Zone("0 .", "v=spf1 -all");
        zone = dmarc == "fail" ? zone.Fail("_dmarc.contoso.com", DnsRecordType.Txt, DnsResponseStatus.ServerFailure)
            : dmarc.Length > 0 ? zone.Txt("_dmarc.contoso.com", dmarc) : zone;
        CheckResult result = StatusAssert.Single(await Check(zone, said: false), "DMARC-PARKED-WEAK");
        Assert.Equal((expected, fix), (result.Status, string.Concat(result.Record.Select(record => record.ToString()))));
    }

    [Fact]
    public async Task A_live_key_of_a_parked_domain_is_revoked()
    {
        TableResolver live = Zone("0 .", "v=spf1 -all").Txt("selector1._domainkey.contoso.com", Live);
        CheckResult result = StatusAssert.Single(await Check(live, said: false), "DKIM-PARKED");
        Assert.Equal((CheckStatus.Info, "selector1._domainkey TXT v=DKIM1; p="), (result.Status, Line(Assert.Single(result.Record))));

        IReadOnlyList<CheckResult> none = await Check(Zone("0 .", "v=spf1 -all"), said: false);
        Assert.Equal(CheckStatus.Pass, StatusAssert.Single(none, "DKIM-PARKED").Status);
        Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(none, "DKIM-MISSING").Status);

        TableResolver silent = Zone("0 .", "v=spf1 -all").FailName("selector1._domainkey.contoso.com");
        Assert.Equal(CheckStatus.Unknown, StatusAssert.Single(await Check(silent, said: false), "DKIM-PARKED").Status);

        TableResolver alias = Zone("0 .", "v=spf1 -all").Cname("selector1._domainkey.contoso.com", "k.fabrikam.com").Txt("k.fabrikam.com", Live);
        Assert.Empty(StatusAssert.Single(await Check(alias, said: false), "DKIM-PARKED").Record);
    }

    [Fact]
    public async Task Mx_of_a_parked_domain_is_the_null_mx()
    {
        CheckResult result = StatusAssert.Single(await Check(Zone(string.Empty, "v=spf1 -all"), said: true), "MX-MISSING");
        Assert.Equal("@ MX 0 .", Line(Assert.Single(result.Record)));
    }

    [Fact]
    public async Task A_domain_that_sends_is_not_judged_as_parked()
    {
        IReadOnlyList<CheckResult> results = await Check(Zone("10 mx.contoso.com", "v=spf1 mx -all").Txt("selector1._domainkey.contoso.com", Live), said: false);
        Assert.All(new[] { "SPF-PARKED", "DKIM-PARKED", "DMARC-PARKED-WEAK" }, id => Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(results, id).Status));
    }

    private static TableResolver Zone(string mx, string spf)
    {
        TableResolver zone = new TableResolver().Address("contoso.com", "203.0.113.10").Address("mx.contoso.com", "203.0.113.25").Txt("contoso.com", spf.Split('|', StringSplitOptions.RemoveEmptyEntries));
        return mx.Length == 0 ? zone : zone.Mx("contoso.com", ushort.Parse(mx.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), mx.Split(' ')[1]);
    }

    private static async Task<IReadOnlyList<CheckResult>> Check(IDnsResolver resolver, bool said) =>
        (await Seen.In(SendingDomainChecker.CheckAsync(new SendingDomainRequest(s_domain) { IsParked = said }, resolver, CancellationToken.None))).Results;

    private static IEnumerable<string> Build(ParkedDomainRecordOptions options) => ParkedDomainRecordBuilder.Build(s_domain, s_domain, options).Select(Line);

    private static RecordPurpose[] Purposes(string names) => names.Split(' ').Select(Enum.Parse<RecordPurpose>).ToArray();

    private static string Line(ResourceRecord record) => record.Name + " " + record.RecordType + " " + record;
}
