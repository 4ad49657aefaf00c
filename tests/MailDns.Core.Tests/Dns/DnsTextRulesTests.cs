using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public class DnsTextRulesTests
{
    [Theory]
    [InlineData("DNS-TXT-QUOTES", "\"v=spf1 -all\"", "v=spf1 -all")]
    [InlineData("DNS-TXT-QUOTES", "v=DMARC1\\; p=none", "v=DMARC1; p=none")]
    [InlineData("DNS-TXT-NONASCII", "v=spf1 include:a.contoso.com\u00a0-all", "v=spf1 include:a.contoso.com -all")]
    [InlineData("DNS-TXT-NONASCII", "v=spf1 \u001b[31m-all", "v=spf1 -all")]
    [InlineData("DNS-LOOKALIKE-PLACEHOLDER", "v=DKIM1; p={vendorKey}", "v=DKIM1; p=")]
    [InlineData("DNS-LOOKALIKE-PLACEHOLDER", "v=DMARC1; rua=mailto:me@yourdomain.com", "v=DMARC1; rua=mailto:me@contoso.com")]
    [InlineData("DNS-RESERVED-NAME", "v=DMARC1; p=none; rua=mailto:report@example.com", "v=DMARC1; p=none; rua=mailto:report@contoso.com")]
    [InlineData("DNS-RESERVED-NAME", "v=spf1 include:spf.invalid -all", "v=spf1 include:spf.contoso.com -all")]
    public async Task A_fault_fires_and_its_repaired_twin_does_not(string id, string bad, string good)
    {
        Assert.Contains(id, await Fired(new TableResolver().Txt("contoso.com", bad)));
        Assert.DoesNotContain(id, await Fired(new TableResolver().Txt("contoso.com", good)));
    }

    [Theory]
    [InlineData("v=spf1 exists:%{i}._spf.contoso.com -all")]
    [InlineData("some-tool=\"quoted {braces}\"")]
    [InlineData("google-site-verification=caf\u00e9")]
    public async Task What_is_no_fault_of_mail_is_left_alone(string text) =>
        Assert.Empty(await Fired(new TableResolver().Txt("contoso.com", text)));

    [Fact]
    public async Task A_reserved_name_is_no_fault_in_a_reserved_domain()
    {
        var resolver = new TableResolver().Txt("example.com", "v=DMARC1; p=none; rua=mailto:report@example.com");
        Assert.Empty(await Fired(resolver, "example.com"));
    }

    [Fact]
    public async Task Terms_fused_at_a_string_border_fire_and_the_repaired_twin_does_not()
    {
        var fused = new TableResolver().TxtStrings("contoso.com", "v=spf1 include:a.contoso.com", "include:b.contoso.com -all");
        var apart = new TableResolver().TxtStrings("contoso.com", "v=spf1 include:a.contoso.com ", "include:b.contoso.com -all");
        Assert.Contains("DNS-TXT-JOIN-SPACE", await Fired(fused));
        Assert.DoesNotContain("DNS-TXT-JOIN-SPACE", await Fired(apart));
    }

    [Fact]
    public async Task Spf_split_over_records_fires_and_one_record_does_not()
    {
        Assert.Contains("DNS-TXT-SPLIT-AS-RECORDS", await Fired(new TableResolver().Txt("contoso.com", "v=spf1 mx", "include:a.contoso.com -all")));
        Assert.DoesNotContain("DNS-TXT-SPLIT-AS-RECORDS", await Fired(new TableResolver().Txt("contoso.com", "v=spf1 mx include:a.contoso.com -all", "other")));
    }

    [Fact]
    public async Task A_set_too_large_for_a_datagram_fires()
    {
        string[] tokens = Enumerable.Range(0, 20).Select(i => "some-verification=" + new string('x', 60) + i).ToArray();
        Assert.Contains("DNS-RESPONSE-SIZE", await Fired(new TableResolver().Txt("contoso.com", tokens)));
        Assert.DoesNotContain("DNS-RESPONSE-SIZE", await Fired(new TableResolver().Txt("contoso.com", tokens[0])));
    }

    private static async Task<string[]> Fired(TableResolver resolver, string domain = "contoso.com")
    {
        DomainName name = DomainName.Parse(domain);
        var sheet = Seen.In(new CheckSheet(domain));
        DnsResponse answer = await resolver.QueryTxtAsync(name, CancellationToken.None);
        DnsTextRules.Apply(name, new[] { answer }, sheet);
        Assert.All(sheet.Results, result => Assert.DoesNotContain('\u001b', result.Message));
        return sheet.Results.Select(result => result.Id).ToArray();
    }
}
