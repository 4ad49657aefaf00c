using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfEditPlanTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");
    private static readonly string s_full = "v=spf1 " + string.Join(" ", Enumerable.Range(0, 10).Select(i => "a:h" + i + ".example")) + " -all";

    private static TableResolver Zones()
    {
        var zones = new TableResolver().Txt("esp.example", "v=spf1 include:nested.example -all").Txt("nested.example", "v=spf1 ip4:192.0.2.1 -all").FailName("down.example");
        for (int i = 0; i < 10; i++)
            zones.Address("h" + i + ".example", "192.0.2." + i, "2001:db8::" + i);

        return zones;
    }

    [Fact]
    public async Task The_budget_is_told_before_and_after()
    {
        SpfEditReport report = await AddAsync("v=spf1 a:h1.example -all", "esp.example", force: false, Zones());
        Assert.Equal("v=spf1 a:h1.example include:esp.example -all", report.Text);
        Assert.Equal(
            new[]
            {
                "Added \"include:esp.example\".",
                "SPF budget of example.com: 1 of 10 lookups, 0 of 2 void lookups before; 3 of 10 lookups, 0 of 2 void lookups after.",
            },
            report.Details);
        Assert.Empty(report.Warnings);
    }

    [Fact]
    public async Task Without_a_resolver_the_records_own_terms_are_counted()
    {
        SpfEditReport report = await AddAsync("v=spf1 -all", "esp.example", force: false, resolver: null);
        Assert.Equal("SPF budget of example.com: 0 of 10 lookups, 0 of 2 void lookups before; at least 1 of 10 lookups, 0 of 2 void lookups after.", report.Details[1]);
    }

    [Theory]
    [InlineData("FULL", "esp.example", "it takes 12 lookups of 10. Before: 10 of 10 lookups")]
    [InlineData("v=spf1 -all", "none.example", "\"none.example\" has no SPF record. Before: 0 of 10 lookups")]
    public async Task A_permerror_does_not_come_out(string text, string include, string reason)
    {
        string record = text == "FULL" ? s_full : text;
        SpfRefusalException error = await Assert.ThrowsAsync<SpfRefusalException>(() => AddAsync(record, include, force: false, Zones()));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);

        SpfEditReport forced = await AddAsync(record, include, force: true, Zones());
        Assert.Contains("include:" + include, forced.Text, StringComparison.Ordinal);
        Assert.StartsWith("The SPF record of example.com is a permerror: ", Assert.Single(forced.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Eleven_own_terms_are_a_permerror_without_any_lookup()
    {
        SpfRefusalException error = await Assert.ThrowsAsync<SpfRefusalException>(() => AddAsync(s_full, "esp.example", force: false, resolver: null));
        Assert.Contains("it takes 11 lookups of 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_lookup_leaves_the_budget_unknown()
    {
        SpfEditReport report = await AddAsync("v=spf1 -all", "down.example", force: false, Zones());
        Assert.Equal("v=spf1 include:down.example -all", report.Text);
        Assert.Equal("The SPF budget of example.com is not fully known: down.example TXT: timed out.", Assert.Single(report.Warnings));
        Assert.Contains("at least 1 of 10 lookups", report.Details[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_record_can_be_made_smaller()
    {
        string broken = s_full.Replace(" -all", " include:esp.example include:none.example -all", StringComparison.Ordinal);
        SpfEditReport report = await SpfEditPlan.RemoveAsync(s_domain, broken, new SpfMechanismSet().Include(new[] { "none.example" }), Zones(), CancellationToken.None);
        Assert.EndsWith("include:esp.example -all", report.Text, StringComparison.Ordinal);
        Assert.Equal("The SPF record of example.com is a permerror: it takes 12 lookups of 10.", Assert.Single(report.Warnings));
    }

    [Fact]
    public async Task A_long_record_is_told()
    {
        string text = "v=spf1 " + string.Join(" ", Enumerable.Range(0, 30).Select(i => "ip4:10.10.10." + i)) + " -all";
        SpfEditReport report = await AddAsync(text, "esp.example", force: false, Zones());
        Assert.EndsWith("octets, more than 450 (RFC 7208 section 3.4).", Assert.Single(report.Warnings), StringComparison.Ordinal);
    }

    private static Task<SpfEditReport> AddAsync(string text, string include, bool force, IDnsResolver? resolver) =>
        SpfEditPlan.AddAsync(s_domain, text, new SpfMechanismSet().Include(new[] { include }), force, resolver, CancellationToken.None);
}
