using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

public class ProviderFinderTests
{
    private static readonly ProviderIndex s_index = new(ProviderFixture.Catalog);

    // Signing domains, bounce domains, includes and targets of aliases: messages, reports and Find-SendingProvider ask the same.
    [Theory]
    [InlineData("contoso.onmicrosoft.com", "microsoft365")]
    [InlineData("selector1-contoso-com._domainkey.contoso.onmicrosoft.com", "microsoft365")]
    [InlineData("spf.protection.outlook.com", "microsoft365")]
    [InlineData("contoso-com.20230601.gappssmtp.com", "google-workspace")]
    [InlineData("_spf.google.com", "google-workspace")]
    [InlineData("amazonses.com", "amazon-ses")]
    [InlineData("abc.dkim.amazonses.com", "amazon-ses")]
    [InlineData("sendgrid.net", "sendgrid")]
    [InlineData("s1.domainkey.u1.wl2.sendgrid.net", "sendgrid")]
    [InlineData("mailgun.org", "mailgun")]
    [InlineData("mandrillapp.com", "mandrill")]
    [InlineData("servers.mcsv.net", "mailchimp")]
    [InlineData("pm.mtasv.net", "postmark")]
    [InlineData("sparkpostmail.com", "sparkpost")]
    [InlineData("a.mailjet.com", "mailjet")]
    [InlineData("spf.sendinblue.com", "brevo")]
    [InlineData("mail.brevo.com", "brevo")]
    [InlineData("12.hubspotemail.net", "hubspot")]
    [InlineData("cust-spf.exacttarget.com", "salesforce-marketing-cloud")]
    [InlineData("zohomail.com", "zoho-mail")]
    [InlineData("akmta.net", "altcraft")]
    [InlineData("notsendgrid.net", null)]
    [InlineData("sendgrid.net.example", null)]
    [InlineData("_spf.mx.cloudflare.net", "cloudflare-email-routing")]
    [InlineData("contoso.cdn.cloudflare.net", null)]
    [InlineData("contoso.com", null)]
    [InlineData("com", null)]
    [InlineData("co.uk", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void A_domain_of_a_platform_is_known_and_what_only_looks_like_it_is_not(string? domain, string? expected) =>
        Assert.Equal(expected, s_index.OwnerOf(domain)?.Id);


    // what stands in the zone; who sends: name, and "< underlying" or "?" for a leftover
    [Theory]
    [InlineData("@ TXT v=spf1 -all", "")]
    [InlineData("@ TXT v=spf1 ip4:192.0.2.1 a mx -all|@ MX mail.contoso.com", "")]
    [InlineData("@ TXT v=spf1 include:spf.protection.outlook.com -all|@ MX contoso-com.mail.protection.outlook.com|selector1._domainkey CNAME selector1-contoso-com._domainkey.contoso.onmicrosoft.com", "microsoft365")]
    [InlineData("selector1._domainkey CNAME selector1-contoso-com._domainkey.contoso.p-v1.dkim.mail.microsoft", "microsoft365")]
    [InlineData("@ TXT v=spf1 include:_spf.google.com include:sendgrid.net ~all|google._domainkey TXT v=DKIM1; k=rsa; p=AAAA|s1._domainkey CNAME s1.domainkey.u123.wl045.sendgrid.net|em123 CNAME u123.wl045.sendgrid.net", "google-workspace,sendgrid")]
    [InlineData("s1._domainkey CNAME s1.domainkey.u123.eu.wl.sendgrid.net", "sendgrid")]
    [InlineData("@ TXT v=spf1 include:_spf.contoso.com -all|_spf TXT v=spf1 include:spf.akmta.net -all", "altcraft?")]
    [InlineData("ac-bounces CNAME akmta.net|trk CNAME trk.aksend.net|ak._domainkey TXT v=DKIM1; p=AAAA", "altcraft")]
    [InlineData("@ TXT v=spf1 include:servers.mcsv.net -all", "mailchimp?")]
    [InlineData("k2._domainkey CNAME dkim2.mcsv.net|k3._domainkey CNAME dkim3.mcsv.net", "mailchimp")]
    [InlineData("pm-bounces CNAME pm.mtasv.net", "Postmark")]
    [InlineData("fbounces CNAME pm.mtasv.net", "fernand<postmark")]
    [InlineData("trustifi MX feedback-smtp.us-east-1.amazonses.com", "trustifi<amazon-ses")]
    [InlineData("send MX feedback-smtp.eu-west-1.amazonses.com|resend._domainkey TXT p=AAAA", "resend<amazon-ses")]
    [InlineData("@ TXT v=spf1 include:mail.zendesk.com include:_spf.vendor.example -all|_spf.vendor.example. TXT v=spf1 include:amazonses.com -all", "amazon-ses,zendesk")]
    [InlineData("@ TXT v=spf1 exists:%{i}.spf.hc1.iphmx.com -all", "cisco-secure-email")]
    [InlineData("@ TXT v=spf1 a:dispatch-eu.ppe-hosted.com -all", "proofpoint-essentials")]
    [InlineData("@ TXT v=spf1 redirect=_spf.yandex.net|@ MX mx.yandex.net", "yandex-360")]
    [InlineData("_dmarc CNAME contoso-com.palisade.email", "palisade")]
    [InlineData("_domainkey NS ns.vali.email", "valimail")]
    [InlineData("@ TXT google-site-verification=abc|@ TXT MS=ms123|@ TXT v=spf1 mx -all", "")]
    [InlineData("* CNAME pm.mtasv.net", "")]
    [InlineData("lm-bounces CNAME bounces.lmta.net|@ TXT v=spf1 include:spf.mailjet.com -all|mailjet._domainkey TXT k=rsa; p=AAAA", "lettermint,mailjet")]
    [InlineData("@ TXT v=spf1 include:outlook.com -all", "outlook-personalised")]
    [InlineData("brevo1._domainkey CNAME b1.contoso-com.dkim.brevo.com|@ TXT v=spf1 include:spf.brevo.com -all", "Brevo")]
    [InlineData("em CNAME contoso.example.net|s1._domainkey CNAME s1.other.example", "")]
    public async Task Who_sends_is_named_and_nobody_else(string records, string expected)
    {
        IReadOnlyList<SendingProviderMatch> found = (await ProviderFinder.FindAsync(DomainName.Parse("contoso.com"), s_index, Zone(records), CancellationToken.None)).Matches;
        Assert.Equal(expected, string.Join(",", found.Select(match => (match.Provider ?? match.Name) + (match.IsLeftover ? "?" : string.Empty) + (match.Underlying is null ? string.Empty : "<" + match.Underlying)).Order(StringComparer.OrdinalIgnoreCase)));
        Assert.All(found, match => Assert.NotEmpty(match.Evidence));
    }

    [Fact]
    public async Task A_failed_lookup_is_said()
    {
        (IReadOnlyList<SendingProviderMatch> matches, IReadOnlyList<string> failures) = await ProviderFinder.FindAsync(
            DomainName.Parse("contoso.com"), s_index, new TableResolver().FailName("contoso.com"), CancellationToken.None);
        Assert.Empty(matches);
        Assert.NotEmpty(failures);
    }

    [Fact]
    public async Task It_asks_about_as_much_as_a_check_of_the_domain()
    {
        TableResolver Busy() => Zone("@ TXT v=spf1 include:spf.protection.outlook.com include:sendgrid.net -all|@ MX contoso-com.mail.protection.outlook.com|s1._domainkey CNAME s1.domainkey.u1.wl1.sendgrid.net");
        TableResolver checkedZone = Busy();
        TableResolver foundZone = Busy();
        await SendingDomainChecker.CheckAsync(new SendingDomainRequest(DomainName.Parse("contoso.com")), new AliasFollowingResolver(checkedZone), CancellationToken.None);
        await ProviderFinder.FindAsync(DomainName.Parse("contoso.com"), s_index, new AliasFollowingResolver(foundZone), CancellationToken.None);
        int finder = foundZone.Questions.Distinct().Count();
        int check = checkedZone.Questions.Distinct().Count();
        Assert.True(finder <= check + 2, finder + " questions against " + check);
    }

    private static TableResolver Zone(string records)
    {
        var zone = new TableResolver();
        foreach (IGrouping<string, string[]> set in records.Split('|').Select(line => line.Split(' ', 3)).GroupBy(parts => parts[0] + " " + parts[1]))
        {
            string[] first = set.First();
            string owner = first[0] == "@" ? "contoso.com" : first[0].EndsWith('.') ? first[0].TrimEnd('.') : first[0] + ".contoso.com";
            switch (first[1])
            {
                case "TXT":
                    zone.Txt(owner, set.Select(parts => parts[2]).ToArray());
                    break;
                case "MX":
                    zone.Mx(owner, 10, first[2]);
                    break;
                case "NS":
                    zone.Add(owner, DnsRecordType.Ns, new NameData(DomainName.FromDns(first[2])));
                    break;
                default:
                    if (first[0] == "*")
                    {
                        foreach (string label in s_index.Hosts.Append("maildns-no-such-host").Append("maildns-no-such-host._domainkey"))
                            zone.Cname(label + ".contoso.com", first[2]);

                        break;
                    }

                    zone.Cname(owner, first[2]);
                    break;
            }
        }

        return zone;
    }
}
