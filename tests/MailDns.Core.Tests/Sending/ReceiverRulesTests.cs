using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Catalogue;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Sending;
using Xunit;

namespace MailDns.Core.Tests.Sending;

/// <summary>What mailbox providers ask for: met, not met, unknown, and what DNS cannot show.</summary>
public class ReceiverRulesTests
{
    [Fact]
    public async Task What_is_published_is_met_and_what_is_missing_is_not()
    {
        System.Net.IPAddress[] addresses = [System.Net.IPAddress.Parse("192.0.2.1")];
        IReadOnlyList<CheckResult> good = await CheckAsync(Good().Address("out.contoso.com", "192.0.2.1").Ptr("1.2.0.192.in-addr.arpa", "out.contoso.com"), addresses: addresses);
        IReadOnlyList<CheckResult> bad = await CheckAsync(new TableResolver(), addresses: addresses);
        Assert.All(ReceiverChecks.All.Where(check => check.Severity != CheckSeverity.Information), check =>
        {
            Assert.Equal(CheckStatus.Pass, One(good, check.Id).Status);
            Assert.Equal(check.Severity == CheckSeverity.Error ? CheckStatus.Fail : CheckStatus.Warning, One(bad, check.Id).Status);
        });
    }

    [Theory]
    [InlineData("MBP-GMAIL-SPF", "contoso.com", DnsRecordType.Txt)]
    [InlineData("MBP-GMAIL-DKIM", "ak._domainkey.contoso.com", DnsRecordType.Txt)]
    [InlineData("MBP-GMAIL-DMARC", "_dmarc.contoso.com", DnsRecordType.Txt)]
    [InlineData("MBP-GMX-REPLY", "contoso.com", DnsRecordType.Mx)]
    public async Task A_failed_lookup_is_unknown(string id, string name, object type)
    {
        // No bounce host, so that SPF is that of the domain.
        TableResolver zone = new TableResolver().Fail(name, (DnsRecordType)type, DnsResponseStatus.Timeout);
        Assert.Equal(CheckStatus.Unknown, One(await CheckAsync(zone, bounce: null), id).Status);
    }

    [Fact]
    public async Task What_dns_cannot_show_is_said_and_not_counted()
    {
        IReadOnlyList<CheckResult> results = await CheckAsync(Good());
        string[] hidden = ["TLS", "SPAM-RATE", "UNSUBSCRIBE", "PTR", "FORMAT"];
        Assert.All(hidden, token =>
        {
            CheckResult result = One(results, "MBP-GMAIL-" + token);
            Assert.Equal(CheckStatus.Info, result.Status);
            Assert.Contains("DNS cannot show this", result.Message, StringComparison.Ordinal);
        });
        Assert.Equal("Gmail: 4 of 4 requirements that DNS shows are met; 5 more it cannot show.", One(results, "MBP-GMAIL-READY").Message);
        Assert.Equal("Gmail: 0 of 4 requirements that DNS shows are met; 5 more it cannot show.", One(await CheckAsync(new TableResolver()), "MBP-GMAIL-READY").Message);
    }

    [Theory]
    [InlineData("out.contoso.com", CheckStatus.Pass)]
    [InlineData(null, CheckStatus.Fail)]
    public async Task Sending_addresses_that_are_told_have_names(string? host, CheckStatus expected)
    {
        TableResolver zone = Good().Address("out.contoso.com", "192.0.2.1");
        if (host is not null)
            zone.Ptr("1.2.0.192.in-addr.arpa", host);
        Assert.Equal(expected, One(await CheckAsync(zone, addresses: [System.Net.IPAddress.Parse("192.0.2.1")]), "MBP-GMAIL-PTR").Status);
    }

    [Fact]
    public async Task How_mail_is_sent_is_not_guessed()
    {
        CheckResult result = One(await CheckAsync(Good(), bounce: null), "MBP-GMAIL-ALIGN");
        Assert.Equal(CheckStatus.Info, result.Status);
        Assert.Contains("-Provider or -BounceHost", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_selectors_are_unknown_and_not_missing() =>
        Assert.Equal(CheckStatus.Unknown, One(await CheckAsync(new TableResolver(), selectors: []), "MBP-GMAIL-DKIM").Status);

    [Theory]
    [InlineData("v=DMARC1; p=none", CheckStatus.Fail)]
    [InlineData("v=DMARC1; p=none; rua=mailto:a@contoso.com", CheckStatus.Pass)]
    public async Task Laposte_wants_an_address_for_reports(string dmarc, CheckStatus expected) =>
        Assert.Equal(expected, One(await CheckAsync(new TableResolver().Txt("_dmarc.contoso.com", dmarc)), "MBP-LAPOSTE-DMARC").Status);

    [Fact]
    public async Task A_null_mx_takes_no_replies() =>
        Assert.Equal(CheckStatus.Fail, One(await CheckAsync(new TableResolver().Address("contoso.com", "192.0.2.1").Mx("contoso.com", 0, ".")), "MBP-GMX-REPLY").Status);

    [Fact]
    public async Task Only_the_receivers_that_were_named_are_judged()
    {
        IReadOnlyList<CheckResult> results = await CheckAsync(Good(), receivers: [MailReceiver.Yahoo]);
        Assert.Equal(CheckStatus.Pass, One(results, "MBP-YAHOO-SPF").Status);
        Assert.Equal(CheckStatus.NotApplicable, One(results, "MBP-GMAIL-SPF").Status);
    }

    [Fact]
    public void Every_requirement_has_a_stable_id_and_its_page()
    {
        Assert.Equal(ReceiverChecks.All.Count, ReceiverChecks.All.Select(check => check.Id).Distinct().Count());
        Assert.All(ReceiverChecks.All, check => Assert.StartsWith("https://", check.Reference, StringComparison.Ordinal));
        Assert.Equal(Enum.GetValues<MailReceiver>(), ReceiverChecks.Profiles.Select(profile => profile.Receiver));
    }

    private static CheckResult One(IEnumerable<CheckResult> results, string id) => Assert.Single(results, result => result.Id == id);

    private static TableResolver Good()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(2048);
        return new TableResolver()
            .Txt("contoso.com", "v=spf1 ip4:192.0.2.1 -all")
            .Mx("contoso.com", 10, "mx.contoso.com")
            .Address("mx.contoso.com", "192.0.2.2")
            .Txt("bounce.contoso.com", "v=spf1 ip4:192.0.2.1 -all")
            .Mx("bounce.contoso.com", 10, "mx.contoso.com")
            .Txt("ak._domainkey.contoso.com", "v=DKIM1; k=rsa; p=" + Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo()))
            .Txt("_dmarc.contoso.com", "v=DMARC1; p=none; rua=mailto:dmarc@contoso.com");
    }

    private static async Task<IReadOnlyList<CheckResult>> CheckAsync(
        TableResolver zone,
        string? bounce = "bounce.contoso.com",
        string[]? selectors = null,
        MailReceiver[]? receivers = null,
        System.Net.IPAddress[]? addresses = null)
    {
        var request = new SendingDomainRequest(DomainName.Parse("contoso.com"))
        {
            BounceHost = bounce is null ? null : DomainName.Parse(bounce),
            Addresses = addresses ?? [],
            Selectors = selectors ?? ["ak"],
            Receivers = receivers ?? Enum.GetValues<MailReceiver>(),
        };
        return (await Seen.In(SendingDomainChecker.CheckAsync(request, zone, CancellationToken.None))).Results;
    }
}
