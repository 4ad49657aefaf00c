using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;
using MailDns.Resolver.Tests.Support;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Resolver.Tests;

/// <summary>Servers that do not answer at all cost a list of domains one wait, not one a question.</summary>
public abstract class ServerSilenceTests : AskingTests
{
    private const double Seconds = 0.3;

    private protected ServerSilenceTests(ExchangeKind kind)
        : base(kind)
    {
    }

    public sealed class OverPooledSockets() : ServerSilenceTests(ExchangeKind.Pooled);

    public sealed class OverDnsClient() : ServerSilenceTests(ExchangeKind.DnsClient);

    [Fact]
    public async Task Of_silent_servers_one_question_at_a_time_is_asked()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Timeout);
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        Assert.All(await AskAsync(resolver, "first", 10), response => Assert.Equal(DnsResponseStatus.Timeout, response.Status));
        Assert.Equal(10, server.Log.Count);

        server.ClearLog();
        DnsResponse[] later = await AskAsync(resolver, "later", 200);
        Assert.All(later, response => Assert.Equal(DnsResponseStatus.Timeout, response.Status));
        Assert.Contains(later, response => response.Detail == "until a server answers, one question at a time is asked");
        Assert.InRange(server.Log.Count, 1, 20);
    }

    [Fact]
    public async Task One_answer_and_all_are_asked_again()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Timeout);
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        await AskAsync(resolver, "first", 10);
        server.ClearFaults();
        server.ClearLog();

        // None of them fails: the others wait for the answer to the first.
        Assert.All(await AskAsync(resolver, "later", 100), response => Assert.Equal(DnsResponseStatus.Refused, response.Status));
        Assert.Equal(100, server.Log.Count);
    }

    [Theory]
    [InlineData(DnsFaultKind.ServFail)]
    [InlineData(DnsFaultKind.Refused)]
    [InlineData(DnsFaultKind.MalformedPacket)]
    public async Task A_server_that_says_no_is_not_silent(DnsFaultKind kind)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(new DnsFault(kind));
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        await AskAsync(resolver, "first", 20);
        server.ClearLog();
        await AskAsync(resolver, "later", 50);
        Assert.True(server.Log.Select(entry => entry.Name).Distinct().Count() == 50);
    }

    [Fact]
    public async Task One_domain_without_answers_does_not_make_a_server_silent()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Timeout);
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => resolver.QueryAsync(Question($"n{i}.dead.example"), CancellationToken.None)));
        server.ClearLog();
        await AskAsync(resolver, "later", 30);
        Assert.Equal(30, server.Log.Count);
    }

    [Fact]
    public async Task Questions_without_answers_among_others_with_answers_do_not_make_a_server_silent()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        for (int i = 0; i < 30; i++)
            server.AddFault($"dead{i}.example", null, DnsFault.Timeout);
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        Task<DnsResponse[]> dead = AskAsync(resolver, "dead", 30);
        while (!dead.IsCompleted)
        {
            await resolver.QueryAsync(Question("example.com"), CancellationToken.None);
            await Task.Delay(20);
        }

        Assert.All(await dead, response => Assert.Equal(DnsResponseStatus.Timeout, response.Status));
        server.ClearLog();
        await AskAsync(resolver, "dead", 30);
        Assert.Equal(30, server.Log.Count);
    }

    [Fact]
    public async Task A_question_that_waits_ends_with_its_token_and_leaves_the_turn_to_the_next()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(ResolverZone.Create());
        server.AddFault(DnsFault.Timeout);
        IDnsResolver resolver = Ask.Resolver(Seconds, retries: 0, server.EndPoint);
        await AskAsync(resolver, "first", 10);
        using var source = new CancellationTokenSource();
        Task<DnsResponse> asked = resolver.QueryAsync(Question("asked.example"), source.Token);
        Task<DnsResponse> waits = resolver.QueryAsync(Question("waits.example"), source.Token);
        Task<DnsResponse> other = resolver.QueryAsync(Question("other.example"), CancellationToken.None);
        server.ClearFaults();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<System.OperationCanceledException>(() => asked);
        await Assert.ThrowsAnyAsync<System.OperationCanceledException>(() => waits);
        Assert.Equal(DnsResponseStatus.Refused, (await other).Status);
    }

    private static Task<DnsResponse[]> AskAsync(IDnsResolver resolver, string name, int count) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(i => resolver.QueryAsync(Question($"{name}{i}.example"), CancellationToken.None)));

    private static DnsQuestion Question(string name) => new(DomainName.Parse(name), DnsRecordType.Txt);
}
