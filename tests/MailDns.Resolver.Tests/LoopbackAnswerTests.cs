using System.Linq;
using System.Net;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests;

public abstract class LoopbackAnswerTests : AskingTests
{
    private protected LoopbackAnswerTests(ExchangeKind kind)
        : base(kind)
    {
    }

    public sealed class OverPooledSockets() : LoopbackAnswerTests(ExchangeKind.Pooled);

    public sealed class OverDnsClient() : LoopbackAnswerTests(ExchangeKind.DnsClient);

    public static TheoryData<string, string, string, string[]> Rows => AnswerTable.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Answers_over_udp(string name, string type, string status, string[] expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        AnswerTable.Verify(Ask, await Ask.QueryAsync(server.EndPoint, name, type), name, status, expected);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_same_answers_over_tcp_when_everything_is_truncated(string name, string type, string status, string[] expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Truncate);

        // Without retries the counts do not depend on how busy the machine is.
        AnswerTable.Verify(Ask, await Ask.QueryAsync(server.EndPoint, name, type, retries: 0), name, status, expected);
        Assert.Equal(server.UdpQueries, server.TcpQueries);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_same_answers_without_edns(string name, string type, string status, string[] expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.FormErrOnEdns);
        AnswerTable.Verify(Ask, await Ask.QueryAsync(server.EndPoint, name, type, retries: 0), name, status, expected);
        Assert.Equal(status is "OtherError" && !Ask.AsksAllNames ? 0 : 1, server.Log.Count(entry => entry.HasEdns));
    }

    [IPv6Fact]
    public async Task Over_ipv6()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create(), new LoopbackDnsServerOptions { Address = IPAddress.IPv6Loopback });
        Assert.Equal(DnsResponseStatus.Success, (await Ask.QueryAsync(server.EndPoint, "example.com", "TXT")).Status);
        Assert.Equal([ResolverZone.LongText], (await Ask.QueryAsync(server.EndPoint, "long.example.com", "TXT", retries: 0)).Texts);
        Assert.Equal(1, server.TcpQueries);
    }

    [Fact]
    public async Task An_answer_over_1232_octets_comes_by_tcp_and_one_below_does_not()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("a.example", new string('x', 1000)).Txt("b.example", new string('x', 1300)));
        Assert.Equal(1000, (await Ask.QueryAsync(server.EndPoint, "a.example", "TXT", retries: 0)).Texts[0].Length);
        Assert.Equal(0, server.TcpQueries);
        Assert.Equal(1300, (await Ask.QueryAsync(server.EndPoint, "b.example", "TXT", retries: 0)).Texts[0].Length);
        Assert.Equal(1, server.TcpQueries);
    }

    [Fact]
    public async Task The_largest_record_there_is_comes_whole()
    {
        string text = string.Concat(Enumerable.Range(0, 64_000).Select(i => (char)(i % 256)));
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt("a.example", text));
        DnsResponse response = await Ask.QueryAsync(server.EndPoint, "a.example", "TXT");
        Assert.Equal(text, response.Texts[0]);
    }

    [Theory]
    [InlineData("xn--mnchen-3ya.example")]
    [InlineData("_dmarc.xn--mnchen-3ya.example")]
    [InlineData("a+b.xn--mnchen-3ya.example")]
    [InlineData("ab--cd.example")]
    [InlineData("-a-.example")]
    public async Task A_labels_are_asked_as_they_are(string name)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt(name, "x").Cname("alias.example", name));
        DnsResponse direct = await Ask.QueryAsync(server.EndPoint, name, "TXT");
        DnsResponse alias = await Ask.QueryAsync(server.EndPoint, "alias.example", "TXT");
        Assert.Equal(["x"], direct.Texts);
        Assert.Equal(["x"], alias.Texts);
        Assert.Equal(name, alias.CanonicalName.Text);
    }

    [Theory]
    [InlineData("xn--zzzzzz99999.example")]
    [InlineData("xn--.example")]
    [InlineData("xn--a+b.example")]
    public async Task A_labels_that_decode_to_nothing_are_asked_as_they_are_or_are_a_failure(string name)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(new TestZone().Txt(name, "x").Cname("alias.example", name));
        if (Ask.AsksAllNames)
        {
            Assert.Equal(["x"], (await Ask.QueryAsync(server.EndPoint, name, "TXT")).Texts);
            Assert.Equal(["x"], (await Ask.QueryAsync(server.EndPoint, "alias.example", "TXT")).Texts);
            return;
        }

        Assert.Equal(DnsResponseStatus.OtherError, (await Ask.QueryAsync(server.EndPoint, name, "TXT")).Status);
        Assert.Equal(0, server.UdpQueries);
        Assert.True((await Ask.QueryAsync(server.EndPoint, "alias.example", "TXT")).IsFailure);
    }

    [Theory]
    [InlineData("none.example.com", "TXT", 300u)]
    [InlineData("mx1.example.com", "TXT", 300u)]
    [InlineData("dangling.example.com", "TXT", 300u)]
    [InlineData("example.com", "TXT", null)]
    [InlineData("alias.example.com", "TXT", null)]
    [InlineData("far.example.com", "TXT", null)]
    public async Task Negative_answers_have_the_time_of_their_soa_record(string name, string type, uint? expected)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        Assert.Equal(expected, (await Ask.QueryAsync(server.EndPoint, name, type)).NegativeTtl);
    }

    [Fact]
    public async Task Times_to_live_are_given()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(TestZone.Parse("a.example. 1234 IN TXT x", "b.example. 2147483648 IN TXT x"));
        Assert.Equal(1234u, Assert.Single((await Ask.QueryAsync(server.EndPoint, "a.example", "TXT")).Records).Ttl);

        // RFC 2181 section 8.
        Assert.Equal(0u, Assert.Single((await Ask.QueryAsync(server.EndPoint, "b.example", "TXT")).Records).Ttl);
    }
}
