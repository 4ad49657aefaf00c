using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class BounceStatusReaderTests
{
    private const string Host = "ac-bounces.example.com";
    private const string Target = "akmta.net";
    private const string Spf = "v=spf1 ip4:192.0.2.0/24 -all";

    private static readonly CheckDefinition[] s_area = BounceChecks.All.Concat(AliasRules.Definitions).ToArray();
    private static readonly DomainName s_domain = DomainName.Parse("example.com");

    public static TheoryData<string, Action<Box>, string> Cases => new()
    {
        { "right", box => box.Zone.Cname(Host, Target).Txt(Target, Spf).Mx(Target, 10, "mx.akmta.net"), "BOUNCE-DELEGATES-SPF=Info" },
        { "address instead of MX", box => box.Zone.Cname(Host, Target).Txt(Target, Spf).Address(Target, "192.0.2.1"), "BOUNCE-DELEGATES-SPF=Info" },
        { "missing", box => box.Zone.Txt("example.com", "x"), "BOUNCE-MISSING=Fail" },
        { "wrong target", box => box.Zone.Cname(Host, "mta.example.net").Txt("mta.example.net", Spf).Mx("mta.example.net", 10, "mx.example.net"), "BOUNCE-DELEGATES-SPF=Info BOUNCE-TARGET=Fail" },
        { "no SPF at the target", box => box.Zone.Cname(Host, Target).Txt(Target, "other").Mx(Target, 10, "mx.akmta.net"), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-SPF=Fail" },
        { "two SPF records", box => box.Zone.Cname(Host, Target).Txt(Target, Spf, "v=spf1 -all").Mx(Target, 10, "mx.akmta.net"), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-SPF=Fail" },
        { "v=spf10 is none", box => box.Zone.Cname(Host, Target).Txt(Target, "v=spf10 -all").Mx(Target, 10, "mx.akmta.net"), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-SPF=Fail" },
        { "no MX at the target", box => box.Zone.Cname(Host, Target).Txt(Target, Spf), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-MX=Fail" },
        { "null MX", box => box.Zone.Cname(Host, Target).Txt(Target, Spf).Mx(Target, 0, "."), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-MX=Fail" },
        { "dangling", box => box.Zone.Cname(Host, Target), "BOUNCE-DELEGATES-SPF=Info DNS-CNAME-DANGLING=Fail" },
        { "circle", box => box.Zone.Cname(Host, "b.example.com").Cname("b.example.com", Host), "BOUNCE-TARGET=Fail DNS-CNAME-LOOP=Fail" },
        { "own records", box => box.Zone.Txt(Host, Spf).Mx(Host, 10, "mx.example.com").Txt(Target, "v=spf1 -all").Mx(Target, 10, "mx.akmta.net"), "BOUNCE-TARGET=Fail" },
        { "flattened", box => box.Zone.Txt(Host, Spf).Mx(Host, 10, "mx.akmta.net").Txt(Target, Spf).Mx(Target, 10, "mx.akmta.net"), "DNS-CNAME-FLATTENED=Warning" },
        { "own records, target unknown", box => box.Zone.Txt(Host, Spf).Mx(Host, 10, "mx.example.com").FailName(Target), "BOUNCE-TARGET=Fail DNS-CNAME-FLATTENED=Unknown" },
        { "host fails", box => box.Zone.FailName(Host), "BOUNCE-DELEGATES-SPF=Unknown BOUNCE-MISSING=Unknown BOUNCE-NO-MX=Unknown BOUNCE-NO-SPF=Unknown BOUNCE-TARGET=Unknown DNS-CNAME-APEX=Unknown DNS-CNAME-CHAIN=Unknown DNS-CNAME-COEXIST=Unknown DNS-CNAME-DANGLING=Unknown DNS-CNAME-FLATTENED=Unknown DNS-CNAME-LOOP=Unknown" },
        { "target fails", box => box.Zone.Cname(Host, Target).FailName(Target), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-MX=Unknown BOUNCE-NO-SPF=Unknown DNS-CNAME-DANGLING=Unknown DNS-CNAME-LOOP=Unknown" },
        { "SPF of the target fails", box => box.Zone.Cname(Host, Target).Mx(Target, 10, "mx.akmta.net").Fail(Target, DnsRecordType.Txt, DnsResponseStatus.ServerFailure), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-SPF=Unknown" },
        { "no MX, addresses fail", box => box.Zone.Cname(Host, Target).Txt(Target, Spf).Fail(Target, DnsRecordType.A, DnsResponseStatus.Timeout), "BOUNCE-DELEGATES-SPF=Info BOUNCE-NO-MX=Unknown" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Every_state_of_the_host_has_its_finding(string name, Action<Box> fill, string expected)
    {
        Assert.NotEmpty(name);
        var box = new Box();
        fill(box);
        BounceStatus status = await Seen.In(BounceStatusReader.ReadAsync(s_domain, DomainName.Parse(Host), BounceExpectation.AliasOf(DomainName.Parse(Target)), organization: null, box.Zone, CancellationToken.None));
        StatusAssert.Findings(status.Results, s_area, expected);
        Assert.Equal(StatusAssert.Valid(expected), status.IsValid);
    }

    [Fact]
    public async Task The_status_shows_what_counts_through_the_alias()
    {
        TableResolver zone = new TableResolver().Cname(Host, Target).Txt(Target, Spf).Mx(Target, 20, "mx2.akmta.net").Mx(Target, 10, "mx1.akmta.net");
        BounceStatus status = await Seen.In(BounceStatusReader.ReadAsync(s_domain, DomainName.Parse(Host), BounceExpectation.None, organization: null, zone, CancellationToken.None));
        Assert.Equal(("ac-bounces", Target, Spf, null), (status.HostName, status.Target, status.SpfRecord, status.ExpectedTarget));
        Assert.Equal(new[] { "10 mx1.akmta.net", "20 mx2.akmta.net" }, status.MailExchanges);
        Assert.Equal(CheckStatus.NotApplicable, StatusAssert.Single(status.Results, "BOUNCE-TARGET").Status);
    }

    [Fact]
    public async Task The_domain_itself_cannot_be_the_alias()
    {
        TableResolver zone = new TableResolver().Txt("example.com", Spf).Mx("example.com", 10, "mx.example.com");
        BounceStatus status = await Seen.In(BounceStatusReader.ReadAsync(s_domain, s_domain, BounceExpectation.AliasOf(DomainName.Parse(Target)), organization: null, zone, CancellationToken.None));
        StatusAssert.Findings(status.Results, s_area, "BOUNCE-CNAME-APEX=Fail");

        // The Return-Path of some providers is the domain itself, without any alias.
        BounceStatus own = await Seen.In(BounceStatusReader.ReadAsync(s_domain, s_domain, BounceExpectation.None, organization: null, zone, CancellationToken.None));
        StatusAssert.Findings(own.Results, s_area, "");
    }

    public static TheoryData<string, Action<Box>, CheckStatus, string> AlignmentCases => new()
    {
        { "one record above both", box => box.Zone.Txt("_dmarc.example.com", "v=DMARC1; p=none"), CheckStatus.Pass, "" },
        { "the host's own psd=n", box => box.Zone.Txt("_dmarc.example.com", "v=DMARC1; p=none").Txt("_dmarc." + Host, "v=DMARC1; p=none; psd=n"), CheckStatus.Fail, "has the Organizational Domain ac-bounces.example.com, the From domain has example.com." },
        { "no DMARC at all", box => box.Zone.Txt("example.com", "x"), CheckStatus.NotApplicable, "No DMARC record applies" },
        { "the From lookup fails", box => box.Zone.FailName("_dmarc.example.com"), CheckStatus.Unknown, "The lookup of _dmarc.example.com TXT failed: timed out." },
    };

    [Theory]
    [MemberData(nameof(AlignmentCases))]
    public async Task Alignment_is_judged_by_the_organizational_domains(string name, Action<Box> fill, CheckStatus expected, string message)
    {
        Assert.NotEmpty(name);
        var box = new Box();
        box.Zone.Cname(Host, Target).Txt(Target, Spf).Mx(Target, 10, "mx.akmta.net");
        fill(box);
        BounceOrganization organization = await BounceOrganization.ReadAsync(s_domain, DomainName.Parse(Host), box.Zone, CancellationToken.None);
        BounceStatus status = await Seen.In(BounceStatusReader.ReadAsync(s_domain, DomainName.Parse(Host), BounceExpectation.None, organization, box.Zone, CancellationToken.None));
        CheckResult result = StatusAssert.Single(status.Results, "BOUNCE-UNALIGNED");
        Assert.Equal(expected, result.Status);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<Box>, CheckStatus, string> OwnRecordCases => new()
    {
        { "right", box => box.Zone.Mx("mail.example.com", 10, "feedback-smtp.eu-west-1.amazonses.com").Txt("mail.example.com", "v=spf1 include:amazonses.com ~all"), CheckStatus.Pass, "" },
        { "another exchange", box => box.Zone.Mx("mail.example.com", 10, "mx.example.com").Txt("mail.example.com", "v=spf1 include:amazonses.com ~all"), CheckStatus.Fail, "does not have MX feedback-smtp.eu-west-1.amazonses.com: MX 10 mx.example.com" },
        { "one beside it", box => box.Zone.Mx("mail.example.com", 10, "feedback-smtp.eu-west-1.amazonses.com").Mx("mail.example.com", 20, "mx.example.com").Txt("mail.example.com", "v=spf1 include:amazonses.com ~all"), CheckStatus.Fail, "has other MX records beside" },
        { "no include", box => box.Zone.Mx("mail.example.com", 10, "feedback-smtp.eu-west-1.amazonses.com").Txt("mail.example.com", "v=spf1 -all"), CheckStatus.Fail, "does not include amazonses.com" },
        { "include behind all", box => box.Zone.Mx("mail.example.com", 10, "feedback-smtp.eu-west-1.amazonses.com").Txt("mail.example.com", "v=spf1 -all include:amazonses.com"), CheckStatus.Fail, "does not include amazonses.com" },
        { "MX fails", box => box.Zone.Txt("mail.example.com", "v=spf1 include:amazonses.com ~all").Fail("mail.example.com", DnsRecordType.Mx, DnsResponseStatus.Timeout), CheckStatus.Unknown, "timed out" },
        { "TXT fails", box => box.Zone.Mx("mail.example.com", 10, "feedback-smtp.eu-west-1.amazonses.com").Fail("mail.example.com", DnsRecordType.Txt, DnsResponseStatus.Timeout), CheckStatus.Unknown, "timed out" },
    };

    [Theory]
    [MemberData(nameof(OwnRecordCases))]
    public async Task A_host_with_MX_and_SPF_of_its_own_is_compared_with_the_profile(string name, Action<Box> fill, CheckStatus expected, string message)
    {
        Assert.NotEmpty(name);
        SendingProvider ses = ProviderFixture.Shipped("amazon-ses");
        var expectation = ProviderHosts.Bounce(ses, ProviderFixture.Values("example.com", ("mailFrom", "mail"), ("region", "eu-west-1")), host: null).Single();
        Assert.Equal("mail.example.com", expectation.Key.Text);
        var box = new Box();
        fill(box);
        BounceStatus status = await Seen.In(BounceStatusReader.ReadAsync(s_domain, expectation.Key, expectation.Value, organization: null, box.Zone, CancellationToken.None));
        CheckResult result = StatusAssert.Single(status.Results, "BOUNCE-TARGET");
        Assert.Equal(expected, result.Status);
        Assert.Contains(message, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_profile_names_its_hosts()
    {
        SendingProvider altcraft = ProviderFixture.Shipped("altcraft");
        var bounce = ProviderHosts.Bounce(altcraft, ProviderFixture.Values(), host: null).Single();
        Assert.Equal((Host, Target), (bounce.Key.Text, bounce.Value.Text));
        var tracking = ProviderHosts.Tracking(altcraft, ProviderFixture.Values("example.com", ("trackingHost", "click")), host: null).Single();
        Assert.Equal(("click.example.com", "trk.aksend.net"), (tracking.Key.Text, tracking.Value.Text));
        Assert.Equal("x.example.com", ProviderHosts.Tracking(altcraft, ProviderFixture.Values(), DomainName.Parse("x.example.com")).Single().Key.Text);

        Assert.Throws<InvalidOperationException>(() => ProviderHosts.Tracking(ProviderFixture.Shipped("mandrill"), ProviderFixture.Values(), host: null));
        SendingProviderValueException error = Assert.Throws<SendingProviderValueException>(() => ProviderHosts.Bounce(ProviderFixture.Shipped("sendgrid").ChooseDefault(), ProviderFixture.Values(), host: null));
        Assert.Equal("bounceHost", error.Placeholder);
        Assert.Throws<SendingProviderValueException>(() => ProviderHosts.Bounce(altcraft, ProviderFixture.Values("example.com", ("bouncehst", "x")), host: null));
    }

    [Theory]
    [InlineData("u1234567.wl123.sendgrid.net", true)]
    [InlineData("U7.WL1.SendGrid.net", true)]
    [InlineData("u7.wlx.sendgrid.net", false)]
    [InlineData("sendgrid.net", false)]
    [InlineData("u7.wl1.sendgrid.net.example.net", false)]
    public void A_value_that_is_not_given_is_matched_by_its_pattern(string found, bool matches)
    {
        var bounce = ProviderHosts.Bounce(ProviderFixture.Shipped("sendgrid").ChooseDefault(), ProviderFixture.Values(), DomainName.Parse("em1.example.com")).Single();
        Assert.Equal("{userId}.wl{wlNumber}.sendgrid.net", bounce.Value.Text);
        Assert.Equal(matches, bounce.Value.Alias!.Matches(DomainName.FromDns(found)));
    }

    /// <summary>Lets a row of a public table fill an internal resolver.</summary>
    public sealed class Box
    {
        internal TableResolver Zone { get; } = new();
    }
}
