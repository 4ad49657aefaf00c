using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dmarc;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dmarc;

public class DmarcStatusReaderTests
{
    private const string Good = "v=DMARC1; p=quarantine; np=reject; rua=mailto:d@example.com";

    [Fact]
    public async Task A_good_record_passes_every_check_and_each_check_has_a_result()
    {
        DmarcStatus status = await Read(Sound());
        Assert.True(status.IsValid);
        Assert.Empty(status.Findings);
        Assert.Equal((DmarcOutcome.Found, Good, "example.com", "example.com", "p"), (status.Outcome, status.Record, status.RecordDomain, status.OrganizationalDomain, status.Source));
        Assert.Equal((DmarcPolicy.Quarantine, DmarcPolicy.Quarantine, DmarcPolicy.Quarantine, DmarcPolicy.Reject), (status.Policy, status.EffectivePolicy, status.SubdomainPolicy, status.NonexistentSubdomainPolicy));
        Assert.Equal(new[] { "_dmarc.example.com", "_dmarc.com" }, status.QueriedNames);
        Assert.Equal(DmarcChecks.All.Select(check => check.Id).Order(), status.Results.Select(result => result.Id).Order());
        Assert.All(status.Results, result => Assert.Contains(result.Status, new[] { CheckStatus.Pass, CheckStatus.NotApplicable }));
        Assert.Equal("DMARC-TREEWALK-DIFFERS", Assert.Single(status.Results, result => result.Status == CheckStatus.NotApplicable).Id);
    }

    [Fact]
    public async Task The_source_pages_record_is_found_and_judged()
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=reject; sp=reject; mailto:report@example.com").Address("example.com", "192.0.2.1");
        DmarcStatus status = await Read(resolver);
        Assert.Equal(
            new[] { "DMARC-JUNK-SEGMENT", "DMARC-P-REJECT-USERS", "DMARC-RUA-MISSING", "DMARC-SP-REDUNDANT" },
            status.Findings.Select(finding => finding.Id).Order(StringComparer.Ordinal));
        Assert.All(
            status.Findings.Where(finding => finding.Id != "DMARC-P-REJECT-USERS"),
            finding => Assert.Equal("v=DMARC1; p=reject; rua=mailto:report@example.com", finding.Record.Single().ToString()));
        Assert.True(status.IsValid);
        Assert.Empty(status.ParsedRecord!.AggregateReportUri);
        Assert.Equal(DmarcPolicy.Reject, status.EffectivePolicy);
    }

    [Fact]
    public async Task No_record_is_missing_and_the_text_is_not_judged()
    {
        DmarcStatus status = await Read(new TableResolver().Address("example.com", "192.0.2.1"));
        CheckResult missing = Assert.Single(status.Findings);
        Assert.Equal(("DMARC-MISSING", CheckStatus.Fail), (missing.Id, missing.Status));
        Assert.Equal("No DMARC record was found for example.com (looked at _dmarc.example.com, _dmarc.com).", missing.Message);
        Assert.Equal((DmarcOutcome.Missing, false, null, null), (status.Outcome, status.IsValid, status.Record, status.EffectivePolicy));
        Assert.Equal(CheckStatus.NotApplicable, Result(status, "DMARC-P-INVALID").Status);
        Assert.Equal(DmarcChecks.All.Count, status.Results.Select(result => result.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_failed_lookup_is_unknown_and_never_missing()
    {
        DmarcStatus status = await Read(Sound().FailName("_dmarc.example.com"));
        Assert.Equal((DmarcOutcome.Unknown, null, null, null), (status.Outcome, status.IsValid, status.Record, status.EffectivePolicy));
        Assert.DoesNotContain(status.Results, result => result.Status is CheckStatus.Fail or CheckStatus.Warning);
        CheckResult missing = Result(status, "DMARC-MISSING");
        Assert.Equal((CheckStatus.Unknown, "The lookup of _dmarc.example.com TXT failed: timed out."), (missing.Status, missing.Message));
        foreach (string id in new[] { "DMARC-P-INVALID", "DMARC-RUA-MISSING", "DMARC-RUA-EXTERNAL", "DMARC-MULTIPLE", "DMARC-CNAME", "DMARC-PSD-N" })
            Assert.Equal(CheckStatus.Unknown, Result(status, id).Status);

        Assert.Equal(DmarcChecks.All.Count, status.Results.Select(result => result.Id).Distinct().Count());
    }

    // id, how to break a sound domain; the sound one is the twin of all (first test)
    [Theory]
    [InlineData("DMARC-MULTIPLE", "2 DMARC records at _dmarc.example.com")]
    [InlineData("DMARC-WRONG-PLACE", "A DMARC record is at example.com, where receivers do not look")]
    [InlineData("DMARC-SPF-AT-DMARC", "An SPF record is at _dmarc.example.com")]
    [InlineData("DMARC-VERSION", "begins with \"v=dmarc1\"")]
    [InlineData("DMARC-CNAME", "_dmarc.example.com is an alias (CNAME) of policy.example.net")]
    [InlineData("DMARC-WILDCARD", "The wildcard TXT record *.example.com answers")]
    [InlineData("DMARC-PSD-N", "psd=n makes example.com an Organizational Domain")]
    [InlineData("DMARC-RUA-MX", "nomail.example.com does not accept mail: it says so with a null MX")]
    [InlineData("DMARC-RUA-EXTERNAL", "example.com._report._dmarc.reports.example.net has no consent")]
    [InlineData("DMARC-RUA-WILDCARD-AUTH", "reports.example.net accepts reports about every domain")]
    public async Task A_fault_in_dns_fires(string id, string message)
    {
        TableResolver resolver = id switch
        {
            "DMARC-MULTIPLE" => Sound().Txt("_dmarc.example.com", "v=DMARC1; p=none"),
            "DMARC-WRONG-PLACE" => new TableResolver().Txt("example.com", Good),
            "DMARC-SPF-AT-DMARC" => Sound().Txt("_dmarc.example.com", "v=spf1 -all"),
            "DMARC-VERSION" => Sound().Txt("_dmarc.example.com", "v=dmarc1; p=reject"),
            "DMARC-CNAME" => Reporting("d@example.com", at: "policy.example.net").Cname("_dmarc.example.com", "policy.example.net"),
            "DMARC-WILDCARD" => Sound().Txt("*.example.com", "v=spf1 -all").Txt("maildns-wildcard-probe.example.com", "v=spf1 -all"),
            "DMARC-PSD-N" => Sound("; psd=n"),
            "DMARC-RUA-MX" => Reporting("d@nomail.example.com").Mx("nomail.example.com", 0, "."),
            "DMARC-RUA-EXTERNAL" => Reporting("d@reports.example.net").Mx("reports.example.net", 10, "mx.example.net"),
            _ => Reporting("d@reports.example.net").Mx("reports.example.net", 10, "mx.example.net")
                .Txt("example.com._report._dmarc.reports.example.net", "v=DMARC1").Txt("*._report._dmarc.reports.example.net", "v=DMARC1;"),
        };
        DmarcStatus status = await Read(resolver);
        CheckResult finding = status.Findings.First(result => result.Id == id);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Equal(finding.Severity == CheckSeverity.Error, status.IsValid == false);
    }

    [Theory]
    [InlineData("dmarc.example.com")]
    [InlineData("_dmarc.example.com.example.com")]
    [InlineData("example.com")]
    public async Task A_record_in_the_wrong_place_comes_with_the_one_in_the_right_place(string place)
    {
        DmarcStatus status = await Read(new TableResolver().Txt(place, "v=DMARC1; p=none; rua=d@example.com"));
        CheckResult finding = status.Findings.Single(result => result.Id == "DMARC-WRONG-PLACE");
        Assert.Equal(("_dmarc.example.com", "v=DMARC1; p=none; rua=mailto:d@example.com"), (finding.Record.Single().Fqdn, finding.Record.Single().ToString()));
        Assert.Contains(status.Findings, result => result.Id == "DMARC-MISSING");
    }

    [Fact]
    public async Task A_text_that_is_no_record_comes_with_the_one_that_is()
    {
        DmarcStatus status = await Read(new TableResolver().Txt("_dmarc.example.com", "v=DMARC1 p=reject; rua=mailto:d@example.com"));
        Assert.Equal("v=DMARC1; p=reject; rua=mailto:d@example.com", status.Findings.Single(result => result.Id == "DMARC-VERSION").Record.Single().ToString());
        Assert.Equal(DmarcOutcome.Missing, status.Outcome);
        Assert.False(status.IsValid);
    }

    [Fact]
    public async Task An_inherited_policy_names_its_record_and_tag()
    {
        var resolver = Sound("; sp=reject").Address("www.example.com", "192.0.2.1");
        DmarcStatus status = await Read(resolver, "www.example.com");
        Assert.Equal("www.example.com has no DMARC record of its own; the one at _dmarc.example.com applies through sp.", Result(status, "DMARC-INHERITED").Message);
        Assert.Equal(("sp", DmarcPolicy.Reject, DmarcPolicy.Quarantine, "example.com"), (status.Source, status.EffectivePolicy, status.Policy, status.RecordDomain));
        DmarcStatus gone = await Read(Sound("; sp=reject"), "gone.example.com");
        Assert.EndsWith("applies through np. The domain does not exist.", Result(gone, "DMARC-INHERITED").Message, StringComparison.Ordinal);
        Assert.True(status.IsValid);
    }

    [Fact]
    public async Task A_domain_whose_existence_is_unknown_has_an_unknown_policy_where_that_decides()
    {
        DmarcStatus status = await Read(Sound().FailName("www.example.com"), "www.example.com");
        Assert.Equal((DmarcOutcome.Unknown, null, CheckStatus.Unknown), (status.Outcome, status.EffectivePolicy, Result(status, "DMARC-INHERITED").Status));
    }

    [Fact]
    public async Task The_fix_of_an_inherited_record_is_for_the_place_where_it_stands()
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none; rua=d@example.com").Address("example.com", "192.0.2.1").Address("www.example.com", "192.0.2.1");
        DmarcStatus status = await Read(resolver, "www.example.com");
        Assert.Equal("_dmarc.example.com", Result(status, "DMARC-RUA-SCHEME").Record.Single().Fqdn);
    }

    [Fact]
    public async Task Sp_below_the_organizational_domain_is_ignored()
    {
        var resolver = Sound().Txt("_dmarc.news.example.com", "v=DMARC1; p=reject; sp=none; rua=mailto:d@example.com").Txt("news.example.com", "x");
        DmarcStatus status = await Read(resolver, "news.example.com");
        Assert.Equal("news.example.com is below its Organizational Domain example.com; sp and np in its record are ignored.", Result(status, "DMARC-SP-IGNORED").Message);
        Assert.Equal(DmarcPolicy.Quarantine, status.SubdomainPolicy);
        DmarcStatus top = await Read(Sound("; sp=none"));
        Assert.Equal(CheckStatus.Pass, Result(top, "DMARC-SP-IGNORED").Status);
        DmarcStatus unknown = await Read(resolver.FailName("_dmarc.example.com"), "news.example.com");
        Assert.Equal((CheckStatus.Unknown, true), (Result(unknown, "DMARC-SP-IGNORED").Status, unknown.IsValid));
        Assert.Null(unknown.SubdomainPolicy);
    }

    [Fact]
    public async Task A_deep_domain_needs_a_record_of_its_own()
    {
        const string Deep = "a.b.c.d.e.f.g.example.com";
        DmarcStatus status = await Read(Sound().Address(Deep, "192.0.2.1"), Deep);
        Assert.Equal(Deep + " has 9 labels and no record of its own: the tree walk skips the names between it and c.d.e.f.g.example.com.", Result(status, "DMARC-TOO-DEEP").Message);
        DmarcStatus own = await Read(Sound().Txt("_dmarc." + Deep, Good), Deep);
        Assert.Equal(CheckStatus.Pass, Result(own, "DMARC-TOO-DEEP").Status);
    }

    [Fact]
    public async Task The_record_of_a_public_suffix_is_not_the_domains_to_mend()
    {
        var resolver = new TableResolver().Txt("_dmarc.bank.example", "v=DMARC1; p=reject; psd=y; ri=1").Address("mega.bank.example", "192.0.2.1");
        DmarcStatus status = await Read(resolver, "mega.bank.example");
        Assert.Equal("DMARC-INHERITED", Assert.Single(status.Findings).Id);
        Assert.Equal(("bank.example", "mega.bank.example", DmarcPolicy.Reject), (status.RecordDomain, status.OrganizationalDomain, status.EffectivePolicy));
    }

    [Theory]
    [InlineData("v=DMARC1;", CheckStatus.Pass)]
    [InlineData("v=DMARC1", CheckStatus.Pass)]
    [InlineData("v=DMARC1; rua=mailto:other@reports.example.net", CheckStatus.Pass)]
    [InlineData("v=DMARC1; rua=mailto:other@elsewhere.example", CheckStatus.Fail)]
    [InlineData("v=dmarc1;", CheckStatus.Fail)]
    [InlineData("yes", CheckStatus.Fail)]
    public async Task Consent_to_reports_is_read_by_the_letter(string text, CheckStatus expected)
    {
        TableResolver resolver = Reporting("d@reports.example.net").Mx("reports.example.net", 10, "mx.example.net").Txt("example.com._report._dmarc.reports.example.net", text);
        DmarcStatus status = await Read(resolver);
        Assert.Equal(expected, Result(status, "DMARC-RUA-EXTERNAL").Status);
        Assert.Contains(resolver.Questions, question => question.ToString() == "example.com._report._dmarc.reports.example.net TXT");
    }

    [Fact]
    public async Task Missing_consent_comes_with_the_record_that_gives_it()
    {
        CheckResult finding = Result(await Read(Reporting("d@reports.example.net").Mx("reports.example.net", 10, "mx.example.net")), "DMARC-RUA-EXTERNAL");
        TxtRecord fix = Assert.IsType<TxtRecord>(Assert.Single(finding.Record));
        Assert.Equal(("example.com._report._dmarc", "reports.example.net", "v=DMARC1;", RecordPurpose.DmarcReportAuthorization), (fix.Name, fix.ZoneName, fix.Value, fix.Purpose));
    }

    [Fact]
    public async Task No_consent_is_asked_within_the_organization_and_for_an_inherited_record_its_domain_is_named()
    {
        TableResolver inside = Reporting("d@mail.example.com").Mx("mail.example.com", 10, "mx.example.com");
        Assert.Equal(CheckStatus.Pass, Result(await Read(inside), "DMARC-RUA-EXTERNAL").Status);
        Assert.DoesNotContain(inside.Questions, question => question.Name.Text.Contains("_report", StringComparison.Ordinal));

        TableResolver outside = Reporting("d@reports.example.net").Mx("reports.example.net", 10, "mx.example.net").Address("www.example.com", "192.0.2.1");
        DmarcStatus status = await Read(outside, "www.example.com");
        Assert.StartsWith("example.com._report._dmarc.reports.example.net has no consent to reports about example.com", Result(status, "DMARC-RUA-EXTERNAL").Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_is_unknown_where_its_lookup_fails()
    {
        TableResolver resolver = Reporting("d@reports.example.net").FailName("example.com._report._dmarc.reports.example.net").FailName("reports.example.net");
        DmarcStatus status = await Read(resolver);
        Assert.Equal(CheckStatus.Unknown, Result(status, "DMARC-RUA-EXTERNAL").Status);
        Assert.Equal(CheckStatus.Unknown, Result(status, "DMARC-RUA-MX").Status);
        Assert.True(status.IsValid);
    }

    [Theory]
    [InlineData("address", CheckStatus.Pass)]
    [InlineData("nothing", CheckStatus.Warning)]
    [InlineData("nodata", CheckStatus.Warning)]
    [InlineData("failure", CheckStatus.Unknown)]
    public async Task A_report_domain_without_mx_needs_an_address(string what, CheckStatus expected)
    {
        TableResolver resolver = Reporting("d@mail.example.com");
        resolver = what switch
        {
            "address" => resolver.Address("mail.example.com", "2001:db8::1"),
            "nodata" => resolver.Txt("mail.example.com", "x"),
            "failure" => resolver.Txt("mail.example.com", "x").Fail("mail.example.com", DnsRecordType.A, DnsResponseStatus.Timeout),
            _ => resolver,
        };
        Assert.Equal(expected, Result(await Read(resolver), "DMARC-RUA-MX").Status);
    }

    [Fact]
    public async Task Many_report_destinations_are_not_all_asked()
    {
        string rua = string.Join(",mailto:", Enumerable.Range(0, 200).Select(i => "d@r" + i + ".example.net"));
        TableResolver resolver = Reporting(rua);
        DmarcStatus status = await Read(resolver);
        Assert.InRange(resolver.Questions.Count, 10, 100);
        Assert.Contains(status.Findings, finding => finding.Id == "DMARC-RUA-EXTERNAL" && finding.Status == CheckStatus.Unknown);
    }

    [Fact]
    public async Task Tree_walk_and_list_are_compared_where_a_list_is_given()
    {
        var options = new DmarcStatusOptions { Suffixes = PublicSuffixListTests.List };
        DmarcStatus same = await Read(Sound(), "example.com", options);
        Assert.Equal(CheckStatus.Pass, Result(same, "DMARC-TREEWALK-DIFFERS").Status);
        Assert.Equal(("example.com", "example.com", DmarcPolicy.Quarantine), (same.Rfc7489OrganizationalDomain, same.Rfc7489RecordDomain, same.Rfc7489Policy));

        var resolver = new TableResolver().Txt("_dmarc.dept.example.com", "v=DMARC1; p=reject; psd=n; rua=mailto:d@dept.example.com").Txt("_dmarc.example.com", Good).Address("dept.example.com", "192.0.2.1").Address("x.dept.example.com", "192.0.2.1");
        DmarcStatus differs = await Read(resolver, "x.dept.example.com", options);
        CheckResult finding = Result(differs, "DMARC-TREEWALK-DIFFERS");
        Assert.Equal((CheckStatus.Warning, "example.com", "dept.example.com"), (finding.Status, finding.Expected, finding.Actual));
        Assert.Contains("The record that applies is that of dept.example.com and of example.com.", finding.Message, StringComparison.Ordinal);
        Assert.Equal((DmarcPolicy.Reject, DmarcPolicy.Quarantine), (differs.EffectivePolicy, differs.Rfc7489Policy));

        DmarcStatus unknown = await Read(resolver.FailName("_dmarc.example.com"), "x.dept.example.com", options);
        Assert.Equal(CheckStatus.Unknown, Result(unknown, "DMARC-TREEWALK-DIFFERS").Status);
    }

    [Fact]
    public async Task Text_from_dns_is_escaped_everywhere()
    {
        DmarcStatus status = await Read(Sound().Txt("example.com", "v=DMARC1; \u001b]0;x\u0007").Txt("_dmarc.example.com", "v=DMARC1; p=\u001b[31m", "v=dmarc1\u0007; p=none", "v=spf1 \u001b"));
        string shown = string.Join(' ', status.Results.Select(result => result.Message + result.Actual + result.Expected)) + status.Record + string.Join(' ', status.Records) + status;
        Assert.DoesNotContain(shown, char.IsControl);
        Assert.Equal(2, status.Records.Length);
    }

    [Fact]
    public async Task Cancelling_ends_it() =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Seen.In(DmarcStatusReader.ReadAsync(DomainName.Parse("example.com"), Sound(), DmarcStatusOptions.Default, new CancellationToken(canceled: true))));

    private static TableResolver Sound(string tags = "") =>
        new TableResolver().Txt("_dmarc.example.com", Good + tags).Mx("example.com", 10, "mx.example.com");

    private static TableResolver Reporting(string address, string at = "_dmarc.example.com") =>
        new TableResolver().Txt(at, "v=DMARC1; p=quarantine; np=reject; rua=mailto:" + address).Mx("example.com", 10, "mx.example.com");

    private static Task<DmarcStatus> Read(TableResolver resolver, string domain = "example.com", DmarcStatusOptions? options = null) =>
        Seen.In(DmarcStatusReader.ReadAsync(DomainName.Parse(domain), resolver, options ?? DmarcStatusOptions.Default, CancellationToken.None));

    private static CheckResult Result(DmarcStatus status, string id) => status.Results.First(result => result.Id == id);
}
