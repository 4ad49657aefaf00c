using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfTreeWalkerTests
{
    private static Task<SpfNode> Walk(TableResolver dns, string domain = "example.com") =>
        SpfTreeWalker.WalkAsync(DomainName.FromDns(domain), dns, CancellationToken.None);

    [Fact]
    public async Task Counts_every_branch_but_not_the_hosts_of_mx()
    {
        var dns = new TableResolver()
            .Txt("example.com", "v=spf1 mx a:www.example.com include:_spf.example.net ip4:192.0.2.1 redirect=r.example.org")
            .Mx("example.com", 10, "mx1.example.com").Mx("example.com", 20, "mx2.example.com")
            .Address("mx1.example.com", "192.0.2.10", "2001:db8::10").Address("mx2.example.com", "192.0.2.11", "2001:db8::11")
            .Address("www.example.com", "192.0.2.80", "2001:db8::80")
            .Txt("_spf.example.net", "v=spf1 include:a.example.net ?exists:%{i}.example.net ptr -all")
            .Txt("a.example.net", "v=spf1 ip4:198.51.100.0/24 ~all")
            .Txt("r.example.org", "v=spf1 -all");

        SpfNode root = await Walk(dns);

        Assert.Equal(4, root.LookupCount);
        Assert.Equal(3, root.Children[0].LookupCount);
        Assert.Equal(7, root.CumulativeLookupCount);
        Assert.Equal(0, root.CumulativeVoidLookupCount);
        Assert.False(root.IsIncomplete);
        Assert.Equal(new[] { "example.com", "_spf.example.net", "a.example.net", "r.example.org" }, root.SelfAndDescendants.Select(node => node.Name));
        Assert.Equal(new[] { "example.com", "_spf.example.net", "a.example.net" }, root.Children[0].Children[0].Path);
        Assert.Equal(2, root.Lookups[0].ExchangeCount);
        Assert.Equal(
            new[] { "192.0.2.10", "2001:db8::10", "192.0.2.11", "2001:db8::11" },
            root.Lookups[0].Addresses.Select(address => address.ToString()));
        Assert.All(root.Children[0].Lookups, lookup => Assert.True(lookup.DependsOnMessage));
    }

    [Fact]
    public async Task What_is_never_evaluated_costs_nothing_and_is_not_asked()
    {
        var dns = new TableResolver().Txt("example.com", "v=spf1 a -all include:x.example.net mx redirect=y.example.net").Address("example.com", "192.0.2.1", "2001:db8::1");

        SpfNode root = await Walk(dns);

        Assert.Equal(1, root.CumulativeLookupCount);
        Assert.Equal(new[] { SpfNodeStatus.Dead, SpfNodeStatus.Dead }, root.Children.Select(child => child.Status));
        Assert.DoesNotContain(dns.Questions, question => question.Name.Text.EndsWith("example.net", System.StringComparison.Ordinal));
    }

    [Fact]
    public async Task Loops_end()
    {
        var dns = new TableResolver()
            .Txt("example.com", "v=spf1 include:b.example.com include:example.com -all")
            .Txt("b.example.com", "v=spf1 redirect=example.com");

        SpfNode root = await Walk(dns);

        Assert.Equal(SpfNodeStatus.Loop, root.Children[0].Children[0].Status);
        Assert.Equal(SpfNodeStatus.Loop, root.Children[1].Status);
        Assert.Equal(3, root.CumulativeLookupCount);
    }

    [Theory]
    [InlineData("include:none.example.com", SpfNodeStatus.None)]
    [InlineData("include:two.example.com", SpfNodeStatus.Multiple)]
    [InlineData("include:bad.example.com", SpfNodeStatus.Invalid)]
    [InlineData("include:down.example.com", SpfNodeStatus.Failed)]
    [InlineData("include:%{l}.example.com", SpfNodeStatus.Macro)]
    [InlineData("include:a..example.com", SpfNodeStatus.Malformed)]
    [InlineData("include:good.%{d}", SpfNodeStatus.Found)]
    [InlineData("include:good.%{o}", SpfNodeStatus.Found)]
    [InlineData("include:good.%{d2}", SpfNodeStatus.Found)]
    public async Task Each_place_says_what_stands_there(string term, object status)
    {
        var dns = new TableResolver()
            .Txt("example.com", "v=spf1 " + term + " -all")
            .Txt("none.example.com", "nothing")
            .Txt("two.example.com", "v=spf1 -all", "v=spf1 -all")
            .Txt("bad.example.com", "v=spf1 foo -all")
            .Txt("good.example.com", "v=spf1 -all")
            .FailName("down.example.com");

        SpfNode root = await Walk(dns);

        Assert.Equal((SpfNodeStatus)status, Assert.Single(root.Children).Status);
        Assert.Equal((SpfNodeStatus)status == SpfNodeStatus.Failed, root.IsIncomplete);
    }

    [Fact]
    public async Task Void_lookups_are_counted_for_each_family()
    {
        var dns = new TableResolver()
            .Txt("example.com", "v=spf1 a:four.example.com a:six.example.com a:gone.example.com mx:gone.example.com exists:gone.example.com include:gone.example.com -all")
            .Address("four.example.com", "192.0.2.1")
            .Address("six.example.com", "2001:db8::1");

        SpfNode root = await Walk(dns);

        Assert.Equal(5, root.IPv4VoidCount);
        Assert.Equal(5, root.IPv6VoidCount);
        Assert.Equal(new[] { "four.example.com AAAA" }, root.Lookups[0].Voids.Select(question => question.ToString()));
    }

    [Fact]
    public async Task A_failed_lookup_is_not_void()
    {
        var dns = new TableResolver().Txt("example.com", "v=spf1 a mx -all").FailName("down.example.com")
            .Fail("example.com", DnsRecordType.A, DnsResponseStatus.ServerFailure).Address("example.com", "2001:db8::1")
            .Mx("example.com", 10, "down.example.com");

        SpfNode root = await Walk(dns);

        Assert.Equal(0, root.VoidLookupCount);
        Assert.True(root.IsIncomplete);
        Assert.Equal(DnsResponseStatus.ServerFailure, root.Lookups[0].Failure!.Status);
        Assert.Equal(DnsResponseStatus.Timeout, root.Lookups[1].Failure!.Status);
    }

    [Fact]
    public async Task A_wide_tree_is_bounded()
    {
        string includes = string.Join(" ", Enumerable.Range(0, 60).Select(i => "include:n" + i + ".example.com"));
        var dns = new TableResolver().Txt("example.com", "v=spf1 " + includes);
        for (int i = 0; i < 60; i++)
            dns.Txt("n" + i + ".example.com", "v=spf1 " + string.Join(" ", Enumerable.Range(0, 60).Where(j => j != i).Select(j => "include:n" + j + ".example.com a:h" + i + "-" + j + ".example.com")));

        SpfNode root = await Walk(dns);

        Assert.InRange(dns.Questions.Count, 1, SpfTreeWalker.MaxQuestions);
        Assert.InRange(root.SelfAndDescendants.Count, 1, SpfTreeWalker.MaxNodes + 2);
        Assert.True(root.IsIncomplete);
        Assert.True(root.CumulativeLookupCount > 10);
    }

    [Fact]
    public async Task A_given_text_stands_in_for_the_record()
    {
        var dns = new TableResolver().Txt("example.com", "v=spf1 -all").Address("example.com", "192.0.2.1");

        SpfNode root = await SpfTreeWalker.WalkAsync(DomainName.FromDns("example.com"), "v=spf1 a -all", dns, CancellationToken.None);

        Assert.Equal(1, root.LookupCount);
        Assert.DoesNotContain(dns.Questions, question => question.Type == DnsRecordType.Txt);
    }
}
