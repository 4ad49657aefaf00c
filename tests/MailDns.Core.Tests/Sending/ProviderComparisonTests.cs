using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class ProviderComparisonTests
{
    private const string Key = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA";

    [Fact]
    public async Task A_domain_that_holds_the_whole_set_passes()
    {
        ProviderComparison comparison = await CompareAsync("altcraft", Whole(), ("publicKey", Key));
        Assert.Equal(
            "Present NotNeeded Present NotNeeded Present NotNeeded Present Present",
            string.Join(" ", comparison.Records.Select(record => record.State)));
        Assert.Equal("", Findings(comparison));
    }

    [Fact]
    public async Task An_empty_domain_misses_every_required_record_and_gets_those_that_can_be_made()
    {
        ProviderComparison comparison = await CompareAsync("altcraft", new TableResolver().Txt("example.com", "x"));
        Assert.Equal("PROFILE-INCOMPLETE=Fail SPF-PROVIDER-MISSING=Fail", Findings(comparison, out CheckSheet sheet));
        CheckResult incomplete = StatusAssert.Single(sheet.Results, "PROFILE-INCOMPLETE");
        Assert.StartsWith("5 of 5 records of profile altcraft are missing: example.com TXT; ak._domainkey.example.com TXT; _dmarc.example.com TXT; trk.example.com CNAME; ac-bounces.example.com CNAME.", incomplete.Message, StringComparison.Ordinal);
        Assert.Equal(new[] { "example.com", "trk.example.com", "ac-bounces.example.com" }, incomplete.Record.Select(record => record.Fqdn));
    }

    [Theory]
    [InlineData("v=spf1 include:spf.akmta.net -all", "Present")]
    [InlineData("v=spf1 mx +include:SPF.AKMTA.NET. ~all", "Present")]
    [InlineData("v=spf1 include:_spf.example.com -all", "Present")]
    [InlineData("v=spf1 redirect=_spf.example.com", "Present")]
    [InlineData("v=spf1 redirect=_spf.example.com -all", "Missing")]
    [InlineData("v=spf1 -all", "Missing")]
    [InlineData("v=spf1 -all include:spf.akmta.net", "Missing")]
    [InlineData("v=spf1 -include:spf.akmta.net -all", "Missing")]
    [InlineData("v=spf1 include:spf.akmta.net.example.net -all", "Missing")]
    [InlineData("v=spf1 include:spf.aksend.net -all", "Obsolete")]
    [InlineData("v=spf1 include:fails.example.net -all", "Unknown")]
    [InlineData("v=spf1 include:fails.example.net include:spf.akmta.net -all", "Present")]
    [InlineData("no spf", "Missing")]
    public async Task The_include_is_looked_for_where_it_counts(string text, string expected)
    {
        TableResolver zone = new TableResolver()
            .Txt("example.com", text)
            .Txt("_spf.example.com", "v=spf1 include:spf.akmta.net ~all")
            .FailName("fails.example.net");
        ProviderComparison comparison = await CompareAsync("altcraft", zone);
        Assert.Equal(expected, comparison.Records[0].State.ToString());
    }

    [Fact]
    public async Task An_old_include_is_told_with_what_replaced_it()
    {
        TableResolver zone = new TableResolver().Txt("example.com", "v=spf1 include:spf.aksend.net -all");
        Findings(await CompareAsync("altcraft", zone), out CheckSheet sheet);
        CheckResult obsolete = StatusAssert.Single(sheet.Results, "SPF-PROVIDER-OBSOLETE");
        Assert.Equal(CheckStatus.Warning, obsolete.Status);
        Assert.Equal("example.com names spf.aksend.net, which spf.akmta.net has replaced.", obsolete.Message);
        Assert.Equal(("spf.akmta.net", "spf.aksend.net"), (obsolete.Expected, obsolete.Actual));
        Assert.Equal(CheckStatus.Fail, StatusAssert.Single(sheet.Results, "SPF-PROVIDER-MISSING").Status);
        Assert.Empty(StatusAssert.Single(sheet.Results, "SPF-PROVIDER-MISSING").Record);

        // Both at once: nothing is missing, the old one is still told.
        TableResolver both = new TableResolver().Txt("example.com", "v=spf1 include:spf.aksend.net include:spf.akmta.net -all");
        Findings(await CompareAsync("altcraft", both), out CheckSheet second);
        Assert.Equal(CheckStatus.Pass, StatusAssert.Single(second.Results, "SPF-PROVIDER-MISSING").Status);
        Assert.Equal(CheckStatus.Warning, StatusAssert.Single(second.Results, "SPF-PROVIDER-OBSOLETE").Status);

        // What the platform's own record includes is the platform's affair.
        TableResolver theirs = new TableResolver().Txt("example.com", "v=spf1 include:spf.akmta.net -all").Txt("spf.akmta.net", "v=spf1 include:spf.aksend.net -all");
        Findings(await CompareAsync("altcraft", theirs), out CheckSheet third);
        Assert.Equal(CheckStatus.Pass, StatusAssert.Single(third.Results, "SPF-PROVIDER-OBSOLETE").Status);
    }

    [Theory]
    [InlineData("v=DKIM1; k=rsa; p=" + Key, Key, "Present", false)]
    [InlineData("p= " + Key, Key, "Present", false)]
    [InlineData("v=DKIM1; k=rsa; p=" + Key, null, "Present", false)]
    [InlineData("v=DKIM1; k=rsa; p=AAAA", Key, "Wrong", false)]
    [InlineData("v=DKIM1; p=", Key, "Wrong", false)]
    [InlineData("v=DKIM1; p=", null, "Wrong", false)]
    [InlineData("v=DKIM1; k=rsa; p={publicKey}", null, "Wrong", true)]
    [InlineData("other", null, "Missing", false)]
    public async Task A_key_is_compared_by_its_value(string text, string? key, string expected, bool placeholder)
    {
        TableResolver zone = new TableResolver().Txt("ak._domainkey.example.com", text);
        ProviderComparison comparison = key is null ? await CompareAsync("altcraft", zone) : await CompareAsync("altcraft", zone, ("publicKey", key));
        ProviderRecordComparison record = comparison.Records[2];
        Assert.Equal((expected, placeholder), (record.State.ToString(), record.HoldsPlaceholder));
    }

    [Fact]
    public async Task The_sample_key_of_the_page_in_DNS_is_told()
    {
        string sample = ProviderFixture.Shipped("altcraft").FindParameter("publicKey")!.Samples.Single();
        TableResolver zone = Whole("v=DKIM1; k=rsa; p=" + sample);
        Assert.Equal("PROFILE-UNAPPROVED-VALUE=Warning PROFILE-WRONG-VALUE=Fail", Findings(await CompareAsync("altcraft", zone)));
    }

    [Fact]
    public async Task Failed_lookups_are_unknown_and_never_missing()
    {
        TableResolver zone = new TableResolver();
        foreach (string name in new[] { "example.com", "ak._domainkey.example.com", "_domainkey.example.com", "_dmarc.example.com", "default._bimi.example.com", "trk.example.com", "ac-bounces.example.com" })
            zone.FailName(name);

        ProviderComparison comparison = await CompareAsync("altcraft", zone);
        Assert.All(comparison.Records, record => Assert.Equal(ProviderRecordState.Unknown, record.State));
        Assert.Equal(
            "PROFILE-INCOMPLETE=Unknown PROFILE-OBSOLETE-VALUE=Unknown PROFILE-UNAPPROVED-VALUE=Unknown PROFILE-WRONG-VALUE=Unknown SPF-PROVIDER-MISSING=Unknown SPF-PROVIDER-OBSOLETE=Unknown",
            Findings(comparison));
    }

    [Fact]
    public async Task Aliases_are_compared_by_value_or_by_pattern()
    {
        TableResolver zone = new TableResolver()
            .Cname("selector1._domainkey.example.com", "selector1-example-com._domainkey.contoso.onmicrosoft.com")
            .Cname("selector2._domainkey.example.com", "selector2-example-com._domainkey.contoso.n-v1.dkim.mail.microsoft")
            .Txt("example.com", "v=spf1 include:spf.protection.outlook.com -all");
        Assert.Equal("Present Present Present", States(await CompareAsync("microsoft365", zone)));
        zone = new TableResolver()
            .Cname("selector1._domainkey.example.com", "selector1.example.net")
            .Cname("selector2._domainkey.example.com", "selector2-example-com._domainkey.other.onmicrosoft.com");
        ProviderComparison comparison = await CompareAsync("microsoft365", zone, ("selector2Cname", "selector2-example-com._domainkey.contoso.onmicrosoft.com"));
        Assert.Equal("Missing Wrong Wrong", States(comparison));
        Assert.Equal("selector1._domainkey.example.com points to selector1.example.net, not to {selector1Cname}.", comparison.Records[1].Detail);
        Assert.Null(comparison.Records[1].Fix);
        Assert.Equal("selector2-example-com._domainkey.contoso.onmicrosoft.com", comparison.Records[2].Fix!.ToString());
    }

    [Fact]
    public async Task Exchanges_and_name_servers_are_compared()
    {
        TableResolver zone = new TableResolver()
            .Txt("example.com", "v=spf1 include:spf.example.net ~all", "sample-code=abc")
            .Txt("s1._domainkey.example.com", "v=DKIM1; k=rsa; p=MIIB")
            .Cname("bounce.example.com", "example-com.us.example.net")
            .Mx("mail.example.com", 10, "mx.us.example.net")
            .Add("send.example.com", DnsRecordType.Ns, new NameData(DomainName.FromDns("ns1.example.net")));
        SendingProvider sample = ProviderFixture.Read(ProviderFixture.Sample);
        ProviderComparison right = await ProviderComparison.CompareAsync(sample, ProviderFixture.Values("example.com", ("token", "abc"), ("server", "ns1.example.net")), zone, CancellationToken.None);
        Assert.Equal("Present Present Present Present Present Present NotNeeded", States(right));

        zone.Mx("mail.example.com", 20, "mx.example.com");
        ProviderComparison wrong = await ProviderComparison.CompareAsync(sample, ProviderFixture.Values("example.com", ("token", "xyz"), ("server", "ns2.example.net")), zone, CancellationToken.None);
        Assert.Equal("Present Present Present Wrong Wrong NotNeeded NotNeeded", States(wrong));
    }

    [Fact]
    public async Task A_host_that_is_not_known_is_not_compared()
    {
        ProviderComparison comparison = await CompareAsync("sendgrid", new TableResolver().Txt("example.com", "x"));
        Assert.Equal("Missing Missing NeedsValue", States(comparison));
        Assert.Equal("{bounceHost}.{domain} CNAME is not compared: no value was given for {bounceHost}.", comparison.Records[2].Detail);
        Assert.Equal("PROFILE-INCOMPLETE=Fail PROFILE-OBSOLETE-VALUE=Unknown PROFILE-UNAPPROVED-VALUE=Unknown PROFILE-WRONG-VALUE=Unknown", Findings(comparison));
    }

    [Fact]
    public async Task A_value_that_is_none_is_refused_before_any_lookup()
    {
        var zone = new TableResolver();
        await Assert.ThrowsAsync<SendingProviderValueException>(() => CompareAsync("altcraft", zone, ("publicKey", "a b")));
        Assert.Empty(zone.Questions);
    }

    private static TableResolver Whole(string key = "v=DKIM1; k=rsa; p=" + Key) => new TableResolver()
        .Txt("example.com", "v=spf1 include:spf.akmta.net -all")
        .Txt("ak._domainkey.example.com", key)
        .Txt("_dmarc.example.com", "v=DMARC1; p=quarantine; rua=mailto:a@example.com")
        .Cname("trk.example.com", "trk.aksend.net")
        .Cname("ac-bounces.example.com", "akmta.net");

    private static string States(ProviderComparison comparison) => string.Join(" ", comparison.Records.Select(record => record.State));

    private static string Findings(ProviderComparison comparison) => Findings(comparison, out _);

    private static string Findings(ProviderComparison comparison, out CheckSheet sheet)
    {
        sheet = Seen.In(new CheckSheet("example.com"));
        ProviderRules.Apply(comparison, sheet);
        Assert.Equal(ProviderChecks.All.Select(check => check.Id).OrderBy(id => id, StringComparer.Ordinal), sheet.Results.Select(result => result.Id).OrderBy(id => id, StringComparer.Ordinal));
        return string.Join(" ", sheet.Results.Where(result => result.Status is not (CheckStatus.Pass or CheckStatus.NotApplicable)).Select(result => result.Id + "=" + result.Status).OrderBy(text => text, StringComparer.Ordinal));
    }

    private static Task<ProviderComparison> CompareAsync(string id, TableResolver zone, params (string Name, string Value)[] values) =>
        ProviderComparison.CompareAsync(ProviderFixture.Shipped(id).ChooseDefault(), ProviderFixture.Values("example.com", values), zone, CancellationToken.None);
}
