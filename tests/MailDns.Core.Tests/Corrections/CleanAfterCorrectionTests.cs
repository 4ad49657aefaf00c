using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Corrections;

/// <summary>What is corrected comes out clean: a corrected record laid over the zone removes its finding and brings no new error.</summary>
public class CleanAfterCorrectionTests
{
    private const string Domain = "contoso.org";

    [Fact]
    public Task Spf() => CheckAsync(BrokenTexts.Spf.Select(sample => sample.Broken), Domain);

    [Fact]
    public Task Dmarc() => CheckAsync(BrokenTexts.Dmarc.Select(sample => sample.Broken), "_dmarc." + Domain);

    [Fact]
    public Task Bimi() => CheckAsync(BrokenTexts.Of("v=BIMI1; l=https://contoso.org/a,b.svg; a=https://contoso.org/vmc.pem; avp=brand", "BIMI1"), "default._bimi." + Domain);

    [Fact]
    public Task TlsRpt() => CheckAsync(BrokenTexts.Of("v=TLSRPTv1; rua=mailto:d@contoso.org,https://contoso.org/tls", "TLSRPTv1"), "_smtp._tls." + Domain);

    [Fact]
    public Task MtaSts() => CheckAsync(BrokenTexts.Of("v=STSv1; id=20260101T000000Z; ext=1", "STSv1"), "_mta-sts." + Domain);

    private static async Task CheckAsync(Gen<string> broken, string owner)
    {
        int fixes = 0;
        await FixedSamples.CheckAsync(
            broken,
            120,
            text => text,
            async text =>
            {
                TableResolver zone = Zone(owner, text);
                IReadOnlyList<CheckResult> before = await ReadAsync(zone);
                foreach (CheckResult finding in before.Where(result => result.Record.Length == 1 && result.Record[0].Fqdn == owner))
                {
                    fixes++;
                    IReadOnlyList<CheckResult> after = await ReadAsync(new OverlayResolver(zone, finding.Record));
                    Assert.DoesNotContain(after, result => result.Id == finding.Id && result.Status is CheckStatus.Fail or CheckStatus.Warning);
                    string[] failed = before.Where(result => result.Status == CheckStatus.Fail).Select(result => result.Id).ToArray();
                    Assert.DoesNotContain(after, result => result.Status == CheckStatus.Fail && !failed.Contains(result.Id));
                }
            });
        Assert.True(fixes > 20, fixes + " findings had a corrected record.");
    }

    private static async Task<IReadOnlyList<CheckResult>> ReadAsync(IDnsResolver resolver) =>
        (await SendingDomainChecker.CheckAsync(new SendingDomainRequest(DomainName.Parse(Domain)), resolver, CancellationToken.None)).Results;

    // A domain that is well but for the broken text; what its records lead to is there.
    private static TableResolver Zone(string owner, string broken)
    {
        var texts = new Dictionary<string, string>
        {
            [Domain] = "v=spf1 mx -all",
            ["_dmarc." + Domain] = "v=DMARC1; p=reject; rua=mailto:d@contoso.org",
            ["default._bimi." + Domain] = "v=BIMI1; l=https://contoso.org/logo.svg; a=https://contoso.org/vmc.pem",
            ["_smtp._tls." + Domain] = "v=TLSRPTv1; rua=mailto:d@contoso.org",
            ["_mta-sts." + Domain] = "v=STSv1; id=1",
        };
        texts[owner] = broken;
        var zone = new TableResolver();
        foreach (KeyValuePair<string, string> text in texts)
            zone.Txt(text.Key, text.Value);

        foreach (string vendor in new[] { "spf.fabrikam.com", "_spf.vendor.test", "spf.other.test", "_spf.contoso.net" })
            zone.Txt(vendor, "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 -all");

        return zone
            .Mx(Domain, 10, "mail." + Domain)
            .Mx("contoso.net", 10, "mail.contoso.net")
            .Address(Domain, "203.0.113.1", "2001:db8::1")
            .Address("mail." + Domain, "203.0.113.2", "2001:db8::2")
            .Address("mail.contoso.net", "203.0.113.3", "2001:db8::3")
            .Address("mta-sts." + Domain, "203.0.113.4")
            .Mx("vendor.test", 10, "mail.contoso.net")
            .Txt(Domain + "._report._dmarc.vendor.test", "v=DMARC1;");
    }
}
