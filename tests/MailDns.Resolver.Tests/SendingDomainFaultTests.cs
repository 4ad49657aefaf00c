using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.Sending;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>
/// Never a wrong word: what the check of a sending domain says over real sockets when DNS lies, is silent, or holds what
/// control panels make of records. What is not known is Unknown; it is never missing, wrong, or right.
/// </summary>
public abstract class SendingDomainFaultTests : AskingTests
{
    private protected SendingDomainFaultTests(ExchangeKind kind)
        : base(kind)
    {
    }

    public sealed class OverPooledSockets() : SendingDomainFaultTests(ExchangeKind.Pooled);

    public sealed class OverDnsClient() : SendingDomainFaultTests(ExchangeKind.DnsClient);

    private const string Domain = "contoso.com";

    // One domain without a fault, and its sending server.
    private static TestZone Zone(string spf = "v=spf1 mx -all", string dmarc = "v=DMARC1; p=reject; rua=mailto:dmarc@contoso.com") => new TestZone()
        .Txt(Domain, spf)
        .A(Domain, "203.0.113.10")
        .Mx(Domain, 10, "mx.contoso.com")
        .A("mx.contoso.com", "203.0.113.25")
        .Txt("mx.contoso.com", "v=spf1 a -all")
        .Txt("s1._domainkey.contoso.com", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        .Txt("_dmarc.contoso.com", dmarc)
        .Ptr("25.113.0.203.in-addr.arpa", "mx.contoso.com");

    // Everything fails.
    [Theory]
    [InlineData(DnsFaultKind.Timeout)]
    [InlineData(DnsFaultKind.ServFail)]
    [InlineData(DnsFaultKind.Refused)]
    [InlineData(DnsFaultKind.FormErr)]
    [InlineData(DnsFaultKind.NotImp)]
    [InlineData(DnsFaultKind.LameDelegation)]
    [InlineData(DnsFaultKind.UpwardReferral)]
    [InlineData(DnsFaultKind.CnameLoop)]
    [InlineData(DnsFaultKind.MalformedPacket)]
    [InlineData(DnsFaultKind.RandomOctets)]
    [InlineData(DnsFaultKind.GarbageData)]
    [InlineData(DnsFaultKind.WrongId)]
    [InlineData(DnsFaultKind.WrongQuestion)]
    public async Task Where_nothing_is_answered_nothing_is_said(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        server.AddFault(new DnsFault(kind));
        IReadOnlyList<CheckResult> results = await Check(server, 0.4);

        // aliases in a loop are a fault of the zone, which is known; all else is not
        string known = kind == DnsFaultKind.CnameLoop ? "DNS-CNAME-LOOP=Fail" : string.Empty;
        Assert.Equal(known, string.Join(" ", results.Where(result => result.Status is not (CheckStatus.Unknown or CheckStatus.NotApplicable)).Select(Line)));
        foreach (string id in new[] { "SPF-MISSING", "DKIM-MISSING", "DMARC-MISSING", "MX-MISSING", "PTR-MISSING", "HELO-UNRESOLVED", "DNS-NXDOMAIN", "DNS-LOOKUP-FAILED" })
            Assert.Equal(id + "=Unknown", Line(results.First(result => result.Id == id)));
    }

    [Theory]
    [InlineData(TcpMode.Refused)]
    [InlineData(TcpMode.Close)]
    public async Task Truncated_with_tcp_blocked_is_told_and_nothing_else(TcpMode mode)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone(), new LoopbackDnsServerOptions { Tcp = mode });
        server.AddFault(DnsFault.Truncate);
        IReadOnlyList<CheckResult> results = await Check(server);
        Assert.Equal("DNS-TCP-FAIL=Fail", string.Join(" ", results.Where(result => result.Status is not (CheckStatus.Unknown or CheckStatus.NotApplicable)).Select(Line)));
    }

    // One question fails: its own checks are Unknown, and no other verdict changes but into Unknown.
    [Theory]
    [InlineData(Domain, "TXT", "SPF-MISSING SPF-MULTIPLE DNS-NXDOMAIN DNS-TXT-QUOTES DNS-NAME-SYNTAX")]
    [InlineData(Domain, "MX", "MX-MISSING MX-CNAME MX-UNRESOLVED MX-NULL-SYNTAX MX-NULL-SENDING SPF-SUBDOMAIN-GAP")]
    [InlineData("mx.contoso.com", "A", "MX-CNAME MX-UNRESOLVED PTR-FORWARD HELO-UNRESOLVED")]
    [InlineData("s1._domainkey.contoso.com", "TXT", "DKIM-MISSING DKIM-MULTIPLE DKIM-REVOKED DNS-NAME-DOUBLED")]
    [InlineData("_dmarc.contoso.com", "TXT", "DMARC-MISSING DMARC-MULTIPLE DMARC-P-NONE DNS-NAME-DOUBLED")]
    [InlineData("_dmarc.com", "TXT", "")]
    [InlineData("default._bimi.contoso.com", "TXT", "BIMI-MISSING DNS-NAME-DOUBLED")]
    [InlineData("contoso.com.contoso.com", "TXT", "")]
    [InlineData("maildns-wildcard-probe.contoso.com", "TXT", "DNS-WILDCARD")]
    [InlineData("25.113.0.203.in-addr.arpa", "PTR", "PTR-MISSING PTR-FORWARD PTR-GENERIC")]
    public async Task One_failed_lookup_makes_its_own_checks_unknown(string name, string type, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(Zone());
        Dictionary<string, CheckResult[]> before = (await Check(server)).GroupBy(result => result.Id).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (DnsFault fault in new[] { DnsFault.ServFail, DnsFault.Refused, DnsFault.LameDelegation, DnsFault.UpwardReferral, DnsFault.Timeout })
        {
            server.ClearFaults();
            server.AddFault(name, type, fault);
            IReadOnlyList<CheckResult> after = await Check(server, fault.Kind is DnsFaultKind.Timeout ? 1 : 10);

            foreach (string id in expected.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                Assert.Contains(after, result => result.Id == id && result.Status == CheckStatus.Unknown);
            Assert.Contains(after, result => result is { Id: "DNS-LOOKUP-FAILED", Status: CheckStatus.Unknown } && result.Message.Contains(name + " " + type, StringComparison.Ordinal));
            string[] wrong = after
                .Where(result => result.Status is not (CheckStatus.Unknown or CheckStatus.NotApplicable) && !before[result.Id].Any(item => item.Status == result.Status))
                .Select(Line)
                .ToArray();
            Assert.True(wrong.Length == 0, fault.Kind + ": " + string.Join(" ", wrong));
        }
    }

    // What is an answer is no failure: nothing there, in its two forms, and aliases that lead nowhere.
    [Theory]
    [InlineData("a domain without records of its own", "SPF-MISSING=Fail MX-MISSING=Warning DMARC-MISSING=Fail DNS-NXDOMAIN=Pass DNS-LOOKUP-FAILED=Pass")]
    [InlineData("no such domain", "SPF-MISSING=Fail MX-MISSING=Warning DMARC-MISSING=Fail DNS-NXDOMAIN=Fail DNS-LOOKUP-FAILED=Pass")]
    [InlineData("an alias of nothing", "SPF-MISSING=Fail MX-MISSING=Warning DNS-LOOKUP-FAILED=Pass")]
    [InlineData("aliases in a circle", "SPF-MISSING=Unknown MX-MISSING=Unknown DNS-NXDOMAIN=Unknown DNS-LOOKUP-FAILED=Unknown")]
    [InlineData("an exchanger that is an alias in a circle", "MX-CNAME=Fail MX-UNRESOLVED=Unknown")]
    [InlineData("an exchanger that is an alias of nothing", "MX-CNAME=Fail MX-UNRESOLVED=Fail")]
    [InlineData("a selector that is an alias in a circle", "DKIM-MISSING=Unknown DNS-LOOKUP-FAILED=Unknown")]
    [InlineData("a selector that is an alias of nothing", "DKIM-CNAME-TARGET=Fail DNS-LOOKUP-FAILED=Pass")]
    [InlineData("a null MX beside exchangers", "MX-NULL-SYNTAX=Fail MX-NULL-SENDING=Pass")]
    [InlineData("a null MX", "MX-NULL-SENDING=Fail MX-NULL-SYNTAX=Pass")]
    public async Task What_is_not_there_is_told_from_what_is_not_known(string what, string expected)
    {
        TestZone zone = what switch
        {
            "a domain without records of its own" => new TestZone().A("www.contoso.com", "203.0.113.80"),
            "no such domain" => new TestZone().A("www.fabrikam.com", "203.0.113.80"),
            "an alias of nothing" => new TestZone().Cname(Domain, "gone.fabrikam.com"),
            "aliases in a circle" => new TestZone().Cname(Domain, "a.fabrikam.com").Cname("a.fabrikam.com", Domain),
            "an exchanger that is an alias in a circle" => new TestZone().Mx(Domain, 10, "a.fabrikam.com").Cname("a.fabrikam.com", "b.fabrikam.com").Cname("b.fabrikam.com", "a.fabrikam.com"),
            "an exchanger that is an alias of nothing" => new TestZone().Mx(Domain, 10, "a.fabrikam.com").Cname("a.fabrikam.com", "gone.fabrikam.com"),
            "a selector that is an alias in a circle" => new TestZone().Cname("s1._domainkey.contoso.com", "a.fabrikam.com").Cname("a.fabrikam.com", "s1._domainkey.contoso.com"),
            "a selector that is an alias of nothing" => new TestZone().Cname("s1._domainkey.contoso.com", "gone.fabrikam.com"),
            "a null MX beside exchangers" => Zone().Mx(Domain, 0, "."),
            "a null MX" => new TestZone().Mx(Domain, 0, ".").Txt(Domain, "v=spf1 ip4:203.0.113.25 -all"),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        await AssertAsync(zone, expected);
    }

    // What control panels, copying and wildcards make of records.
    [Theory]
    [InlineData("quotes in the value", "DNS-TXT-QUOTES=Fail SPF-MISSING=Fail")]
    [InlineData("smart quotes in the value", "DNS-TXT-NONASCII=Fail SPF-MISSING=Fail")]
    [InlineData("a no-break space in the value", "DNS-TXT-NONASCII=Fail DMARC-MISSING=Pass")]
    [InlineData("backslashes before semicolons", "DNS-TXT-QUOTES=Fail")]
    [InlineData("the zone's name typed twice", "DNS-NAME-DOUBLED=Fail DMARC-MISSING=Fail")]
    [InlineData("a wildcard with a text", "DNS-WILDCARD=Warning DKIM-WILDCARD=Warning DMARC-MISSING=Pass")]
    [InlineData("a wildcard with a DMARC record", "DNS-WILDCARD=Warning")]
    [InlineData("a wildcard that is an alias", "DNS-WILDCARD=Warning")]
    [InlineData("a name in Unicode", "DNS-IDN-ULABEL=Warning DNS-TXT-NONASCII=Fail")]
    [InlineData("a label too long", "DNS-NAME-LENGTH=Fail")]
    [InlineData("an exchanger with an underscore", "DNS-NAME-SYNTAX=Fail")]
    [InlineData("an address as exchanger", "MX-IP=Fail")]
    [InlineData("no fault", "DNS-TXT-QUOTES=Pass DNS-TXT-NONASCII=Pass DNS-NAME-DOUBLED=Pass DNS-WILDCARD=Pass DNS-NAME-LENGTH=Pass DNS-NAME-SYNTAX=Pass DNS-IDN-ULABEL=Pass DNS-IDN-INVALID=Pass DNS-TCP-FAIL=Pass MX-IP=Pass SPF-MISSING=Pass DMARC-MISSING=Pass DKIM-MISSING=Pass PTR-FORWARD=Pass PTR-GENERIC=Pass HELO-UNRESOLVED=Pass")]
    public async Task What_control_panels_make_of_records_is_told(string what, string expected)
    {
        TestZone zone = what switch
        {
            "quotes in the value" => Zone(spf: "\"v=spf1 mx -all\""),
            "smart quotes in the value" => Zone(spf: Octets("\u201Cv=spf1 mx -all\u201D")),
            "a no-break space in the value" => Zone(dmarc: "v=DMARC1; p=reject;" + Octets("\u00A0") + "rua=mailto:dmarc@contoso.com"),
            "backslashes before semicolons" => Zone(dmarc: "v=DMARC1\\; p=reject\\; rua=mailto:dmarc@contoso.com"),
            "the zone's name typed twice" => new TestZone().Txt(Domain, "v=spf1 -all").Txt("_dmarc.contoso.com.contoso.com", "v=DMARC1; p=reject; rua=mailto:a@contoso.com"),
            "a wildcard with a text" => Zone().Txt("*.contoso.com", "hello").Txt("*._domainkey.contoso.com", "hello"),
            "a wildcard with a DMARC record" => new TestZone().Txt(Domain, "v=spf1 -all").Txt("*.contoso.com", "v=DMARC1; p=none"),
            "a wildcard that is an alias" => new TestZone().Txt(Domain, "v=spf1 -all").Cname("*.contoso.com", "parking.fabrikam.com").A("parking.fabrikam.com", "203.0.113.80"),
            "a name in Unicode" => Zone(spf: "v=spf1 include:" + Octets("m\u00FCnchen.example") + " -all"),
            "a label too long" => Zone(spf: "v=spf1 include:" + new string('a', 64) + ".fabrikam.com -all"),
            "an exchanger with an underscore" => Zone().Mx(Domain, 20, "my_mx.contoso.com").A("my_mx.contoso.com", "203.0.113.26"),
            "an address as exchanger" => Zone().Mx(Domain, 20, "203.0.113.26"),
            "no fault" => Zone(),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        await AssertAsync(zone, expected);
    }

    private async Task AssertAsync(TestZone zone, string expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(zone);
        IReadOnlyList<CheckResult> results = await Check(server);
        string[] ids = [.. expected.Split(' ').Select(pair => pair.Split('=')[0])];
        string actual = string.Join(" ", ids.Select(id => Line(results.First(result => result.Id == id))));
        Assert.True(expected == actual, actual + "\n" + string.Join("\n", ids.Select(id => results.First(result => result.Id == id).Message)));
    }

    private static string Line(CheckResult result) => result.Id + "=" + result.Status;

    private static string Octets(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    // The stack that the module builds.
    private async Task<IReadOnlyList<CheckResult>> Check(LoopbackDnsServer server, double seconds = 10) => (await SendingDomainChecker.CheckAsync(
        new SendingDomainRequest(DomainName.Parse(Domain))
        {
            Selectors = ["s1"],
            Addresses = [IPAddress.Parse("203.0.113.25")],
            HeloNames = [DomainName.Parse("mx.contoso.com")],
        },
        new AliasFollowingResolver(new CachingResolver(Ask.Resolver(seconds, 1, server.EndPoint), static () => TimeSpan.Zero)),
        CancellationToken.None)).Results;
}
