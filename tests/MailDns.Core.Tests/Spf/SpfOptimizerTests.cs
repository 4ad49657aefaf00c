using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfOptimizerTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    [Theory]
    [InlineData("v=spf1 -all", "v=spf1 -all")]
    [InlineData("V=SPF1  Include:a.example   -ALL", "V=SPF1  Include:a.example   -ALL")]
    [InlineData("v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.7 ip4:192.0.2.0/24 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.77/24 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:198.51.100.1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "v=spf1 ip4:198.51.100.1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip6:2001:db8::/33 ip6:2001:db8:8000::/33 ~all", "v=spf1 ip6:2001:db8::/32 ~all")]
    [InlineData("v=spf1 include:a.example include:A.EXAMPLE -all", "v=spf1 include:a.example -all")]
    [InlineData("v=spf1 include:a.example ~include:a.example -all", "v=spf1 include:a.example -all")]
    [InlineData("v=spf1 mx -all ip4:192.0.2.1 a", "v=spf1 mx -all")]
    [InlineData("v=spf1 mx -all redirect=b.example", "v=spf1 mx -all")]
    [InlineData("v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -ip4:203.0.113.0/24 -all", "v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.1 -ip4:192.0.2.0/24 ip4:192.0.2.2 ?all", "v=spf1 ip4:192.0.2.1 -ip4:192.0.2.0/24 ?all")]
    [InlineData("v=spf1 ip4:0.0.0.0/0 ip6:::/0 include:a.example -all", "v=spf1 all")]
    [InlineData("v=spf1 ip4:192.0.2.1 +all", "v=spf1 +all")]
    [InlineData("v=spf1 ip4:192.0.2.0 ?ip4:198.51.100.1 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.0/31 ?ip4:198.51.100.1 -all")]
    [InlineData("v=spf1 ip4:192.0.2.0 ?ip4:192.0.2.0/31 ip4:192.0.2.1 -all", "v=spf1 ip4:192.0.2.0 ?ip4:192.0.2.0/31 -all")]
    [InlineData("v=spf1 exp=e.example mx ip4:192.0.2.1 ip4:192.0.2.1 x=%{i} -all y=1", "v=spf1 exp=e.example mx ip4:192.0.2.1 -all x=%{i} y=1")]
    [InlineData("v=spf1 ip4:192.0.2.1 ip4:192.0.2.1 redirect=B.example", "v=spf1 ip4:192.0.2.1 redirect=B.example")]
    public async Task Without_flattening_nothing_is_looked_up(string before, string after)
    {
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, before, flatten: false, resolver: null, CancellationToken.None);
        Assert.Equal(after, result.After);
        Assert.Empty(result.Parts);
    }

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.0/25 include:a.example ip4:192.0.2.128/25 -all")]
    [InlineData("v=spf1 exists:%{i}.a.example ip4:192.0.2.1 -all")]
    [InlineData("v=spf1 ?include:a.example ?all")]
    [InlineData("v=spf1 -ip4:192.0.2.1 include:a.example -all")]
    public async Task Nothing_moves_past_a_term_that_is_not_looked_up(string text)
    {
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, text, flatten: false, resolver: null, CancellationToken.None);
        Assert.Equal(text, result.After);
        Assert.False(result.IsChanged);
    }

    private static TableResolver Zones() => new TableResolver()
        .Address("example.com", "192.0.2.10", "2001:db8::10")
        .Mx("example.com", 10, "mx1.example.com")
        .Mx("example.com", 20, "mx2.example.com")
        .Address("mx1.example.com", "192.0.2.20")
        .Address("mx2.example.com", "192.0.2.21", "2001:db8::21")
        .Txt("esp.example", "v=spf1 ip4:198.51.100.0/24 -all")
        .Txt("own.example", "v=spf1 a mx -all")
        .Address("own.example", "203.0.113.1")
        .Mx("own.example", 10, "own.example")
        .Txt("negative.example", "v=spf1 -ip4:198.51.100.7 ip4:198.51.100.0/24 -all")
        .Txt("open.example", "v=spf1 ip4:203.0.113.9")
        .Txt("after.example", "v=spf1 ip4:203.0.113.5 -all ip4:203.0.113.6")
        .Txt("macro.example", "v=spf1 ip4:203.0.113.7 exists:%{i}.list.example -all")
        .Txt("target.example", "v=spf1 ip4:203.0.113.8 ~all")
        .Txt("explained.example", "v=spf1 ip4:203.0.113.8 -all exp=why.example")
        .Txt("broken.example", "v=spf1 ipv4:1.2.3.4 -all")
        .Txt("loop.example", "v=spf1 include:loop.example -all")
        .Txt("two.example", "v=spf1 -all", "v=spf1 mx -all")
        .Txt("all.example", "v=spf1 +all")
        .FailName("down.example");

    [Theory]
    [InlineData("v=spf1 a mx -all", "v=spf1 ip4:192.0.2.10 ip6:2001:db8::10 ip4:192.0.2.20/31 ip6:2001:db8::21 -all")]
    [InlineData("v=spf1 a/28//64 -all", "v=spf1 ip4:192.0.2.0/28 ip6:2001:db8::/64 -all")]
    [InlineData("v=spf1 include:esp.example ~all", "v=spf1 ip4:198.51.100.0/24 ~all")]
    [InlineData("v=spf1 include:own.example -all", "v=spf1 ip4:203.0.113.1 -all")]
    [InlineData("v=spf1 include:negative.example -all", "v=spf1 ip4:198.51.100.0/30 ip4:198.51.100.4/31 ip4:198.51.100.6 ip4:198.51.100.8/29 ip4:198.51.100.16/28 ip4:198.51.100.32/27 ip4:198.51.100.64/26 ip4:198.51.100.128/25 -all")]
    [InlineData("v=spf1 include:open.example -all", "v=spf1 ip4:203.0.113.9 -all")]
    [InlineData("v=spf1 include:after.example -all", "v=spf1 ip4:203.0.113.5 -all")]
    [InlineData("v=spf1 ?include:esp.example -all", "v=spf1 ?ip4:198.51.100.0/24 -all")]
    [InlineData("v=spf1 -include:esp.example +ip4:198.51.0.0/16 ~all", "v=spf1 -ip4:198.51.100.0/24 ip4:198.51.0.0/16 ~all")]
    [InlineData("v=spf1 ip4:192.0.2.1 redirect=target.example", "v=spf1 ip4:192.0.2.1 ip4:203.0.113.8 ~all")]
    [InlineData("v=spf1 redirect=open.example", "v=spf1 ip4:203.0.113.9 ?all")]
    [InlineData("v=spf1 a:nowhere.example mx -all", "v=spf1 ip4:192.0.2.20/31 ip6:2001:db8::21 -all")]
    [InlineData("v=spf1 include:all.example -all", "v=spf1 all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 a -all include:down.example", "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::10 -all")]
    [InlineData("v=spf1 include:macro.example include:esp.example -all", "v=spf1 include:macro.example ip4:198.51.100.0/24 -all")]
    [InlineData("v=spf1 include:esp.example exists:%{i}.x.example ip4:198.51.100.1 include:open.example -all", "v=spf1 ip4:198.51.100.0/24 exists:%{i}.x.example ip4:203.0.113.9 -all")]
    [InlineData("v=spf1 ip4:192.0.2.1 redirect=macro.example", "v=spf1 ip4:192.0.2.1 redirect=macro.example")]
    [InlineData("v=spf1 ip4:192.0.2.1 redirect=explained.example", "v=spf1 ip4:192.0.2.1 redirect=explained.example")]
    [InlineData("v=spf1 include:explained.example -all exp=own.example", "v=spf1 ip4:203.0.113.8 -all exp=own.example")]
    public async Task Flattening_puts_addresses_in_place_of_lookups(string before, string after)
    {
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, before, flatten: true, Zones(), CancellationToken.None);
        Assert.Equal(after, result.After);
    }

    [Theory]
    [InlineData("v=spf1 include:macro.example -all", "\"include:macro.example\" was kept: its record asks \"exists:%{i}.list.example\": exists is asked anew for every message.")]
    [InlineData("v=spf1 ptr -all", "\"ptr\" was kept: ptr depends on the client's reverse name.")]
    [InlineData("v=spf1 include:%{d}.x.example -all", "\"include:%{d}.x.example\" was kept: its name has macros.")]
    [InlineData("v=spf1 redirect=explained.example", "\"redirect=explained.example\" was kept: an exp= modifier would explain other failures than now.")]
    [InlineData("v=spf1 include:all.example -all", "The record passes every IPv4 address, before as after: anybody may send as example.com.")]
    public async Task What_is_kept_is_said_with_its_reason(string text, string warning)
    {
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, text, flatten: true, Zones(), CancellationToken.None);
        Assert.Contains(warning, result.Warnings);
    }

    [Theory]
    [InlineData("v=spf1 include:nowhere.example -all", false, "nowhere.example has no SPF record")]
    [InlineData("v=spf1 include:two.example -all", false, "two.example has 2 SPF records")]
    [InlineData("v=spf1 include:broken.example -all", false, "the record of broken.example is broken")]
    [InlineData("v=spf1 include:loop.example -all", false, "loop.example includes itself in a circle")]
    [InlineData("v=spf1 redirect=nowhere.example", false, "nowhere.example has no SPF record")]
    [InlineData("v=spf1 include:down.example -all", true, "down.example TXT: timed out")]
    [InlineData("v=spf1 a:down.example -all", true, "down.example A: timed out")]
    [InlineData("v=spf1 mx:down.example -all", true, "down.example MX: timed out")]
    public async Task A_record_in_error_or_unknown_is_refused(string text, bool unknown, string reason)
    {
        SpfRefusalException error = await Assert.ThrowsAsync<SpfRefusalException>(
            () => SpfOptimizer.OptimizeAsync(s_domain, text, flatten: true, Zones(), CancellationToken.None));
        Assert.Equal(unknown, error.IsUnknown);
        Assert.Contains(reason, error.Message, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_with_a_fault_is_refused_with_its_place()
    {
        RecordParseException error = await Assert.ThrowsAsync<RecordParseException>(
            () => SpfOptimizer.OptimizeAsync(s_domain, "v=spf1 ipv4:1.2.3.4 -all", flatten: false, resolver: null, CancellationToken.None));
        Assert.Equal(7, error.Offset);
    }

    [Fact]
    public async Task More_than_ten_lookups_are_refused_unless_flattening_removes_them()
    {
        TableResolver zones = Zones();
        string text = "v=spf1 " + string.Join(" ", Enumerable.Range(1, 11).Select(i => "include:p" + i + ".example")) + " -all";
        for (int i = 1; i <= 11; i++)
            zones.Txt("p" + i + ".example", "v=spf1 ip4:10.0." + i + ".1 -all");

        SpfRefusalException error = await Assert.ThrowsAsync<SpfRefusalException>(
            () => SpfOptimizer.OptimizeAsync(s_domain, text, flatten: false, zones, CancellationToken.None));
        Assert.Contains("11 lookups of 10", error.Message, System.StringComparison.Ordinal);

        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, text, flatten: true, zones, CancellationToken.None);
        Assert.Equal(11, result.CostBefore.Lookups);
        Assert.Equal(0, result.CostAfter.Lookups);
        Assert.Contains(result.Warnings, warning => warning.StartsWith("The record before takes 11 lookups of 10", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_record_is_split_over_names_that_are_free()
    {
        TableResolver zones = Zones().Txt("_spf2.example.com", "v=spf1 ip4:192.0.2.99 -all");
        zones.Txt("big.example", "v=spf1 " + string.Join(" ", Enumerable.Range(0, 60).Select(i => "ip4:10.1." + i + ".1")) + " -all");
        const string Text = "v=spf1 exists:%{i}.x.example include:big.example -ip4:192.0.2.5 ip4:192.0.2.4/31 ~all";

        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, Text, flatten: true, zones, CancellationToken.None);

        Assert.Equal(new[] { "_spf1.example.com", "_spf3.example.com" }, result.Parts.Select(part => part.Name.Text));
        Assert.Equal(
            "v=spf1 exists:%{i}.x.example include:_spf1.example.com include:_spf3.example.com -ip4:192.0.2.5 ip4:192.0.2.4/31 ~all",
            result.After);
        Assert.All(result.Parts, part => Assert.InRange(part.Name.Text.Length + part.Text.Length, 50, 450));
        Assert.All(result.Parts, part => Assert.EndsWith(" -all", part.Text, System.StringComparison.Ordinal));
        Assert.Equal(3, result.CostAfter.Lookups);

        // Published, it comes out of a second run as it is.
        foreach (SpfPart part in result.Parts)
            zones.Txt(part.Name.Text, part.Text);

        SpfOptimization again = await SpfOptimizer.OptimizeAsync(s_domain, result.After, flatten: true, zones, CancellationToken.None);
        Assert.Equal(result.After, again.After);
        Assert.Equal(result.Parts.Select(part => part.Text), again.Parts.Select(part => part.Text));
    }

    [Fact]
    public async Task A_group_that_does_not_pass_is_split_under_its_own_qualifier()
    {
        string text = "v=spf1 " + string.Join(" ", Enumerable.Range(0, 40).Select(i => "~ip4:10.1." + i + ".1")) + " -all";
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, text, flatten: true, Zones(), CancellationToken.None);
        Assert.Equal("v=spf1 ~include:_spf1.example.com ~include:_spf2.example.com -all", result.After);
        Assert.StartsWith("v=spf1 ip4:10.1.0.1 ", result.Parts[0].Text, System.StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_record_stays_whole_when_its_lookups_are_unknown()
    {
        string text = "v=spf1 include:esp.example " + string.Join(" ", Enumerable.Range(0, 40).Select(i => "ip4:10.1." + i + ".1")) + " -all";
        SpfOptimization result = await SpfOptimizer.OptimizeAsync(s_domain, text, flatten: false, Zones(), CancellationToken.None);
        Assert.Equal(text, result.After);
        Assert.Contains(result.Warnings, warning => warning.EndsWith("use -Flatten.", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whether_a_name_is_free_must_be_known()
    {
        string text = "v=spf1 " + string.Join(" ", Enumerable.Range(0, 40).Select(i => "ip4:10.1." + i + ".1")) + " -all";
        TableResolver zones = Zones().Fail("_spf1.example.com", DnsRecordType.Txt, DnsResponseStatus.ServerFailure);
        SpfRefusalException error = await Assert.ThrowsAsync<SpfRefusalException>(
            () => SpfOptimizer.OptimizeAsync(s_domain, text, flatten: true, zones, CancellationToken.None));
        Assert.True(error.IsUnknown);
    }

    [Fact]
    public async Task A_tree_of_records_as_large_as_dns_carries_is_worked_out()
    {
        TableResolver zones = Zones();
        for (int i = 0; i < 5; i++)
            zones.Txt("huge" + i + ".example", "v=spf1 " + string.Join(" ", Enumerable.Range(0, 4000).Select(n => "ip4:10." + i + "." + (n / 200) + "." + (n % 200))) + " -all");

        SpfOptimization result = await SpfOptimizer.OptimizeAsync(
            s_domain,
            "v=spf1 " + string.Join(" ", Enumerable.Range(0, 5).Select(i => "include:huge" + i + ".example")) + " -all",
            flatten: true,
            zones,
            CancellationToken.None);
        Assert.Contains(result.Warnings, warning => warning.Contains("more than 450", System.StringComparison.Ordinal) || warning.Contains("cannot be split", System.StringComparison.Ordinal));
    }
}
