using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfTreeReaderTests
{
    private static TableResolver Zones() => new TableResolver()
        .Txt("example.com", "v=spf1 mx include:a.example ~include:b.example a:void.example redirect=c.example")
        .Mx("example.com", 10, "m1.example.com")
        .Mx("example.com", 20, "m2.example.com")
        .Address("m1.example.com", "192.0.2.1", "2001:db8::1")
        .Address("m2.example.com", "192.0.2.2")
        .Txt("a.example", "v=spf1 ip4:198.51.100.0/24 include:sub.example include:a.example -all include:late.example")
        .Txt("sub.example", "v=spf1 -ip4:203.0.113.7 ip4:203.0.113.0/28 -all")
        .Txt("b.example", "v=spf1 ip4:198.51.100.0/23 exists:%{i}.x.example -all")
        .Txt("c.example", "v=spf1 ip6:2001:db8:1::/64 -all");

    [Fact]
    public async Task The_nodes_draw_the_tree()
    {
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", Zones());
        Assert.Equal(
            new[]
            {
                "example.com",
                "+---include:a.example",
                "|   +---include:sub.example",
                "|   +---include:a.example",
                "|   \\---include:late.example",
                "+---~include:b.example",
                "\\---redirect=c.example",
            },
            nodes.Select(node => node.TreeText));
        Assert.Equal(new[] { 0, 1, 2, 2, 2, 1, 1 }, nodes.Select(node => node.Depth));
        Assert.Equal(
            new[]
            {
                SpfTreeStatus.Found, SpfTreeStatus.Found, SpfTreeStatus.Found, SpfTreeStatus.Loop, SpfTreeStatus.Dead, SpfTreeStatus.Found, SpfTreeStatus.Found,
            },
            nodes.Select(node => node.Status));
        Assert.True(nodes[3].IsLoop);
        Assert.True(nodes[4].IsDead);
        Assert.Equal("A loop: the domain is above this place.", nodes[3].Problem);
        Assert.Equal(nodes.Skip(2).Take(3), nodes[1].Children);
    }

    [Fact]
    public async Task Each_node_has_its_own_and_its_cumulative_counts()
    {
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", Zones());

        // The hosts of mx are not counted (RFC 7208 section 4.6.4).
        Assert.Equal(new[] { 5, 2, 0, 0, 0, 1, 0 }, nodes.Select(node => node.LookupCount));
        Assert.Equal(new[] { 8, 2, 0, 0, 0, 1, 0 }, nodes.Select(node => node.CumulativeLookupCount));

        // For an IPv6 client: a:void.example, and m2 without AAAA.
        Assert.Equal(2, nodes[0].VoidLookupCount);
        Assert.Equal(0, nodes[1].VoidLookupCount);
    }

    [Fact]
    public async Task Each_node_has_the_addresses_that_it_passes()
    {
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("sub.example", Zones());
        Assert.Equal(15, nodes[0].IPv4AddressCount);
        Assert.Equal(0, nodes[0].IPv6AddressCount);
        Assert.True(nodes[0].IsComplete);
        Assert.Equal(new[] { "203.0.113.0/30", "203.0.113.4/31", "203.0.113.6", "203.0.113.8/29" }, nodes[0].Networks);

        nodes = await ReadAsync("c.example", Zones());
        Assert.Equal(18446744073709551616d, nodes[0].IPv6AddressCount);

        nodes = await ReadAsync("b.example", Zones());
        Assert.False(nodes[0].IsComplete);
        Assert.Equal(512, nodes[0].IPv4AddressCount);

        // What stands behind the loop is never passed: whoever comes there meets a permerror.
        nodes = await ReadAsync("a.example", Zones());
        Assert.Equal(256 + 15, nodes[0].IPv4AddressCount);
    }

    [Theory]
    [InlineData("v=spf1 include:none.example -all", SpfTreeStatus.None, "No SPF record.")]
    [InlineData("v=spf1 include:two.example -all", SpfTreeStatus.Multiple, "2 SPF records (RFC 7208 section 4.5).")]
    [InlineData("v=spf1 include:broken.example -all", SpfTreeStatus.Invalid, "\"ipv4\" is not a mechanism of SPF (character 8).")]
    [InlineData("v=spf1 include:down.example -all", SpfTreeStatus.Unknown, "Unknown: down.example TXT: timed out.")]
    [InlineData("v=spf1 include:%{l}.example.net -all", SpfTreeStatus.Macro, "Depends on the message.")]
    [InlineData("v=spf1 -all include:two.example", SpfTreeStatus.Dead, "Never evaluated (RFC 7208 section 5.1, 6.1).")]
    public async Task What_is_wrong_is_said_at_its_place(string text, SpfTreeStatus status, string problem)
    {
        TableResolver zones = new TableResolver()
            .Txt("example.com", text)
            .Txt("two.example", "v=spf1 -all", "v=spf1 mx -all")
            .Txt("broken.example", "v=spf1 ipv4:1.2.3.4 -all")
            .FailName("down.example");
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", zones);
        Assert.Equal(status, nodes[1].Status);
        Assert.Equal(problem, nodes[1].Problem);
        Assert.Equal(0, nodes[1].IPv4AddressCount);
    }

    [Fact]
    public async Task Text_from_outside_is_escaped()
    {
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", new TableResolver().Txt("example.com", "v=spf1 \u001b[31m -all"));
        Assert.Equal("v=spf1 \\027[31m -all", nodes[0].Record);
    }

    [Fact]
    public async Task Too_many_lookups_are_said_where_they_add_up()
    {
        string text = "v=spf1 " + string.Join(" ", Enumerable.Range(0, 11).Select(i => "exists:e" + i + ".example")) + " -all";
        TableResolver zones = new TableResolver().Txt("example.com", "v=spf1 include:many.example -all").Txt("many.example", text);
        for (int i = 0; i < 11; i++)
            zones.Address("e" + i + ".example", "127.0.0.2");

        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", zones);
        Assert.Equal("12 lookups of 10 (RFC 7208 section 4.6.4).", nodes[0].Problem);
        Assert.Equal("11 lookups of 10 (RFC 7208 section 4.6.4).", nodes[1].Problem);
    }

    [Fact]
    public async Task The_owner_is_the_platform_or_the_domain_itself_or_unknown()
    {
        var resolver = new TableResolver()
            .Txt("example.com", "v=spf1 include:_spf.example.com include:spf.platform.example.net include:other.example.org -all")
            .Txt("_spf.example.com", "v=spf1 ip4:192.0.2.1 -all")
            .Txt("spf.platform.example.net", "v=spf1 ip4:192.0.2.2 -all")
            .Txt("other.example.org", "v=spf1 ip4:192.0.2.3 -all");
        IReadOnlyList<SpfTreeNode> nodes = await ReadAsync("example.com", resolver);
        Assert.Equal(new[] { "example.com", "example.com", "Platform", null }, nodes.Select(node => node.Owner));
    }

    private static Task<IReadOnlyList<SpfTreeNode>> ReadAsync(string domain, IDnsResolver resolver) =>
        SpfTreeReader.ReadAsync(DomainName.FromDns(domain), resolver, name => name.Text == "spf.platform.example.net" ? "Platform" : null, CancellationToken.None);
}
