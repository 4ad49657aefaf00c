using System;
using System.Linq;
using MailDns.Core.Tests.Catalogue;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfTextRulesTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    private static CheckSheet Apply(string text)
    {
        var sheet = Seen.In(new CheckSheet(s_domain.Text));
        SpfTextRules.Apply(s_domain, SpfParser.Read(text), sheet, corrected => new TxtRecord(s_domain, s_domain, corrected, TimeSpan.FromHours(1), RecordPurpose.Spf));
        return sheet;
    }

    [Theory]
    [InlineData("v=spf1 include:_spf.example.net ~all", "")]
    [InlineData("v=spf1 -all", "")]
    [InlineData("v=spf1 ip4:8.8.8.0/24 ip6:2606:4700::/32 redirect=_spf.example.net", "")]
    [InlineData("v=spf1 ip4:8.8.8.0/24 ip4:8.8.9.0/24 ~all", "")]
    [InlineData("v=spf1 ip4:8.8.0.0/16 ip6:2606:4700::/32 ~all", "")]
    [InlineData("v=spf1 ~all exp=e.example.net", "")]
    [InlineData("v=spf1 include:a.example.net -all", "SPF-ALL-HARDFAIL-EARLY")]
    [InlineData("v=spf1 include:a.example.net +all", "SPF-ALL-PASS")]
    [InlineData("v=spf1 include:a.example.net all", "SPF-ALL-PASS")]
    [InlineData("v=spf1 include:a.example.net ?all", "SPF-ALL-NEUTRAL")]
    [InlineData("v=spf1 include:a.example.net", "SPF-ALL-MISSING")]
    [InlineData("v=spf1", "SPF-ALL-MISSING")]
    [InlineData("v=spf1 ~all include:a.example.net", "SPF-AFTER-ALL")]
    [InlineData("v=spf1 ~all redirect=a.example.net", "SPF-REDIRECT-WITH-ALL")]
    [InlineData("v=spf1 foo ~all", "SPF-UNKNOWN-MECH")]
    [InlineData("v=spf1 include=a.example.net ~all", "SPF-UNKNOWN-MECH")]
    [InlineData("v=spf1 color=blue ~all", "SPF-UNKNOWN-MODIFIER")]
    [InlineData("v=spf1 a v=spf1 ~all", "SPF-UNKNOWN-MODIFIER")]
    [InlineData("v=spf1 ip4:8.8.8.8/33 ~all", "SPF-IP-SYNTAX")]
    [InlineData("v=spf1 ip4:8.8.8 ~all", "SPF-IP-SYNTAX")]
    [InlineData("v=spf1 a:museum ~all", "SPF-SYNTAX")]
    [InlineData("v=spf1 a:%{z}.example.net ~all", "SPF-MACRO-SYNTAX")]
    [InlineData("v=spf1 redirect=a.example.net redirect=b.example.net", "SPF-REDIRECT-DUP")]
    [InlineData("v=spf1 ip4:8.8.8.8/24 ~all", "SPF-IP-HOSTBITS")]
    [InlineData("v=spf1 ip4:10.1.2.3 ~all", "SPF-IP-PRIVATE")]
    [InlineData("v=spf1 ip6:fe80::1 ~all", "SPF-IP-PRIVATE")]
    [InlineData("v=spf1 ip6:::ffff:8.8.8.8 ~all", "SPF-IP-PRIVATE")]
    [InlineData("v=spf1 ip4:8.0.0.0/15 ~all", "SPF-IP-BROAD")]
    [InlineData("v=spf1 ip6:2606::/31 ~all", "SPF-IP-BROAD")]
    [InlineData("v=spf1 a/8 ~all", "SPF-IP-BROAD")]
    [InlineData("v=spf1 a//16 ~all", "SPF-IP-BROAD")]
    [InlineData("v=spf1 -ip4:8.0.0.0/8 ~all", "")]
    [InlineData("v=spf1 ip4:8.8.8.0/24 ip4:8.8.8.8 ~all", "SPF-IP-OVERLAP")]
    [InlineData("v=spf1 ip4:8.8.8.8 ip4:8.8.8.0/24 ~all", "SPF-IP-OVERLAP")]
    [InlineData("v=spf1 ip4:8.8.8.8 -ip4:8.8.8.0/28 ip4:8.8.8.0/24 ~all", "")]
    [InlineData("v=spf1 ip4:8.8.8.0/24 ip4:8.8.8.0/24 ~all", "SPF-DUP-TERM")]
    [InlineData("v=spf1 include:a.example.net include:A.example.net. ~all", "SPF-DUP-TERM")]
    [InlineData("v=spf1 mx ~all", "SPF-MX-COST")]
    [InlineData("v=spf1 ptr ~all", "SPF-PTR")]
    [InlineData("v=spf1 exists:%{i}.example.net ~all", "SPF-EXISTS-MACRO")]
    [InlineData("v=spf1 exists:fixed.example.net ~all", "")]
    [InlineData("v=spf1 a:%{p}.example.net ~all", "SPF-MACRO-P")]
    [InlineData("v=SPF1 ~all", "SPF-UPPERCASE")]
    [InlineData("v=spf1 Include:a.example.net ~all", "SPF-UPPERCASE")]
    [InlineData("v=spf1 include:A.example.net ~all", "")]
    [InlineData("v=spf1; mx:example.net ~all", "SPF-VERSION SPF-MX-COST")]
    public void Each_rule_fires_on_what_it_is_for_and_on_nothing_else(string text, string ids) =>
        Assert.Equal(ids, string.Join(" ", Apply(text).Results.Select(result => result.Id).Distinct()));

    [Theory]
    [InlineData("SPF-UNKNOWN-MECH", "v=spf1 ipv4:8.8.8.8 ipv6:2606:4700::1 ip:8.8.4.4 ~all", "v=spf1 ip4:8.8.8.8 ip6:2606:4700::1 ip4:8.8.4.4 ~all")]
    [InlineData("SPF-UNKNOWN-MECH", "v=spf1 include=a.example.net ~all", "v=spf1 include:a.example.net ~all")]
    [InlineData("SPF-UNKNOWN-MECH", "v=spf1 inlcude:a.example.net ~all", "v=spf1 include:a.example.net ~all")]
    [InlineData("SPF-UNKNOWN-MECH", "v=spf1 redirect:a.example.net", "v=spf1 redirect=a.example.net")]
    [InlineData("SPF-IP-SYNTAX", "v=spf1 ip4:2606:4700::1 ~all", "v=spf1 ip6:2606:4700::1 ~all")]
    [InlineData("SPF-IP-SYNTAX", "v=spf1 ip4:8.8.8.8, ~all", "v=spf1 ip4:8.8.8.8 ~all")]
    [InlineData("SPF-SYNTAX", "v=spf1 8.8.8.8 ~all", "v=spf1 ip4:8.8.8.8 ~all")]
    [InlineData("SPF-SYNTAX", "v=spf1 include:a.example.net ~all;", "v=spf1 include:a.example.net ~all")]
    [InlineData("SPF-VERSION", "v=spf1; a ~all", "v=spf1 a ~all")]
    [InlineData("SPF-VERSION", " v=spf1 a ~all", "v=spf1 a ~all")]
    [InlineData("SPF-IP-HOSTBITS", "v=spf1 ?ip4:8.8.8.8/24 ip6:2606:4700::1/32 ~all", "v=spf1 ?ip4:8.8.8.0/24 ip6:2606:4700::/32 ~all")]
    [InlineData("SPF-DUP-TERM", "v=spf1 a mx A ~all", "v=spf1 a mx ~all")]
    [InlineData("SPF-REDIRECT-DUP", "v=spf1 a redirect=b.example.net redirect=b.example.net", "v=spf1 a redirect=b.example.net")]
    [InlineData("SPF-UNKNOWN-MODIFIER", "v=spf1 a v=spf1 ~all", "v=spf1 a ~all")]
    public void A_finding_carries_the_corrected_record(string id, string text, string corrected)
    {
        CheckResult finding = Apply(text).Results.First(result => result.Id == id);

        Assert.Equal(corrected, Assert.IsType<TxtRecord>(Assert.Single(finding.Record)).Value);
        Assert.Equal(corrected, finding.Expected);
        Assert.DoesNotContain(Apply(corrected).Results, result => result.Id == id || result.Status == CheckStatus.Fail);
    }

    [Theory]
    [InlineData("v=spf1 foo:bar ~all")]
    [InlineData("v=spf1 ip4:8.8.8 ~all")]
    [InlineData("v=spf1 ip4:8.8.8.8/24 zzz ~all")]
    [InlineData("v=spf1 redirect=a.example.net redirect=b.example.net")]
    [InlineData("v=spf1 a:%{z}.example.net ~all")]
    [InlineData("v=spf1 a ~all mx exp=e.example.net")]
    [InlineData("v=spf1 a ~all redirect=b.example.net")]
    [InlineData("v=spf1 a ~all -all")]
    public void Without_a_certain_correction_there_is_none(string text) =>
        Assert.All(Apply(text).Results, result => Assert.Empty(result.Record));

    [Fact]
    public void The_message_says_what_and_where_and_is_safe_to_show()
    {
        CheckResult finding = Apply("v=spf1 ip4:8.8.8.\u001b[0m ~all").Results.Single(result => result.Status == CheckStatus.Fail);

        Assert.Contains("\"ip4:8.8.8.\\027[0m\"", finding.Message, StringComparison.Ordinal);
        Assert.Contains("character 18", finding.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', finding.Message + finding.Actual);
    }

    [Fact]
    public void A_long_record_is_counted_with_its_name()
    {
        const string Rest = "v=spf1 a:.example.net ~all";
        string fits = Rest.Insert("v=spf1 a:".Length, new string('a', 450 - "example.com".Length - Rest.Length));

        Assert.DoesNotContain(Apply(fits).Results, result => result.Id == "SPF-LENGTH");
        Assert.Contains("451 octets", Apply(fits + " ").Results.Single(result => result.Id == "SPF-LENGTH").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hostile_record_cannot_flood_the_findings()
    {
        string text = "v=spf1 " + string.Join(" ", Enumerable.Repeat("ptr x=y foo ip4:10.0.0.1/8", 2000));

        Assert.InRange(Apply(text).Results.Count, 1, 100);
    }
}
