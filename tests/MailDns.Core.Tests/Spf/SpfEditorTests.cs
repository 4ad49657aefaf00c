using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using CsCheck;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfEditorTests
{
    private static readonly DomainName s_domain = DomainName.FromDns("example.com");

    [Theory]
    [InlineData("v=spf1 -all", "v=spf1 include:spf.akmta.net -all")]
    [InlineData("v=spf1", "v=spf1 include:spf.akmta.net")]
    [InlineData("v=spf1 mx a:b.example ~all", "v=spf1 mx a:b.example include:spf.akmta.net ~all")]
    [InlineData("v=spf1 include:a.example mx -all", "v=spf1 include:a.example include:spf.akmta.net mx -all")]
    [InlineData("v=spf1 +INCLUDE:A.example  MX   ?ALL", "v=spf1 +INCLUDE:A.example include:spf.akmta.net MX ?ALL")]
    [InlineData("v=spf1 redirect=b.example", "v=spf1 include:spf.akmta.net redirect=b.example")]
    [InlineData("v=spf1 mx redirect=b.example exp=e.example", "v=spf1 mx include:spf.akmta.net redirect=b.example exp=e.example")]
    [InlineData("v=spf1 exp=e.example redirect=b.example", "v=spf1 include:spf.akmta.net exp=e.example redirect=b.example")]
    [InlineData("v=spf1 exp=e.example mx -all x=y", "v=spf1 exp=e.example mx include:spf.akmta.net -all x=y")]
    [InlineData("v=spf1 mx -all include:late.example", "v=spf1 mx include:spf.akmta.net -all include:late.example")]
    [InlineData("v=spf1 mx -all include:SPF.akmta.net", "v=spf1 mx include:spf.akmta.net -all")]
    [InlineData("v=spf1 include:a.example -ip4:192.0.2.1 ip4:192.0.2.0/24 -all", "v=spf1 include:a.example -ip4:192.0.2.1 include:spf.akmta.net ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 include:a.example ?exists:%{i}.x.example -all", "v=spf1 include:a.example ?exists:%{i}.x.example include:spf.akmta.net -all")]
    public void An_include_goes_where_it_counts(string before, string after)
    {
        SpfEdit edit = SpfEditor.Add(SpfParser.Parse(before), s_domain, new SpfMechanismSet().Include(new[] { "spf.akmta.net" }).Directives);
        Assert.Equal(after, edit.After.Text);
        Assert.Equal(new[] { "include:spf.akmta.net" }, edit.Done);
        Assert.True(edit.IsChanged);
    }

    [Theory]
    [InlineData("v=spf1 include:spf.akmta.net -all")]
    [InlineData("v=spf1  +INCLUDE:SPF.AKMTA.NET.   -all")]
    [InlineData("v=spf1 mx Include:spf.akmta.net redirect=b.example")]
    public void What_is_there_is_not_added_again(string text)
    {
        SpfEdit edit = SpfEditor.Add(SpfParser.Parse(text), s_domain, new SpfMechanismSet().Include(new[] { "spf.akmta.net" }).Directives);
        Assert.Equal(text, edit.After.Text);
        Assert.False(edit.IsChanged);
        Assert.Empty(edit.Done);
        Assert.EndsWith("is there already.", Assert.Single(edit.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v=spf1 a -all", "a", "", "v=spf1 a -all")]
    [InlineData("v=spf1 a:example.com -all", "a", "@", "v=spf1 a:example.com -all")]
    [InlineData("v=spf1 a -all", "a", "Example.COM", "v=spf1 a -all")]
    [InlineData("v=spf1 a/24 -all", "a", "@", "v=spf1 a/24 a -all")]
    [InlineData("v=spf1 a/24 -all", "a", "@/24", "v=spf1 a/24 -all")]
    [InlineData("v=spf1 -all", "a", "@/24//64", "v=spf1 a/24//64 -all")]
    [InlineData("v=spf1 -all", "mx", "@", "v=spf1 mx -all")]
    [InlineData("v=spf1 -all", "mx", "bücher.example/28", "v=spf1 mx:xn--bcher-kva.example/28 -all")]
    [InlineData("v=spf1 -all", "include", "%{d}.spf.example", "v=spf1 include:%{d}.spf.example -all")]
    [InlineData("v=spf1 -all", "exists", "%{i}._spf.example", "v=spf1 exists:%{i}._spf.example -all")]
    [InlineData("v=spf1 ip4:192.0.2.77/24 -all", "ip4", "192.0.2.0/24", "v=spf1 ip4:192.0.2.77/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "ip4", "192.0.2.9", "v=spf1 ip4:192.0.2.0/24 -all")]
    [InlineData("v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all", "ip4", "192.0.2.0/24", "v=spf1 ip4:192.0.2.0/25 ip4:192.0.2.128/25 -all")]
    [InlineData("v=spf1 ip4:192.0.2.9 mx -all", "ip4", "192.0.2.0/24", "v=spf1 ip4:192.0.2.9 ip4:192.0.2.0/24 mx -all")]
    [InlineData("v=spf1 mx -all", "ip6", "2001:DB8:0:0::1", "v=spf1 mx ip6:2001:db8::1 -all")]
    [InlineData("v=spf1 ip6:2001:db8:0::/48 -all", "ip6", "2001:db8::/48", "v=spf1 ip6:2001:db8:0::/48 -all")]
    public void Each_mechanism_is_added_once(string before, string kind, string value, string after)
    {
        SpfRecord record = SpfParser.Parse(before);
        SpfEdit edit = SpfEditor.Add(record, s_domain, Set(kind, value).Directives);
        Assert.Equal(after, edit.After.Text);
        SpfEdit again = SpfEditor.Add(edit.After, s_domain, Set(kind, value).Directives);
        Assert.Equal(after, again.After.Text);
        Assert.False(again.IsChanged);
    }

    [Theory]
    [InlineData("v=spf1 ?include:a.example -all", "include", "a.example", "which gives the same servers Neutral")]
    [InlineData("v=spf1 -include:a.example -all", "include", "A.example", "which gives the same servers Fail")]
    [InlineData("v=spf1 -all", "include", "EXAMPLE.com", "leads back to example.com itself")]
    [InlineData("v=spf1 -ip4:192.0.2.0/24 -all", "ip4", "192.0.2.7", "which gives Fail to 192.0.2.7")]
    [InlineData("v=spf1 ip4:192.0.2.0/25 ~ip4:192.0.2.128/25 -all", "ip4", "192.0.2.0/24", "which gives SoftFail to 192.0.2.128/25")]
    public void What_an_earlier_term_denies_cannot_be_added(string text, string kind, string value, string reason)
    {
        SpfRefusalException error = Assert.Throws<SpfRefusalException>(() => SpfEditor.Add(SpfParser.Parse(text), s_domain, Set(kind, value).Directives));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ip4", "192.0.2.256", 12)]
    [InlineData("ip4", "2001:db8::1", 4)]
    [InlineData("ip6", "192.0.2.1", 4)]
    [InlineData("ip4", "192.0.2.0/33", 14)]
    [InlineData("ip4", "192.0.2.7/24", 0)]
    [InlineData("include", "", 0)]
    [InlineData("include", "localhost", 0)]
    [InlineData("include", "a b.example", 0)]
    [InlineData("a", "192.0.2.1", 10)]
    public void A_value_that_is_none_is_refused_at_its_character(string kind, string value, int offset)
    {
        RecordParseException error = Assert.Throws<RecordParseException>(() => Set(kind, value));
        Assert.Equal(offset, error.Offset);
    }

    [Theory]
    [InlineData("v=spf1 include:a.example mx -all", "include", "A.example", "v=spf1 mx -all")]
    [InlineData("v=spf1 ~include:a.example  mx   -all", "include", "a.example", "v=spf1 mx -all")]
    [InlineData("v=spf1 include:a.example mx include:a.example -all", "include", "a.example", "v=spf1 mx -all")]
    [InlineData("v=spf1 include:a.example -all", "include", "a.example", "v=spf1 -all")]
    [InlineData("v=spf1 include:a.example", "include", "a.example", "v=spf1")]
    [InlineData("v=spf1 a:example.com mx -all", "a", "@", "v=spf1 mx -all")]
    [InlineData("v=spf1 ip4:192.0.2.77/24 -all", "ip4", "192.0.2.0/24", "v=spf1 -all")]
    [InlineData("v=spf1 ip4:192.0.2.77/24 -all", "ip4", "192.0.2.77/24", "v=spf1 -all")]
    [InlineData("v=spf1 ip6:2001:db8:0:0::1/128 y=%{i} -all", "ip6", "2001:db8::1", "v=spf1 y=%{i} -all")]
    public void A_mechanism_is_removed_wherever_it_stands(string before, string kind, string value, string after)
    {
        SpfEdit edit = SpfEditor.Remove(SpfParser.Parse(before), s_domain, Set(kind, value, acceptsHostBits: true).Directives);
        Assert.Equal(after, edit.After.Text);
        SpfEdit again = SpfEditor.Remove(edit.After, s_domain, Set(kind, value, acceptsHostBits: true).Directives);
        Assert.False(again.IsChanged);
    }

    [Theory]
    [InlineData("v=spf1 a/24  -all", "a", "@")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "ip4", "192.0.2.1")]
    [InlineData("v=spf1 mx -all", "include", "a.example")]
    public void What_is_not_there_is_not_removed(string text, string kind, string value)
    {
        SpfEdit edit = SpfEditor.Remove(SpfParser.Parse(text), s_domain, Set(kind, value).Directives);
        Assert.Equal(text, edit.After.Text);
        Assert.EndsWith("is not in the record.", edit.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_address_that_a_network_still_passes_is_told()
    {
        SpfEdit edit = SpfEditor.Remove(SpfParser.Parse("v=spf1 ip4:192.0.2.1 ip4:192.0.2.0/24 -all"), s_domain, Set("ip4", "192.0.2.1").Directives);
        Assert.Equal("v=spf1 ip4:192.0.2.0/24 -all", edit.After.Text);
        Assert.Equal("\"ip4:192.0.2.0/24\" still passes 192.0.2.1.", Assert.Single(edit.Notes));
    }

    /// <summary>Adding what is not there and removing it again gives the same terms back; the rest never moves.</summary>
    [Fact]
    public void Removing_undoes_adding() =>
        Gen.Select(GenTerms, Pick("include:new.example", "a:new.example", "mx:new.example", "ip4:233.252.0.1", "ip6:2001:db9::1", "exists:new.example")).Sample(
            (terms, added) =>
            {
                SpfRecord record = SpfRecord.OfTexts(terms);
                SpfDirective[] addition = { (SpfDirective)SpfParser.ParseTerm(added) };
                SpfEdit edit = SpfEditor.Add(record, s_domain, addition);
                Assert.Equal(record.Terms.Count + 1, edit.After.Terms.Count);
                Assert.Equal(edit.After, SpfParser.Parse(edit.After.Text));
                int index = edit.After.Terms.ToList().IndexOf(addition[0]);
                int all = edit.After.Terms.ToList().FindIndex(term => term is SpfDirective { Mechanism: SpfMechanism.All });
                Assert.True(all < 0 || index < all);
                Assert.DoesNotContain(edit.After.Terms.Skip(index).Take(Math.Max(0, all - index)), term => term is SpfDirective { Qualifier: not SpfQualifier.Pass });
                Assert.Equal(record.Terms, SpfEditor.Remove(edit.After, s_domain, addition).After.Terms);
            },
            iter: 2000);

    private static readonly Gen<string[]> GenTerms = Gen.Select(
        Gen.Select(Pick("", "", "+", "-", "~", "?"), Pick("a", "mx", "include:a.example", "ip4:192.0.2.1", "ip6:2001:db8::/32", "exists:%{i}.x.example"), (q, m) => q + m).Array[0, 5],
        Pick(Array.Empty<string>(), new[] { "-all" }, new[] { "~all", "x=y" }, new[] { "redirect=b.example" }),
        (terms, end) => terms.Concat(end).ToArray());

    [Theory]
    [InlineData("v=spf1 include:esp.example mx -all", 2, "at least 2 of 10 lookups, 0 of 2 void lookups")]
    [InlineData("v=spf1 mx a ip4:192.0.2.1 -all include:late.example", 2, "2 of 10 lookups, 0 of 2 void lookups")]
    [InlineData("v=spf1 mx redirect=b.example", 2, "at least 2 of 10 lookups, 0 of 2 void lookups")]
    [InlineData("v=spf1 mx -all redirect=b.example", 1, "1 of 10 lookups, 0 of 2 void lookups")]
    public void Own_terms_are_counted_without_a_resolver(string text, int lookups, string words)
    {
        SpfBudget budget = SpfBudget.OfTerms(SpfParser.Parse(text));
        Assert.Equal(lookups, budget.Lookups);
        Assert.Equal(words, budget.ToString());
        Assert.Null(budget.Problem);
    }

    [Theory]
    [InlineData("v=spf1 include:esp.example a:none.example -all", "3 of 10 lookups, 2 of 2 void lookups", null)]
    [InlineData("v=spf1 include:none.example -all", "1 of 10 lookups, 1 of 2 void lookups", "\"none.example\" has no SPF record")]
    [InlineData("v=spf1 include:broken.example -all", "1 of 10 lookups, 0 of 2 void lookups", "\"broken.example\" has a broken record: ")]
    [InlineData("v=spf1 include:down.example -all", "at least 1 of 10 lookups, 0 of 2 void lookups", null)]
    [InlineData("v=spf1 a:n1.example a:n2.example a:n3.example -all", "3 of 10 lookups, 3 of 2 void lookups", "it takes 3 void lookups of 2")]
    public async Task The_whole_tree_is_counted_with_a_resolver(string text, string words, string? problem)
    {
        TableResolver zones = new TableResolver()
            .Txt("esp.example", "v=spf1 mx -all")
            .Txt("broken.example", "v=spf1 ipv4:1.2.3.4")
            .FailName("down.example");
        SpfBudget budget = await SpfBudget.CountAsync(s_domain, SpfParser.Parse(text), zones, CancellationToken.None);
        Assert.Equal(words, budget.ToString());
        Assert.StartsWith(problem ?? string.Empty, budget.Problem ?? string.Empty, StringComparison.Ordinal);
        Assert.Equal(problem is null, budget.Problem is null);
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static SpfMechanismSet Set(string kind, string value, bool acceptsHostBits = false)
    {
        string[] values = { value };
        var set = new SpfMechanismSet(acceptsHostBits);
        return kind switch
        {
            "include" => set.Include(values),
            "a" => set.A(values),
            "mx" => set.Mx(values),
            "ip4" => set.IPv4(values),
            "ip6" => set.IPv6(values),
            _ => set.Exists(values),
        };
    }
}
