using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Support;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class DmarcAlignmentPredictorTests
{
    private const string Key = "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";

    // RFC 9989 appendix B.1 (SPF and DKIM, examples 1 to 3) in both modes, and the source page's set-up.
    [Theory]
    [InlineData("example.com", "example.com", null, "", true, true, false)]
    [InlineData("example.com", "child.example.com", null, "", true, true, false)]
    [InlineData("child.example.com", "example.net", null, "", false, false, false)]
    [InlineData("example.com", null, "example.com", "", true, false, true)]
    [InlineData("child.example.com", null, "example.com", "", true, false, true)]
    [InlineData("child.example.com", null, "example.net", "", false, false, false)]
    [InlineData("example.com", "example.com", null, "; aspf=s", true, true, false)]
    [InlineData("example.com", "child.example.com", null, "; aspf=s", false, false, false)]
    [InlineData("example.com", null, "example.com", "; adkim=s", true, false, true)]
    [InlineData("example.com", null, "child.example.com", "; adkim=s", false, false, false)]
    [InlineData("example.com", "ac-bounces.example.com", "example.com", "", true, true, true)]
    [InlineData("example.com", "ac-bounces.example.com", "example.net", "", true, true, false)]
    [InlineData("example.com", "example.net", "example.com", "", true, false, true)]
    [InlineData("example.com", "akmta.net", "akmta.net", "", false, false, false)]
    public async Task The_verdict_follows_alignment(string from, string? bounce, string? dkim, string tags, bool passed, bool spfAligned, bool dkimAligned)
    {
        DmarcAlignment alignment = await Predict(Domains(tags), from, bounce, dkim);
        Assert.Equal((passed, spfAligned, dkimAligned), (alignment.Passed, alignment.SpfAligned, alignment.DkimAligned));

        // Aligned or not, signed or not: no signature was seen.
        Assert.Null(alignment.DkimPassed);
        Assert.Equal(passed, alignment.Path is not null);
        Assert.Equal(passed ? CheckStatus.Pass : CheckStatus.Fail, Result(alignment, "ALIGN-NONE").Status);
        Assert.Equal(6, alignment.Results.Select(result => result.Id).Distinct().Count());
    }

    [Fact]
    public async Task The_pages_setup_passes_by_both_paths_through_the_alias()
    {
        DmarcAlignment alignment = await Predict(Domains(), "example.com", "ac-bounces.example.com", "example.com", "192.0.2.7");
        Assert.Equal((true, "SPF and DKIM", true), (alignment.Passed, alignment.Path, alignment.SpfPassed));
        Assert.Equal(
            "The DMARC record at _dmarc.example.com applies. SPF for ac-bounces.example.com from 192.0.2.7 gives Pass (ip4:192.0.2.0/25); it has the Organizational Domain of example.com, example.com: aligned (relaxed). "
            + "Mail signed with d=example.com: it is the From domain itself: aligned.",
            alignment.Reason);
        Assert.Equal("Mail carries a valid DKIM signature with d=example.com.", Assert.Single(alignment.Assumption));
        Assert.Empty(alignment.Findings);
        Assert.Equal(string.Empty, alignment.Recommendation);
        Assert.Equal((DmarcPolicy.Quarantine, "example.com"), (alignment.Policy, alignment.OrganizationalDomain));
    }

    // address, what SPF gives
    [Theory]
    [InlineData("192.0.2.7", true, true)]
    [InlineData("198.51.100.1", false, false)]
    [InlineData("2001:db8::1", false, false)]
    public async Task An_address_is_evaluated(string address, bool spfPassed, bool passed)
    {
        DmarcAlignment alignment = await Predict(Domains(), "example.com", "ac-bounces.example.com", null, address);
        Assert.Equal((spfPassed, passed, true), (alignment.SpfPassed, alignment.Passed, alignment.SpfAligned));
        Assert.Empty(alignment.Assumption);
    }

    // the bounce domain's TXT records: can SPF pass at all?
    [Theory]
    [InlineData("v=spf1 include:spf.akmta.net -all", true)]
    [InlineData("v=spf1 redirect=spf.akmta.net", true)]
    [InlineData("v=spf1 -all", false)]
    [InlineData("v=spf1 ?all", false)]
    [InlineData("v=spf1 ip4:300.0.0.0 -all", false)]
    [InlineData("nothing", false)]
    [InlineData("v=spf1 mx -all|v=spf1 a -all", false)]
    public async Task Without_an_address_a_record_must_be_able_to_pass(string texts, bool passed)
    {
        TableResolver resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none").Txt("bounce.example.com", texts.Split('|'));
        DmarcAlignment alignment = await Predict(resolver, "example.com", "bounce.example.com", null);
        Assert.Equal(passed, alignment.Passed);
        Assert.Equal(passed ? null : false, alignment.SpfPassed);
        Assert.Equal(passed, alignment.Assumption.Length == 1);
        Assert.True(alignment.SpfAligned);
    }

    // the key records at the selector: can a signature verify at all (RFC 6376 section 6.1.2)?
    [Theory]
    [InlineData(Key, true, "")]
    [InlineData("v=DKIM1; h=sha1:sha256; s=email; k=rsa; p=" + TestKeys.Rsa2048, true, "")]
    [InlineData("v=DKIM1; k=ed25519; p=" + TestKeys.Rsa2048, false, "it is an RSA key")]
    [InlineData("v=DKIM1; k=ed25519; p=MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", false, "SubjectPublicKeyInfo")]
    [InlineData("v=DKIM1; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", false, "k=ed25519 is missing")]
    [InlineData("v=DKIM1; h=sha1; p=" + TestKeys.Rsa2048, false, "sha1")]
    [InlineData("v=DKIM1; s=tlsrpt; p=" + TestKeys.Rsa2048, false, "leaves mail out")]
    [InlineData("v=DKIM2; p=" + TestKeys.Rsa2048, false, "has to be DKIM1")]
    [InlineData("v=DKIM1; k=rsa; k=rsa; p=" + TestKeys.Rsa2048, false, "more than once")]
    [InlineData("v=DKIM1; k=RSA; p=" + TestKeys.Rsa2048, false, "case-sensitive")]
    [InlineData("v=DKIM1; p=", false, "revoked")]
    [InlineData("v=DKIM1; p=|v=DKIM1; h=sha1; p=" + TestKeys.Rsa2048, false, "revoked")]
    [InlineData(Key + "|v=DKIM1; p=", null, "2 TXT records")]
    [InlineData("", false, "no such name")]
    public async Task A_key_must_be_able_to_verify(string texts, bool? passed, string reason)
    {
        var resolver = new TableResolver().Txt("_dmarc.example.com", "v=DMARC1; p=none");
        if (texts.Length > 0) resolver.Txt("ak._domainkey.example.com", texts.Split('|'));

        var request = new AlignmentRequest(DomainName.Parse("example.com")) { Signatures = AlignmentRequest.SignaturesOf(["example.com"], ["ak"]) };
        DmarcAlignment alignment = await Seen.In(DmarcAlignmentPredictor.PredictAsync(request, resolver, CancellationToken.None, CancellationToken.None));
        Assert.Equal(passed, alignment.Passed);
        Assert.Contains(reason, alignment.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_record_there_is_nothing_to_pass()
    {
        TableResolver resolver = new TableResolver().Txt("example.com", "v=spf1 mx -all").Mx("example.com", 10, "mx.example.com");
        DmarcAlignment alignment = await Predict(resolver, "example.com", "example.com", "example.com");
        Assert.Equal((false, null, null), (alignment.Passed, alignment.Policy, alignment.Record));
        Assert.StartsWith("No DMARC record applies to example.com, so there is nothing to pass.", alignment.Reason, StringComparison.Ordinal);
        Assert.All(alignment.Results, result => Assert.Equal(CheckStatus.NotApplicable, result.Status));
        Assert.Contains("New-DmarcRecord", alignment.Recommendation, StringComparison.Ordinal);

        DmarcAlignment degraded = await Predict(resolver.Txt("_dmarc.example.com", "v=DMARC1; p=rejct"), "example.com", "example.com", "example.com");
        Assert.Equal(false, degraded.Passed);
        Assert.Contains("no valid policy", degraded.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Planned_records_count_as_published()
    {
        TableResolver published = new TableResolver().Txt("example.com", "v=spf1 mx ~all").Txt("akmta.net", "v=spf1 ip4:192.0.2.0/25 -all");
        DomainName domain = DomainName.Parse("example.com");
        ResourceRecord[] planned =
        {
            DmarcRecordBuilder.CreateWithText(domain, domain, "v=DMARC1; p=none; rua=mailto:d@example.com", TimeSpan.FromHours(1)),
            new CnameRecord("example.com", "ac-bounces", "akmta.net", TimeSpan.FromHours(1), RecordPurpose.Bounce),
        };
        var resolver = new AliasFollowingResolver(new OverlayResolver(published, planned));
        DmarcAlignment before = await Predict(published, "example.com", "ac-bounces.example.com", null, "192.0.2.7");
        DmarcAlignment after = await Predict(resolver, "example.com", "ac-bounces.example.com", null, "192.0.2.7");
        Assert.Equal((false, true), (before.Passed, after.Passed));
    }

    // failing name, expected: with a failed lookup nothing is claimed, and what is known stays
    [Theory]
    [InlineData("_dmarc.example.com", "ac-bounces.example.com", null, null)]
    [InlineData("_dmarc.example.com", "example.com", "example.com", null)]
    [InlineData("ac-bounces.example.com", "ac-bounces.example.com", null, null)]
    [InlineData("ac-bounces.example.com", "ac-bounces.example.com", "example.com", true)]
    [InlineData("_dmarc.ac-bounces.example.com", "ac-bounces.example.com", null, null)]
    [InlineData("_dmarc.ac-bounces.example.com", "ac-bounces.example.com", "example.com", true)]
    [InlineData("_dmarc.com", "ac-bounces.example.com", null, true)]
    [InlineData("_dmarc.net", "example.net", null, false)]
    public async Task A_failed_lookup_is_unknown(string failing, string bounce, string? dkim, bool? passed)
    {
        DmarcAlignment alignment = await Predict(Domains().FailName(failing), "example.com", bounce, dkim);
        Assert.Equal(passed, alignment.Passed);
        CheckStatus expected = passed switch { true => CheckStatus.Pass, false => CheckStatus.Fail, _ => CheckStatus.Unknown };
        if (failing != "_dmarc.example.com") Assert.Equal(expected, Result(alignment, "ALIGN-NONE").Status);

        if (passed is null)
        {
            Assert.Contains("timed out", alignment.Reason, StringComparison.Ordinal);
            Assert.Contains(alignment.Results, result => result.Status == CheckStatus.Unknown);
        }
    }

    [Fact]
    public async Task A_temporary_error_of_spf_is_unknown()
    {
        DmarcAlignment alignment = await Predict(Domains().FailName("spf.akmta.net").Txt("bounce.example.com", "v=spf1 include:spf.akmta.net -all"), "example.com", "bounce.example.com", null, "192.0.2.7");
        Assert.Equal((null, null, true), (alignment.Passed, alignment.SpfPassed, alignment.SpfAligned));
    }

    [Fact]
    public async Task Single_paths_are_named()
    {
        DmarcAlignment spf = await Predict(Domains(), "example.com", "ac-bounces.example.com", null);
        Assert.Equal(("SPF", CheckStatus.Warning, CheckStatus.Pass), (spf.Path, Result(spf, "ALIGN-SPF-ONLY").Status, Result(spf, "ALIGN-DKIM-ONLY").Status));
        DmarcAlignment dkim = await Predict(Domains(), "example.com", "example.net", "example.com");
        Assert.Equal(("DKIM", CheckStatus.Pass, CheckStatus.Info), (dkim.Path, Result(dkim, "ALIGN-SPF-ONLY").Status, Result(dkim, "ALIGN-DKIM-ONLY").Status));
        Assert.Contains("bounce host below the From domain", dkim.Recommendation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_subdomain_that_relies_on_its_parent_is_told()
    {
        TableResolver resolver = Domains("; sp=none").Address("news.example.com", "192.0.2.1");
        DmarcAlignment alignment = await Predict(resolver, "news.example.com", null, "news.example.com");
        Assert.Equal("news.example.com has no DMARC record of its own; that of example.com applies through sp.", Result(alignment, "FROM-SUBDOMAIN-OWN-DMARC").Message);
        Assert.Equal(DmarcPolicy.None, alignment.Policy);
        Assert.Equal(CheckStatus.Pass, Result(await Predict(resolver, "example.com", null, "example.com"), "FROM-SUBDOMAIN-OWN-DMARC").Status);
    }

    [Fact]
    public async Task Strict_modes_that_exclude_the_setup_come_with_a_relaxed_record()
    {
        DmarcAlignment alignment = await Predict(Domains("; adkim=s; aspf=s; rua=mailto:d@example.com"), "example.com", "ac-bounces.example.com", "mail.example.com");
        CheckResult spf = Result(alignment, "DMARC-ASPF-S-BOUNCE");
        CheckResult dkim = Result(alignment, "DMARC-ADKIM-S-D");
        Assert.Equal(("v=DMARC1; p=quarantine; adkim=s; aspf=r; rua=mailto:d@example.com", CheckStatus.Fail), (spf.Record.Single().ToString(), spf.Status));
        Assert.Equal(("v=DMARC1; p=quarantine; adkim=r; aspf=s; rua=mailto:d@example.com", CheckStatus.Warning), (dkim.Record.Single().ToString(), dkim.Status));
        DmarcAlignment relaxed = await Predict(Domains(), "example.com", "ac-bounces.example.com", "mail.example.com");
        Assert.Equal((CheckStatus.Pass, CheckStatus.Pass), (Result(relaxed, "DMARC-ASPF-S-BOUNCE").Status, Result(relaxed, "DMARC-ADKIM-S-D").Status));
    }

    // selector's TXT: can DKIM pass?
    [Theory]
    [InlineData(Key, true)]
    [InlineData("v=DKIM1; p=", false)]
    [InlineData("v=DKIM1; p=nonsense", false)]
    [InlineData("v=DKIM1; k=x448; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", false)]
    [InlineData("v=DKIM1; k=rsa; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAMoO3FGyh5fvAJ3Bl2OtLVuMUw2qNRMJp1iSAWfN0oW2pGJCuFpHGB6xf+gAG8wzTGQ9KOo0lwVBpDPcoYQ4xtMCAwEAAQ==", false)]
    [InlineData(null, false)]
    public async Task A_key_whose_selector_is_given_must_be_there(string? text, bool passed)
    {
        TableResolver resolver = Domains();
        if (text is not null) resolver.Txt("ak._domainkey.example.com", text);

        DmarcAlignment alignment = await PredictKey(resolver);
        Assert.Equal((passed, true), (alignment.Passed, alignment.DkimAligned));
        Assert.Equal(passed ? null : false, alignment.DkimPassed);
        DmarcAlignment unknown = await PredictKey(Domains().FailName("ak._domainkey.example.com"));
        Assert.Equal((null, null), (unknown.Passed, unknown.DkimPassed));
    }

    [Theory]
    [InlineData("bounce", "bounce.example.com")]
    [InlineData("bounce.example.net", "bounce.example.net")]
    public void A_bounce_domain_may_be_one_label(string given, string expected) =>
        Assert.Equal(expected, AlignmentRequest.BounceOf(given, DomainName.Parse("example.com")).Text);

    [Fact]
    public async Task An_unknown_bounce_domain_is_unknown_and_a_platforms_own_is_not_aligned()
    {
        DmarcAlignment unknown = await Run(Domains(), new AlignmentRequest(DomainName.Parse("example.com")) { IsBounceUnknown = true, NoBounce = "Nobody says." });
        Assert.Equal((null, null), (unknown.Passed, unknown.SpfAligned));
        DmarcAlignment own = await Run(Domains(), new AlignmentRequest(DomainName.Parse("example.com")) { NoBounce = "Elsewhere." });
        Assert.Equal((false, false), (own.Passed, own.SpfAligned));
    }

    private static TableResolver Domains(string tags = "") => new TableResolver()
        .Txt("_dmarc.example.com", "v=DMARC1; p=quarantine" + tags)
        .Txt("example.com", "v=spf1 ip4:192.0.2.0/25 -all")
        .Txt("child.example.com", "v=spf1 ip4:192.0.2.0/25 -all")
        .Txt("example.net", "v=spf1 ip4:192.0.2.0/25 -all")
        .Txt("akmta.net", "v=spf1 ip4:192.0.2.0/25 -all")
        .Cname("ac-bounces.example.com", "akmta.net");

    private static Task<DmarcAlignment> PredictKey(TableResolver resolver) => Run(resolver, new AlignmentRequest(DomainName.Parse("example.com"))
    {
        Signatures = AlignmentRequest.SignaturesOf(new[] { "example.com" }, new[] { "ak" }),
    });

    private static Task<DmarcAlignment> Predict(IDnsResolver resolver, string from, string? bounce, string? dkim, string? address = null) => Run(resolver, new AlignmentRequest(DomainName.Parse(from))
    {
        Bounce = bounce is null ? null : DomainName.Parse(bounce),
        Signatures = AlignmentRequest.SignaturesOf(dkim is null ? Array.Empty<string>() : new[] { dkim }, Array.Empty<string>()),
        IPAddress = address is null ? null : IPAddress.Parse(address),
    });

    private static Task<DmarcAlignment> Run(IDnsResolver resolver, AlignmentRequest request) =>
        Seen.In(DmarcAlignmentPredictor.PredictAsync(request, resolver, CancellationToken.None, CancellationToken.None));

    private static CheckResult Result(DmarcAlignment alignment, string id) => alignment.Results.First(result => result.Id == id);
}
