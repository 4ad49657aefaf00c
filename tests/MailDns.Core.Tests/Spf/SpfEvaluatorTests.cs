using System;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using MailDns.Spf;
using Xunit;

namespace MailDns.Core.Tests.Spf;

public class SpfEvaluatorTests
{
    private static Task<SpfResult> Check(TableResolver dns, string ip = "192.0.2.1", string? sender = "user@example.com", string helo = "mail.example.net") =>
        SpfEvaluator.CheckHostAsync(
            SpfQuery.ForMailFrom(IPAddress.Parse(ip), sender, helo, "mx.example.org", 1700000000),
            dns,
            SpfLimits.Default,
            CancellationToken.None,
            CancellationToken.None);

    private static TableResolver Zone(string record) => new TableResolver().Txt("example.com", record);

    [Theory]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "192.0.2.1", SpfResultCode.Pass, "ip4:192.0.2.0/24")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 -all", "192.0.3.1", SpfResultCode.Fail, "-all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 ~all", "192.0.3.1", SpfResultCode.SoftFail, "~all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24 ?all", "192.0.3.1", SpfResultCode.Neutral, "?all")]
    [InlineData("v=spf1 ip4:192.0.2.0/24", "192.0.3.1", SpfResultCode.Neutral, null)]
    [InlineData("v=spf1 -ip4:192.0.2.1 ip4:192.0.2.0/24 -all", "192.0.2.1", SpfResultCode.Fail, "-ip4:192.0.2.1")]
    [InlineData("v=spf1 ip4:192.0.2.1 -all", "::ffff:192.0.2.1", SpfResultCode.Pass, "ip4:192.0.2.1")]
    [InlineData("v=spf1 ip6:::ffff:192.0.2.1 -all", "::ffff:192.0.2.1", SpfResultCode.Fail, "-all")]
    [InlineData("v=spf1 ip6:2001:db8::/32 -all", "2001:db8:ffff::1", SpfResultCode.Pass, "ip6:2001:db8::/32")]
    [InlineData("v=spf1 ip6:2001:db8::/33 -all", "2001:db8:ffff::1", SpfResultCode.Fail, "-all")]
    [InlineData("v=spf1 ip6:2001:db8::/65 -all", "2001:db8::7fff:0:0:1", SpfResultCode.Pass, "ip6:2001:db8::/65")]
    [InlineData("v=spf1 ip6:2001:db8::/65 -all", "2001:db8::8000:0:0:1", SpfResultCode.Fail, "-all")]
    public async Task The_first_match_decides(string record, string ip, SpfResultCode result, string? mechanism)
    {
        SpfResult spf = await Check(Zone(record), ip);

        Assert.Equal(result, spf.Result);
        Assert.Equal(mechanism, spf.Mechanism);
        Assert.Equal(new[] { "example.com" }, spf.Path);
        Assert.Null(spf.Problem);
    }

    // The results of include, RFC 7208 section 5.2.
    [Theory]
    [InlineData("v=spf1 +all", SpfResultCode.Neutral)]
    [InlineData("v=spf1 -all", SpfResultCode.SoftFail)]
    [InlineData("v=spf1 ~all", SpfResultCode.SoftFail)]
    [InlineData("v=spf1 ?all", SpfResultCode.SoftFail)]
    [InlineData("v=spf1 bad", SpfResultCode.PermError)]
    [InlineData("none", SpfResultCode.PermError)]
    public async Task An_include_matches_on_pass_only(string included, SpfResultCode result)
    {
        TableResolver dns = Zone("v=spf1 ?include:i.example.net ~all").Txt("i.example.net", included);

        Assert.Equal(result, (await Check(dns)).Result);
    }

    [Fact]
    public async Task A_failed_lookup_is_TempError_wherever_it_happens()
    {
        foreach (string term in new[] { "a:down.example.net", "mx:down.example.net", "exists:down.example.net", "include:down.example.net", "redirect=down.example.net" })
        {
            SpfResult spf = await Check(Zone("v=spf1 " + term).FailName("down.example.net"));

            Assert.Equal(SpfResultCode.TempError, spf.Result);
            Assert.Contains("down.example.net", spf.Problem!, StringComparison.Ordinal);
            Assert.Contains("timed out", spf.Problem!, StringComparison.Ordinal);
        }

        Assert.Equal(SpfResultCode.TempError, (await Check(new TableResolver().FailName("example.com"))).Result);
    }

    [Fact]
    public async Task A_match_before_the_failed_lookup_stands()
    {
        SpfResult spf = await Check(Zone("v=spf1 ip4:192.0.2.1 a:down.example.net -all").FailName("down.example.net"));

        Assert.Equal(SpfResultCode.Pass, spf.Result);
    }

    [Fact]
    public async Task A_syntax_error_anywhere_comes_before_any_match()
    {
        SpfResult spf = await Check(Zone("v=spf1 ip4:192.0.2.1 -all foo"));

        Assert.Equal(SpfResultCode.PermError, spf.Result);
        Assert.Contains("\"foo\" is not a mechanism of SPF (character 27)", spf.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_path_leads_to_the_term_that_matched()
    {
        TableResolver dns = Zone("v=spf1 include:a.example.net redirect=r.example.net")
            .Txt("a.example.net", "v=spf1 -all")
            .Txt("r.example.net", "v=spf1 ?include:b.example.net -all")
            .Txt("b.example.net", "v=spf1 ip4:192.0.2.0/24 -all");

        SpfResult spf = await Check(dns);

        Assert.Equal(SpfResultCode.Neutral, spf.Result);
        Assert.Equal("ip4:192.0.2.0/24", spf.Mechanism);
        Assert.Equal("b.example.net", spf.MechanismDomain);
        Assert.Equal(new[] { "example.com", "redirect=r.example.net", "?include:b.example.net" }, spf.Path);
        Assert.Equal(3, spf.LookupCount);
        Assert.Equal(
            new[]
            {
                "example.com: v=spf1 include:a.example.net redirect=r.example.net",
                "  a.example.net: v=spf1 -all",
                "    -all: match",
                "  include:a.example.net: no match (Fail)",
                "  r.example.net: v=spf1 ?include:b.example.net -all",
                "    b.example.net: v=spf1 ip4:192.0.2.0/24 -all",
                "      ip4:192.0.2.0/24: match",
                "    ?include:b.example.net: match",
            },
            spf.Trace);
    }

    [Fact]
    public async Task Ten_terms_pass_and_eleven_do_not()
    {
        string ten = string.Join(" ", Enumerable.Repeat("exists:x.example.net", 10));
        TableResolver Dns(string record) => Zone(record).Address("x.example.net", "127.0.0.2");

        SpfResult good = await Check(Dns("v=spf1 " + ten.Replace("exists", "-a") + " ip4:192.0.2.1 -all"));
        SpfResult bad = await Check(Dns("v=spf1 " + ten.Replace("exists", "-a") + " a:x.example.net ip4:192.0.2.1 -all"));

        Assert.Equal((SpfResultCode.Pass, 10), (good.Result, good.LookupCount));
        Assert.Equal((SpfResultCode.PermError, 11), (bad.Result, bad.LookupCount));
        Assert.Contains("More than 10 terms", bad.Problem!, StringComparison.Ordinal);
        Assert.Equal("a:x.example.net", bad.Mechanism);
    }

    [Fact]
    public async Task Two_void_lookups_pass_and_three_do_not()
    {
        SpfResult good = await Check(Zone("v=spf1 a:a.example.net exists:b.example.net ip4:192.0.2.1 -all"));
        SpfResult bad = await Check(Zone("v=spf1 a:a.example.net mx:b.example.net exists:c.example.net ip4:192.0.2.1 -all"));

        Assert.Equal((SpfResultCode.Pass, 2), (good.Result, good.VoidLookupCount));
        Assert.Equal((SpfResultCode.PermError, 3), (bad.Result, bad.VoidLookupCount));
        Assert.Contains("c.example.net A", bad.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_hosts_of_mx_do_not_count_against_the_ten_but_are_at_most_ten()
    {
        TableResolver Dns(int count)
        {
            TableResolver dns = Zone("v=spf1 mx -all");
            for (int i = 1; i <= count; i++)
                dns.Mx("example.com", (ushort)(count - i), "m" + i + ".example.com").Address("m" + i + ".example.com", "192.0.2." + i);

            return dns;
        }

        SpfResult good = await Check(Dns(10));
        SpfResult bad = await Check(Dns(11));

        Assert.Equal((SpfResultCode.Pass, 1), (good.Result, good.LookupCount));
        Assert.Equal(SpfResultCode.PermError, bad.Result);
        Assert.Contains("11 MX records", bad.Problem!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_null_MX_has_no_host()
    {
        SpfResult spf = await Check(Zone("v=spf1 mx -all").Mx("example.com", 0, "."));

        Assert.Equal((SpfResultCode.Fail, 0), (spf.Result, spf.VoidLookupCount));
    }

    [Fact]
    public async Task An_over_run_deadline_is_TempError_and_cancellation_is_not()
    {
        using var deadline = new CancellationTokenSource();
        using var cancelled = new CancellationTokenSource();
        var slow = new BlockingResolver(Zone("v=spf1 include:slow.example.net -all"), "slow.example.net", deadline);
        SpfQuery query = SpfQuery.ForMailFrom(IPAddress.Parse("192.0.2.1"), "user@example.com", "h.example.com");

        SpfResult spf = await SpfEvaluator.CheckHostAsync(query, slow, SpfLimits.Default, deadline.Token, CancellationToken.None);

        Assert.Equal(SpfResultCode.TempError, spf.Result);
        Assert.Contains("time", spf.Problem!, StringComparison.Ordinal);
        var blocked = new BlockingResolver(Zone("v=spf1 include:slow.example.net -all"), "slow.example.net", cancelled);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SpfEvaluator.CheckHostAsync(query, blocked, SpfLimits.Default, CancellationToken.None, cancelled.Token));
    }

    [Theory]
    [InlineData("", "mail.example.com", "postmaster@mail.example.com", "mail.example.com")]
    [InlineData("<>", "mail.example.com", "postmaster@mail.example.com", "mail.example.com")]
    [InlineData(null, "mail.example.com", "postmaster@mail.example.com", "mail.example.com")]
    [InlineData("@example.com", "mail.example.net", "postmaster@example.com", "example.com")]
    [InlineData("example.com", "mail.example.net", "postmaster@example.com", "example.com")]
    [InlineData("<a@b@example.com>", "mail.example.net", "a@b@example.com", "example.com")]
    [InlineData("user@bücher.example", "mail.example.net", "user@xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void The_sender_is_completed(string? sender, string helo, string completed, string domain)
    {
        SpfQuery query = SpfQuery.ForMailFrom(IPAddress.Loopback, sender, helo);

        Assert.Equal((completed, domain), (query.Sender, query.Domain));
    }

    // RFC 7208 section 7.4.
    [Theory]
    [InlineData("%{s}", "strong-bad@email.example.com")]
    [InlineData("%{o}", "email.example.com")]
    [InlineData("%{d}", "email.example.com")]
    [InlineData("%{d4}", "email.example.com")]
    [InlineData("%{d3}", "email.example.com")]
    [InlineData("%{d2}", "example.com")]
    [InlineData("%{d1}", "com")]
    [InlineData("%{dr}", "com.example.email")]
    [InlineData("%{d2r}", "example.email")]
    [InlineData("%{l}", "strong-bad")]
    [InlineData("%{l-}", "strong.bad")]
    [InlineData("%{lr}", "strong-bad")]
    [InlineData("%{lr-}", "bad.strong")]
    [InlineData("%{l1r-}", "strong")]
    [InlineData("%{ir}.%{v}._spf.%{d2}", "3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{lr-}.lp._spf.%{d2}", "bad.strong.lp._spf.example.com")]
    [InlineData("%{lr-}.lp.%{ir}.%{v}._spf.%{d2}", "bad.strong.lp.3.2.0.192.in-addr._spf.example.com")]
    [InlineData("%{ir}.%{v}.%{l1r-}.lp._spf.%{d2}", "3.2.0.192.in-addr.strong.lp._spf.example.com")]
    [InlineData("%{d2}.trusted-domains.example.net", "example.com.trusted-domains.example.net")]
    [InlineData("%{S}", "strong-bad%40email.example.com")]
    [InlineData("%{d999999999999}", "email.example.com")]
    [InlineData("a%%b%_c%-d.%{v}", "a%b c%20d.in-addr")]
    [InlineData("%{h}", "mail.example.net")]
    public void Macros_expand_as_the_RFC_shows(string text, string expanded)
    {
        var facts = new MacroFacts(AddressBits.From(IPAddress.Parse("192.0.2.3"), unmap: true))
        {
            Sender = "strong-bad@email.example.com",
            LocalPart = "strong-bad",
            SenderDomain = "email.example.com",
            Helo = "mail.example.net",
        };
        var modifier = (SpfModifier)SpfParser.ParseTerm("x=" + text);

        Assert.Equal(expanded, MacroExpander.Expand(modifier.Value, facts, "email.example.com"));
    }

    [Fact]
    public void An_IPv6_client_is_nibbles()
    {
        AddressBits client = AddressBits.From(IPAddress.Parse("2001:db8::cb01"), unmap: true);

        Assert.Equal("1.0.b.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", ReverseName.Of(client).Text);
        Assert.Equal("2.0.0.1.0.D.B.8.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.C.B.0.1", ReverseName.Dotted(client));
    }

    [Fact]
    public void A_name_that_is_too_long_loses_labels_from_the_left()
    {
        string label = new('a', 60);
        string expanded = string.Join(".", Enumerable.Repeat(label, 5)) + ".example.com";

        Assert.True(MacroExpander.TryGetName(expanded, out DomainName? name));
        Assert.Equal(string.Join(".", Enumerable.Repeat(label, 3)) + ".example.com", name!.Text);
        Assert.False(MacroExpander.TryGetName(new string('a', 64) + ".example.com", out _));
        Assert.False(MacroExpander.TryGetName("a..example.com", out _));
        Assert.False(MacroExpander.TryGetName(".", out _));
    }

    [Fact]
    public async Task A_fail_is_explained_by_the_record_that_decided()
    {
        TableResolver dns = Zone("v=spf1 -include:i.example.net -all exp=e.%{d}")
            .Txt("i.example.net", "v=spf1 ip4:192.0.2.1 -all exp=other.example.net")
            .Txt("e.example.com", "%{i} is not one of %{o}%_(%{r}, %{t}, %{c}).")
            .Txt("other.example.net", "wrong");

        SpfResult spf = await Check(dns);

        Assert.Equal(SpfResultCode.Fail, spf.Result);
        Assert.Equal("192.0.2.1 is not one of example.com (mx.example.org, 1700000000, 192.0.2.1).", spf.Explanation);
    }

    [Theory]
    [InlineData("v=spf1 ~all exp=e.example.com", "text", SpfResultCode.SoftFail)]
    [InlineData("v=spf1 -all exp=e.example.com", "bad %x", SpfResultCode.Fail)]
    [InlineData("v=spf1 -all exp=e.example.com", "bell \u0007", SpfResultCode.Fail)]
    [InlineData("v=spf1 -all exp=gone.example.com", "text", SpfResultCode.Fail)]
    public async Task An_explanation_that_is_none_changes_nothing(string record, string text, SpfResultCode result)
    {
        SpfResult spf = await Check(Zone(record).Txt("e.example.com", text));

        Assert.Equal(result, spf.Result);
        Assert.Null(spf.Explanation);
    }

    [Fact]
    public async Task Text_from_DNS_never_reaches_the_result_raw()
    {
        TableResolver dns = Zone("v=spf1 -all exp=e.example.com").Txt("e.example.com", "from %{p}")
            .Ptr("1.2.0.192.in-addr.arpa", "a\u001b[31m.example.org").Address("a\u001b[31m.example.org", "192.0.2.1");

        SpfResult spf = await Check(dns);

        Assert.Equal("from a\\027[31m.example.org", spf.Explanation);
        Assert.DoesNotContain((await Check(Zone("v=spf1 \u001b[31m"))).Trace, line => line.Contains('\u001b', StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_validated_name_is_the_domain_then_one_below_then_any()
    {
        TableResolver dns = Zone("v=spf1 exists:%{p}.ok.example.net -all")
            .Ptr("1.2.0.192.in-addr.arpa", "other.example.org").Ptr("1.2.0.192.in-addr.arpa", "below.example.com").Ptr("1.2.0.192.in-addr.arpa", "fake.example.com")
            .Address("other.example.org", "192.0.2.1").Address("below.example.com", "192.0.2.1").Address("fake.example.com", "192.0.2.9")
            .Address("below.example.com.ok.example.net", "127.0.0.2");

        Assert.Equal(SpfResultCode.Pass, (await Check(dns)).Result);
        Assert.Equal(SpfResultCode.Fail, (await Check(dns, "192.0.2.9")).Result);
    }

    [Fact]
    public async Task Only_ten_reverse_names_are_tried()
    {
        TableResolver Dns(int before)
        {
            TableResolver dns = Zone("v=spf1 ptr -all").Address("good.example.com", "192.0.2.1");
            for (int i = 0; i < before; i++)
                dns.Ptr("1.2.0.192.in-addr.arpa", "n" + i + ".example.net");

            return dns.Ptr("1.2.0.192.in-addr.arpa", "good.example.com");
        }

        Assert.Equal(SpfResultCode.Pass, (await Check(Dns(9))).Result);
        Assert.Equal(SpfResultCode.Fail, (await Check(Dns(10))).Result);
    }

    [Fact]
    public async Task A_failed_reverse_lookup_is_no_match()
    {
        TableResolver dns = Zone("v=spf1 ptr -all").FailName("1.2.0.192.in-addr.arpa");

        Assert.Equal(SpfResultCode.Fail, (await Check(dns)).Result);
    }

    [Fact]
    public async Task A_local_part_beyond_ASCII_matches_no_term_that_asks_for_it()
    {
        TableResolver dns = Zone("v=spf1 exists:%{l}.example.net ?all").Address("müller.example.net", "127.0.0.2");

        Assert.Equal(SpfResultCode.Neutral, (await Check(dns, sender: "müller@example.com")).Result);
        Assert.Equal(SpfResultCode.Pass, (await Check(Zone("v=spf1 exists:%{l}.example.net ?all").Address("muller.example.net", "127.0.0.2"), sender: "muller@example.com")).Result);
    }

    [Fact]
    public async Task Redirect_to_nothing_is_PermError_and_beside_all_is_ignored()
    {
        Assert.Equal(SpfResultCode.PermError, (await Check(Zone("v=spf1 redirect=gone.example.net"))).Result);
        Assert.Equal(SpfResultCode.SoftFail, (await Check(Zone("v=spf1 redirect=gone.example.net ~all"))).Result);
    }

    private sealed class BlockingResolver(IDnsResolver inner, string name, CancellationTokenSource over) : IDnsResolver
    {
        public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            if (question.Name.Text == name)
            {
                await over.CancelAsync();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return await inner.QueryAsync(question, cancellationToken);
        }
    }
}
