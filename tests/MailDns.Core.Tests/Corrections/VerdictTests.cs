using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Dkim;
using MailDns.Core.Tests.Support;
using MailDns.Dane;
using MailDns.Diagnostics;
using MailDns.Dkim;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>Verdicts on what real zones hold: doubled names, aliases of nothing, line breaks, empty tags, slow patterns.</summary>
public class VerdictTests
{
    private const string Domain = "contoso.org";

    [Theory]
    [InlineData("contoso.org.contoso.org", "v=spf1 mx -all", "contoso.org")]
    [InlineData("_mta-sts.contoso.org.contoso.org", "v=STSv1; id=1", "_mta-sts.contoso.org")]
    [InlineData("_smtp._tls.contoso.org.contoso.org", "v=TLSRPTv1; rua=mailto:d@contoso.org", "_smtp._tls.contoso.org")]
    [InlineData("_dmarc.contoso.org.contoso.org", "v=DMARC1; p=none", "_dmarc.contoso.org")]
    public async Task A_name_that_has_the_zone_twice_is_found(string doubled, string text, string right)
    {
        CheckResult found = Single(await CheckAsync(new TableResolver().Address(Domain, "203.0.113.1").Txt(doubled, text)), "DNS-NAME-DOUBLED");
        Assert.Equal(CheckStatus.Fail, found.Status);
        Assert.Equal((right, text), (Assert.Single(found.Record).Fqdn, found.Record[0].ToString()));
        Assert.Equal(CheckStatus.Pass, Single(await CheckAsync(new TableResolver().Address(Domain, "203.0.113.1").Txt(right, text)), "DNS-NAME-DOUBLED").Status);
    }

    // What a wildcard answers with is published at none of the names where people put records by mistake.
    [Theory]
    [InlineData("v=spf1 -all")]
    [InlineData("v=DMARC1; p=reject")]
    [InlineData("v=STSv1; id=1")]
    [InlineData("v=TLSRPTv1; rua=mailto:d@contoso.org")]
    [InlineData("v=BIMI1; l=https://contoso.org/l.svg")]
    [InlineData("v=DKIM1; p=")]
    public async Task A_wildcard_is_no_record_in_a_wrong_place(string text)
    {
        string[] places = ["DNS-NAME-DOUBLED", "SPF-IN-WRONG-PLACE", "DMARC-WRONG-PLACE", "DMARC-SPF-AT-DMARC"];
        foreach (string more in new[] { string.Empty, "s1._domainkey TXT \"v=DKIM1; p=\"\n", "_dmarc TXT \"v=DMARC1; p=none\"\n" })
        {
            string zone = "$ORIGIN contoso.org.\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n* TXT \"" + text + "\"\n" + more;
            IReadOnlyList<CheckResult> results = await CheckAsync(new ZoneFileResolver([ZoneFileParser.Parse(zone, "contoso.org.zone", defaultOrigin: null)]));
            Assert.DoesNotContain(results, result => places.Contains(result.Id) && result.Status is CheckStatus.Fail or CheckStatus.Warning);
        }

        string own = "$ORIGIN contoso.org.\n@ SOA ns h 1 2 3 4 5\n@ NS ns\n_dmarc TXT \"v=spf1 mx -all\"\ndmarc TXT \"v=DMARC1; p=none\"\n_mta-sts.contoso.org TXT \"v=STSv1; id=1\"\n";
        IReadOnlyList<CheckResult> found = await CheckAsync(new ZoneFileResolver([ZoneFileParser.Parse(own, "contoso.org.zone", defaultOrigin: null)]));
        Assert.All(places, id => Assert.Contains(found, result => result.Id == id && result.Status is CheckStatus.Fail or CheckStatus.Warning));
    }

    [Fact]
    public void An_address_is_not_a_domain()
    {
        foreach (string address in new[] { "192.0.2.1", "192.0.2.1 ", "2001:db8::1", "::1", "::ffff:192.0.2.1", "10.1" })
        {
            Assert.False(DomainName.TryParse(address, out _, out string reason));
            Assert.Contains("IP address", reason, System.StringComparison.Ordinal);
        }

        Assert.True(DomainName.TryParse("1.2.0.192.in-addr.arpa", out _, out _));
    }

    // A record that is broken is not offered for the right name.
    [Fact]
    public async Task A_broken_record_at_a_doubled_name_is_not_offered() =>
        Assert.Empty(Single(await CheckAsync(new TableResolver().Address(Domain, "203.0.113.1").Txt("_dmarc.contoso.org.contoso.org", "v=DMARC1, p=reject")), "DNS-NAME-DOUBLED").Record);

    [Theory]
    [InlineData("_dmarc")]
    [InlineData("_mta-sts")]
    [InlineData("_smtp._tls")]
    [InlineData("default._bimi")]
    public async Task An_alias_of_nothing_is_the_fault(string label)
    {
        CheckResult found = (await CheckAsync(new TableResolver().Txt(Domain, "v=spf1 -all").Cname(label + "." + Domain, "gone.vendor.test")))
            .First(result => result.Id == "DNS-CNAME-DANGLING" && result.Status == CheckStatus.Fail);
        Assert.Contains("gone.vendor.test", found.Message, StringComparison.Ordinal);
        IReadOnlyList<CheckResult> well = await CheckAsync(new TableResolver().Txt(Domain, "v=spf1 -all").Cname(label + "." + Domain, "there.vendor.test").Txt("there.vendor.test", "v=DMARC1; p=none"));
        Assert.DoesNotContain(well, result => result.Id == "DNS-CNAME-DANGLING" && result.Status == CheckStatus.Fail);
    }

    // RFC 6672 section 3.1: the alias is one that the DNAME makes, and what is optional is not used.
    [Fact]
    public async Task A_dname_makes_no_alias_of_nothing()
    {
        const string Zone = "$ORIGIN contoso.org.\n$TTL 3600\n@ SOA ns1.contoso.net. h 1 2 3 4 5\n@ NS ns1.contoso.net.\n@ DNAME contoso.net.\n@ MX 10 mail.contoso.net.\n@ TXT \"v=spf1 mx -all\"\n";
        const string Target = "$ORIGIN contoso.net.\n$TTL 3600\n@ SOA ns1 h 1 2 3 4 60\n@ NS ns1\n@ MX 10 mail\n@ TXT \"v=spf1 mx -all\"\nns1 A 192.0.2.53\nmail A 203.0.113.25\n_dmarc TXT \"v=DMARC1; p=reject; rua=mailto:d@contoso.net\"\n";
        IReadOnlyList<CheckResult> results = await CheckAsync(new AliasFollowingResolver(new ZoneFileResolver([ZoneFileParser.Parse(Zone, "a", defaultOrigin: null), ZoneFileParser.Parse(Target, "b", defaultOrigin: null)])));
        Assert.DoesNotContain(results, result => result.Status == CheckStatus.Fail && result.Id is "DNS-CNAME-DANGLING" or "DNS-NAME-SYNTAX");
        Assert.DoesNotContain(results, result => result.Status == CheckStatus.Warning && result.Id is "DNS-WILDCARD" or "DKIM-WILDCARD");
    }

    [Theory]
    [InlineData("v=BIMI1; l=https://a.example/1.svg,https://a.example/2.svg", "more than one URI", 0)]
    [InlineData("v=BIMI1; l=https://a.example/1,2.svg", "%2C", 1)]
    public async Task A_list_of_logos_is_not_one_logo(string text, string message, int records)
    {
        CheckResult found = Single(await CheckAsync(new TableResolver().Txt(Domain, "v=spf1 -all").Txt("default._bimi." + Domain, text)), "BIMI-URI-COMMA");
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Equal(records, found.Record.Length);
    }

    [Fact]
    public async Task Nothing_can_be_published_beside_an_alias_of_nothing()
    {
        CheckResult missing = Single(await CheckAsync(new TableResolver().Txt(Domain, "v=spf1 -all").Cname("_dmarc.contoso.org", "gone.vendor.test")), "DMARC-MISSING");
        Assert.Contains("Remove the CNAME", missing.Recommendation, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; rua=")]
    [InlineData("v=DMARC1; p=reject; rua=;")]
    [InlineData("v=DMARC1; p=reject")]
    public async Task An_empty_rua_asks_for_nothing(string text) =>
        Assert.Equal(CheckStatus.Warning, Single(await CheckAsync(new TableResolver().Txt("_dmarc.contoso.org", text)), "DMARC-RUA-MISSING").Status);

    // RFC 9989 section 4.8: dmarc-urilist allows *WSP around the comma.
    [Theory]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.org,\tmailto:b@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.org\t,mailto:b@contoso.org")]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@contoso.org, mailto:b@contoso.org")]
    public void White_space_between_report_addresses_drops_none(string text)
    {
        DmarcRecord record = DmarcParser.Read(text);
        Assert.Equal(2, record.AggregateReportUri.Length);
        Assert.Equal(DmarcPolicy.Reject, record.Policy);
    }

    // RFC 6376 section 2.8: FWS = [*WSP CRLF] 1*WSP.
    [Theory]
    [InlineData("v=DKIM1;\nk=rsa; p=", true)]
    [InlineData("v=DKIM1;\rk=rsa; p=", true)]
    [InlineData("v=DKIM1;\r\nk=rsa; p=", true)]
    [InlineData("v=DKIM1; k=rsa; p=\n", true)]
    [InlineData("v=DKIM1;\r\n k=rsa; p=\r\n\t", false)]
    public void A_line_break_that_folds_nothing_is_told(string start, bool isTold) =>
        Assert.Equal(isTold, DkimKeyParser.Read(start + TestKeys.Rsa2048).Faults.Any(fault => fault.Check == DkimChecks.Syntax));

    [Fact]
    public void What_a_key_record_should_be_is_never_shown_raw()
    {
        var sheet = new CheckSheet(Domain);
        DomainName name = DomainName.Parse(Domain);
        string text = "v=DKIM1; k=RSA; x=a\r\n   Status : Pass\r\n ; p=" + TestKeys.Rsa2048;
        DkimTextRules.Apply(DkimKeyParser.Read(text), sheet, corrected => new TxtRecord(name, name, corrected, TimeSpan.Zero, RecordPurpose.Dkim));
        Assert.All(sheet.Results, result => Assert.DoesNotContain(result.Message + result.Expected + result.Actual, c => c is < ' ' or > '~'));
        Assert.All(sheet.Results.SelectMany(result => result.Record), record => Assert.DoesNotContain(record.ToString()!, c => c is < ' ' or > '~'));
    }

    [Theory]
    [InlineData("-----BEGIN CERTIFICATE-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN CERTIFICATE----------END CERTIFICATE-----")]
    [InlineData("-----END CERTIFICATE----------BEGIN CERTIFICATE-----")]
    public void A_certificate_file_without_content_is_refused_in_own_words(string file)
    {
        FormatException refusal = Assert.Throws<FormatException>(() => TlsaCertificate.Read(Encoding.ASCII.GetBytes(file)));
        Assert.Contains("certificate", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("non-negative", refusal.Message, StringComparison.Ordinal);
    }

    private static CheckResult Single(IReadOnlyList<CheckResult> results, string id) => results.Single(result => result.Id == id);

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(IDnsResolver resolver) =>
        (await SendingDomainChecker.CheckAsync(new SendingDomainRequest(DomainName.Parse(Domain)), resolver, CancellationToken.None)).Results;
}
