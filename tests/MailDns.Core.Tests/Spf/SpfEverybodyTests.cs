using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Diagnostics;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

/// <summary>Authorising everybody is an error however it is written (RFC 7208 section 11).</summary>
public class SpfEverybodyTests
{
    private static readonly DomainName s_domain = DomainName.Parse("example.com");

    [Theory]
    [InlineData("ip4:0.0.0.0/0", true)]
    [InlineData("ip4:0.0.0.0/1 ip4:128.0.0.0/1", true)]
    [InlineData("ip4:0.0.0.0/2 ip4:64.0.0.0/2 ip4:128.0.0.0/2 ip4:192.0.0.0/2", true)]
    [InlineData("ip4:1.0.0.0/8 ip4:2.0.0.0/7 ip4:4.0.0.0/6 ip4:8.0.0.0/5 ip4:16.0.0.0/4 ip4:32.0.0.0/3 ip4:64.0.0.0/2 ip4:128.0.0.0/2 ip4:192.0.0.0/3", true)]
    [InlineData("ip6:::/0", true)]
    [InlineData("ip6:2000::/3", true)]
    [InlineData("ip6:2000::/4 ip6:3000::/4", true)]
    [InlineData("a/0", true)]
    [InlineData("mx/0", true)]
    [InlineData("a//0", true)]
    [InlineData("mx:example.net/24//0", true)]
    [InlineData("+ip4:0.0.0.0/0", true)]
    [InlineData("-ip4:192.0.2.1 ip4:0.0.0.0/0", true)]
    [InlineData("ip4:0.0.0.0/0 -ip4:0.0.0.0/0", true)]
    [InlineData("-ip4:0.0.0.0/0 ip4:0.0.0.0/0", false)]
    [InlineData("?ip4:0.0.0.0/0", false)]
    [InlineData("~a/0", false)]
    [InlineData("ip4:8.0.0.0/8", false)]
    [InlineData("ip4:8.8.8.0/24 ip6:2001:4860::/32", false)]
    public void A_records_own_terms(string terms, bool everybody)
    {
        var sheet = new CheckSheet(s_domain.Text);
        SpfTextRules.Apply(s_domain, SpfParser.Read("v=spf1 " + terms + " -all"), sheet, toRecord: null);
        Assert.Equal(everybody, sheet.Results.Any(result => result.Id == "SPF-ALL-PASS" && result.Status == CheckStatus.Fail));

        // The same when a mechanism is added, and when a record is made.
        Assert.Equal(everybody, SpfRecordBuilder.Warnings(s_domain, "v=spf1 " + terms + " -all").Any(warning => warning.StartsWith("SPF-ALL-PASS", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("include:w.example.net", "v=spf1 ip4:0.0.0.0/0 -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 ip4:0.0.0.0/1 ip4:128.0.0.0/1 -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 a:host.example.net/0 -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 a:host.example.net//0 -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 exists:host.example.net -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 +all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("include:w.example.net", "v=spf1 include:x.example.net -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("redirect=w.example.net", "v=spf1 ip6:::/0 -all", "SPF-INCLUDE-ALLPASS")]
    [InlineData("exists:host.example.net", "", "SPF-ALL-PASS")]
    [InlineData("a:host.example.net/0", "", "SPF-ALL-PASS")]
    [InlineData("include:w.example.net", "v=spf1 exists:gone.example.net -all", "")]
    [InlineData("include:w.example.net", "v=spf1 ip4:8.8.8.0/24 -all", "")]
    [InlineData("include:w.example.net", "v=spf1 ?all", "")]
    public async Task What_a_record_leads_to(string term, string included, string id)
    {
        string end = term.StartsWith("redirect", StringComparison.Ordinal) ? string.Empty : " -all";
        TableResolver zone = new TableResolver()
            .Txt("example.com", "v=spf1 " + term + end)
            .Txt("w.example.net", included)
            .Txt("x.example.net", "v=spf1 ip4:0.0.0.0/0 -all")
            .Address("host.example.net", "8.8.8.8", "2001:4860::1");
        SpfStatus status = await SpfStatusReader.ReadAsync(s_domain, zone, CancellationToken.None);
        string[] failed = status.Results.Where(result => result.Status == CheckStatus.Fail && result.Id is "SPF-ALL-PASS" or "SPF-INCLUDE-ALLPASS").Select(result => result.Id).Distinct().ToArray();
        Assert.Equal(id, string.Join(" ", failed));

        // Nothing says that the record authorises nobody it should not.
        Assert.Equal(id.Length == 0, status.Results.Any(result => result.Id == "SPF-ALL-PASS" && result.Status == CheckStatus.Pass));
    }

    [Fact]
    public void Any_set_of_networks_that_covers_a_third_of_the_internet_is_told() =>
        FixedSamples.Check(
            Gen.Select(Gen.UInt, Gen.Int[1, 12]).Array[1, 40],
            2_000,
            networks => string.Join(" ", networks.Select(network => AddressBits.IPv4(network.Item1) + "/" + network.Item2)),
            networks =>
            {
                string terms = string.Join(" ", networks.Select(network => "ip4:" + AddressBits.IPv4(network.Item1).Network(network.Item2) + "/" + network.Item2));
                AddressSet set = AddressSet.UnionOf(networks.Select(network => AddressSet.Of(AddressBlock.Create(AddressBits.IPv4(network.Item1), network.Item2))).ToArray());
                AddressSet outside = AddressSet.Of(AddressBlock.Create(AddressBits.IPv4(0), 8)).Union(AddressSet.Of(AddressBlock.Create(AddressBits.IPv4(0xE0000000), 3)));
                bool covers = set.Subtract(outside).IPv4Count >= AddressSet.AllIPv4.Subtract(outside).IPv4Count / 3;
                Assert.Equal(covers, SpfEverybody.Describe(SpfEverybody.OfTerms(SpfParser.Parse("v=spf1 " + terms + " -all"))) is not null);
            });

    [Theory]
    [InlineData("v=spf1 -all", "0.0.0.0/0", null, "SPF-ALL-PASS")]
    [InlineData("v=spf1 -all", "192.168.1.1", null, "SPF-IP-PRIVATE")]
    [InlineData("v=spf1 -all", null, "::ffff:8.8.8.8", "SPF-IP-PRIVATE")]
    [InlineData("v=spf1 a +all", "8.8.8.8", null, "SPF-ALL-PASS")]
    [InlineData("v=spf1 a ~all", "8.8.8.8", null, "")]
    [InlineData("v=spf1 ip4:10.0.0.1 ~all", "8.8.8.8", null, "")]
    public async Task What_is_added_is_warned_of(string record, string? ipv4, string? ipv6, string id)
    {
        SpfMechanismSet mechanisms = new SpfMechanismSet().IPv4(ipv4 is null ? null : [ipv4]).IPv6(ipv6 is null ? null : [ipv6]);
        SpfEditReport report = await SpfEditPlan.AddAsync(s_domain, record, mechanisms, force: false, resolver: null, CancellationToken.None);
        string ids = string.Join(" ", report.Warnings.Select(warning => warning.Split(':')[0]).Where(warning => warning != "SPF-IP-BROAD"));
        Assert.Equal(id, ids);
    }

    // The working exchangers are not to be removed for lacking AAAA.
    [Fact]
    public async Task Hosts_of_one_family_are_not_said_to_lead_nowhere()
    {
        TableResolver zone = new TableResolver().Txt("example.com", "v=spf1 mx -all");
        for (ushort i = 1; i <= 3; i++)
            zone.Mx("example.com", i, "mx" + i + ".example.com").Address("mx" + i + ".example.com", "203.0.113." + i);

        SpfStatus status = await SpfStatusReader.ReadAsync(s_domain, zone, CancellationToken.None);
        CheckResult finding = status.Results.Single(result => result.Id == "SPF-VOID");
        Assert.Equal(CheckStatus.Fail, finding.Status);
        Assert.DoesNotContain("Remove", finding.Recommendation, StringComparison.Ordinal);
        Assert.Contains("in front of these terms", finding.Recommendation, StringComparison.Ordinal);
    }

    // A pasted term is understood, anything else beside the value refused.
    [Theory]
    [InlineData("include:spf.example.net", "include:spf.example.net")]
    [InlineData("+include:spf.example.net", "include:spf.example.net")]
    [InlineData("\"spf.example.net\"", "include:spf.example.net")]
    [InlineData("\u201Cspf.example.net\u201D", "include:spf.example.net")]
    [InlineData("v=spf1 include:spf.example.net -all", null)]
    [InlineData("include:%{d}.example.net,include:b.example.net", null)]
    [InlineData("spf.example.net;b.example.net", null)]
    [InlineData("ip4:%{i}.example.net", null)]
    [InlineData("https://spf.example.net", null)]
    [InlineData("%{d}@example.net", null)]
    public void A_pasted_include_is_understood_or_refused(string given, string? term)
    {
        if (term is null)
            Assert.ThrowsAny<FormatException>(() => SpfTermBuilder.Domain(SpfMechanism.Include, given));
        else
            Assert.Equal(term, SpfTermBuilder.Domain(SpfMechanism.Include, given));
    }

    [Theory]
    [InlineData("ip4:8.8.8.0/24", "ip4:8.8.8.0/24")]
    [InlineData("\"8.8.8.8\"", "ip4:8.8.8.8")]
    [InlineData("8.8.8.8;8.8.4.4", null)]
    [InlineData("ip6:8.8.8.8", null)]
    public void A_pasted_network_is_understood_or_refused(string given, string? term)
    {
        if (term is null)
            Assert.ThrowsAny<FormatException>(() => SpfTermBuilder.Network(SpfMechanism.Ip4, given));
        else
            Assert.Equal(term, SpfTermBuilder.Network(SpfMechanism.Ip4, given));
    }
}
