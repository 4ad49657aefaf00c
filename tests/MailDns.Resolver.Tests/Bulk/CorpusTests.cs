using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Bulk;
using MailDns.Dns;
using MailDns.Resolver.Pooled;
using MailDns.Sending;
using MailDns.TestSupport;
using MailDns.TestSupport.Corpus;
using Xunit;

namespace MailDns.Resolver.Tests.Bulk;

/// <summary>What bulk reading may cost and must find, over a small corpus: counts and verdicts, which no busy machine changes.</summary>
public sealed class CorpusTests
{
    private const int Count = 400;

    private static readonly SendingCorpus s_corpus = SendingCorpus.Generate(Count);

    [Fact]
    public void The_same_seed_gives_the_same_corpus_and_another_seed_another()
    {
        Assert.Equal(s_corpus.Domains, SendingCorpus.Generate(Count).Domains);
        Assert.NotEqual(s_corpus.Domains, SendingCorpus.Generate(Count, seed: 2).Domains);
        Assert.True(s_corpus.Domains.Select(domain => domain.Kind).Distinct(StringComparer.Ordinal).Count() >= 10);
    }

    [Fact]
    public async Task Twelve_questions_cost_twelve_and_a_half_queries_at_most_and_none_is_asked_twice()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_corpus.Zone, new LoopbackDnsServerOptions { LogQueries = false, CountRepeats = true });
        string[] verdicts = await CheckAllAsync(server, limit: 64, retries: 0, TwelveQuestions.CheckAsync);
        Assert.Equal(s_corpus.Domains.Select(TwelveQuestions.Expected), verdicts);
        Assert.Equal(0, server.Repeats);

        // What all domains share is paid once; in a list of thousands it is next to nothing.
        double shared = SendingCorpus.Providers * 4;
        Assert.InRange((server.UdpQueries - shared) / Count, 9, 12.5);
    }

    [Fact]
    public async Task A_whole_check_costs_twenty_queries_at_most_and_none_is_asked_twice()
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_corpus.Zone, new LoopbackDnsServerOptions { LogQueries = false, CountRepeats = true });
        string[] verdicts = await CheckAllAsync(server, limit: 64, retries: 0, async (domain, resolver, token) =>
        {
            var request = new SendingDomainRequest(domain) { Selectors = [SendingCorpus.Selector] };
            return (await SendingDomainChecker.CheckAsync(request, resolver, token)).Results.Single(result => result.Id == "DNS-LOOKUP-FAILED").Status.ToString();
        });
        Assert.All(verdicts, verdict => Assert.Equal("Pass", verdict));
        Assert.Equal(0, server.Repeats);

        double shared = SendingCorpus.Providers * 4;
        Assert.InRange((server.UdpQueries - shared) / Count, 15, 20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Verdicts_do_not_depend_on_how_many_are_under_way_or_on_loss(int limit)
    {
        await using LoopbackDnsServer server = LoopbackDnsServer.Start(s_corpus.Zone, new LoopbackDnsServerOptions { LogQueries = false });
        server.AddFault(DnsFault.Loss(0.01));
        server.AddFault(DnsFault.Duplicate with { Probability = 0.02 });
        server.AddFault(new DnsFault(DnsFaultKind.WrongId) { Probability = 0.01, ThenCorrect = true });
        Assert.Equal(s_corpus.Domains.Select(TwelveQuestions.Expected), await CheckAllAsync(server, limit, retries: 10, TwelveQuestions.CheckAsync));
    }

    private static async Task<string[]> CheckAllAsync(LoopbackDnsServer server, int limit, int retries, Func<DomainName, IDnsResolver, CancellationToken, Task<string>> checkAsync)
    {
        using var network = new DnsClientResolver(
            new DnsClientOptions { Servers = [server.EndPoint], Retries = retries, Timeout = TimeSpan.FromSeconds(120) },
            new PooledExchange());
        var clock = Stopwatch.StartNew();
        var resolver = new AliasFollowingResolver(new CachingResolver(network, () => clock.Elapsed));
        var verdicts = new string[Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = limit }, async (i, token) =>
            verdicts[i] = await checkAsync(DomainName.FromDns(s_corpus.Domains[i].Name), resolver, token));
        return verdicts;
    }
}
