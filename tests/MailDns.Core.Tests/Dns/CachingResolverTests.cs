using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Core.Tests.Support;
using MailDns.Dns;
using Xunit;

namespace MailDns.Core.Tests.Dns;

public sealed class CachingResolverTests
{
    private TimeSpan _now = TimeSpan.FromDays(3);

    private CachingResolver Cache(IDnsResolver inner, long maxBytes = CachingResolver.DefaultMaxBytes) => new(inner, () => _now, maxBytes);

    private static DnsQuestion Question(string name, DnsRecordType type = DnsRecordType.Txt) => new(DomainName.FromDns(name), type);

    private static DnsResponse Text(DnsQuestion question, string text) =>
        DnsResponse.Answer(question, [new DnsRecord(question.Name, DnsRecordType.Txt, 60, new TxtData(text))]);

    [Fact]
    public async Task An_answer_is_asked_for_once()
    {
        var inner = new ScriptedResolver(question => Text(question, "x"));
        var cache = Cache(inner);
        DnsResponse first = await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        DnsResponse second = await cache.QueryAsync(Question("A.EXAMPLE"), CancellationToken.None);
        Assert.Equal(first.Texts, second.Texts);
        Assert.Same(second, await cache.QueryAsync(Question("a.example"), CancellationToken.None));
        Assert.Single(inner.Questions);
        Assert.Equal(1, cache.Count);
        Assert.True(cache.Bytes > 0);
    }

    [Fact]
    public async Task Another_type_is_another_question()
    {
        var inner = new ScriptedResolver(DnsResponse.NoData);
        var cache = Cache(inner);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        await cache.QueryAsync(Question("a.example", DnsRecordType.Mx), CancellationToken.None);
        Assert.Equal(2, inner.Questions.Count);
    }

    [Theory]
    [InlineData(DnsResponseStatus.NoData, 300, 299, 1)]
    [InlineData(DnsResponseStatus.NoData, 300, 301, 2)]
    [InlineData(DnsResponseStatus.NxDomain, 300, 299, 1)]
    [InlineData(DnsResponseStatus.NxDomain, 300, 301, 2)]
    [InlineData(DnsResponseStatus.NxDomain, 0, 0, 2)]
    [InlineData(DnsResponseStatus.NxDomain, int.MaxValue, 3599, 1)]
    [InlineData(DnsResponseStatus.NxDomain, int.MaxValue, 3601, 2)]
    // Without an SOA record for moments, as failures.
    [InlineData(DnsResponseStatus.NxDomain, null, 1, 1)]
    [InlineData(DnsResponseStatus.NxDomain, null, 4, 2)]
    [InlineData(DnsResponseStatus.Timeout, null, 1, 1)]
    [InlineData(DnsResponseStatus.Timeout, null, 4, 2)]
    [InlineData(DnsResponseStatus.ServerFailure, null, 4, 2)]
    [InlineData(DnsResponseStatus.OutOfZone, null, 4, 2)]
    internal async Task Negative_answers_are_kept_as_long_as_they_may_be_and_failures_for_moments(DnsResponseStatus status, int? negativeTtl, int seconds, int expectedQueries)
    {
        var inner = new ScriptedResolver(question => status switch
        {
            DnsResponseStatus.NoData => DnsResponse.Answer(question, [], negativeTtl: (uint?)negativeTtl),
            DnsResponseStatus.NxDomain => DnsResponse.NxDomain(question, [], negativeTtl: (uint?)negativeTtl),
            _ => DnsResponse.Failure(question, status),
        });
        var cache = Cache(inner);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        _now += TimeSpan.FromSeconds(seconds);
        DnsResponse second = await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        Assert.Equal(status, second.Status);
        Assert.Equal(expectedQueries, inner.Questions.Count);
    }

    [Theory]
    [InlineData(60, 3600, 59, 1)]
    [InlineData(60, 3600, 60, 2)]
    [InlineData(3600, 60, 60, 2)]
    [InlineData(0, 3600, 0, 2)]
    [InlineData(int.MaxValue, int.MaxValue, 86_399, 1)]
    [InlineData(int.MaxValue, int.MaxValue, 86_401, 2)]
    public async Task An_answer_is_kept_for_its_shortest_time_to_live(int first, int second, int seconds, int expectedQueries)
    {
        var inner = new ScriptedResolver(question => DnsResponse.Answer(
            question,
            [
                new DnsRecord(question.Name, DnsRecordType.Txt, (uint)first, new TxtData("x")),
                new DnsRecord(question.Name, DnsRecordType.Txt, (uint)second, new TxtData("y")),
            ]));
        CachingResolver cache = Cache(inner);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        _now += TimeSpan.FromSeconds(seconds);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        Assert.Equal(expectedQueries, inner.Questions.Count);
        Assert.Equal(first == 0 ? 0 : 1, cache.Count);
    }

    [Fact]
    public async Task Callers_at_once_share_one_query()
    {
        var gate = new TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        var inner = new ScriptedResolver((_, _) => gate.Task);
        var cache = Cache(inner);
        List<Task<DnsResponse>> waiting = Enumerable.Range(0, 50).Select(_ => cache.QueryAsync(Question("a.example"), CancellationToken.None)).ToList();
        Assert.Single(inner.Questions);
        gate.SetResult(Text(Question("a.example"), "x"));
        DnsResponse[] answers = await Task.WhenAll(waiting);
        Assert.All(answers, answer => Assert.Same(answers[0], answer));
        Assert.Single(inner.Questions);
    }

    [Fact]
    public async Task A_failure_in_flight_is_shared_and_soon_forgotten()
    {
        var gate = new TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0;
        var inner = new ScriptedResolver((question, _) => Interlocked.Increment(ref calls) is 1 ? gate.Task : Task.FromResult(Text(question, "late")));
        var cache = Cache(inner);
        Task<DnsResponse> one = cache.QueryAsync(Question("a.example"), CancellationToken.None);
        Task<DnsResponse> two = cache.QueryAsync(Question("a.example"), CancellationToken.None);
        gate.SetResult(DnsResponse.Failure(Question("a.example"), DnsResponseStatus.Timeout));
        Assert.Equal(DnsResponseStatus.Timeout, (await one).Status);
        Assert.Equal(DnsResponseStatus.Timeout, (await two).Status);
        _now += TimeSpan.FromSeconds(4);
        Assert.Equal(DnsResponseStatus.Success, (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Status);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task One_callers_cancellation_leaves_the_others_waiting()
    {
        var gate = new TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        CancellationToken innerToken = default;
        var inner = new ScriptedResolver((_, token) =>
        {
            innerToken = token;
            return gate.Task;
        });
        var cache = Cache(inner);
        using var source = new CancellationTokenSource();
        Task<DnsResponse> leaving = cache.QueryAsync(Question("a.example"), source.Token);
        Task<DnsResponse> staying = cache.QueryAsync(Question("a.example"), CancellationToken.None);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        Assert.False(innerToken.IsCancellationRequested);
        gate.SetResult(Text(Question("a.example"), "x"));
        Assert.Equal(["x"], (await staying).Texts);
    }

    [Fact]
    public async Task The_last_callers_cancellation_cancels_the_query_and_a_later_caller_starts_anew()
    {
        int calls = 0;
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var inner = new ScriptedResolver(async (question, token) =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return Text(question, "new");
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }

            throw new InvalidOperationException("not reached");
        });
        var cache = Cache(inner);
        using var source = new CancellationTokenSource();
        Task<DnsResponse> one = cache.QueryAsync(Question("a.example"), source.Token);
        Task<DnsResponse> two = cache.QueryAsync(Question("a.example"), source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => two);
        Assert.Equal(["new"], (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Texts);
        await cancelled.Task;
        Assert.Equal(["new"], (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Texts);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task A_resolver_that_gives_up_by_itself_fails_those_who_stayed_and_poisons_nobody()
    {
        int calls = 0;
        var inner = new ScriptedResolver((question, _) => Interlocked.Increment(ref calls) is 1
            ? Task.FromCanceled<DnsResponse>(new CancellationToken(canceled: true))
            : Task.FromResult(Text(question, "x")));
        CachingResolver cache = Cache(inner);
        Assert.True((await cache.QueryAsync(Question("a.example"), CancellationToken.None)).IsFailure);
        Assert.Equal(["x"], (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Texts);
    }

    [Fact]
    public async Task A_resolver_that_throws_fails_those_who_waited_and_poisons_nobody()
    {
        int calls = 0;
        var inner = new ScriptedResolver((question, _) => Interlocked.Increment(ref calls) is 1
            ? Task.FromException<DnsResponse>(new InvalidOperationException("broken"))
            : Task.FromResult(Text(question, "x")));
        CachingResolver cache = Cache(inner);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.QueryAsync(Question("a.example"), CancellationToken.None));
        Assert.Equal(["x"], (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Texts);
    }

    [Fact]
    public async Task Callers_that_come_and_go_while_answers_arrive_all_end_and_leave_no_flight()
    {
        var inner = new ScriptedResolver(async (question, token) =>
        {
            await Task.Delay(1, token);
            return Text(question, question.Name.Text);
        });
        CachingResolver cache = Cache(inner, 0);
        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (i, _) =>
        {
            using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(i % 3));
            string name = $"n{i % 7}.example";
            try
            {
                Assert.Equal([name], (await cache.QueryAsync(Question(name), source.Token)).Texts);
            }
            catch (OperationCanceledException e)
            {
                Assert.Equal(source.Token, e.CancellationToken);
            }
        });
        Assert.Equal(0, cache.Count);
        Assert.Equal(["n1.example"], (await cache.QueryAsync(Question("n1.example"), CancellationToken.None)).Texts);
    }

    [Fact]
    public async Task A_cancelled_token_asks_nothing()
    {
        var inner = new ScriptedResolver(DnsResponse.NoData);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Cache(inner).QueryAsync(Question("a.example"), new CancellationToken(canceled: true)));
        Assert.Empty(inner.Questions);
    }

    [Fact]
    public async Task The_oldest_answer_that_was_not_used_goes_first()
    {
        var inner = new ScriptedResolver(question => Text(question, "x"));
        CachingResolver probe = Cache(inner);
        await probe.QueryAsync(Question("a.example"), CancellationToken.None);
        CachingResolver cache = Cache(inner, probe.Bytes * 2);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        await cache.QueryAsync(Question("b.example"), CancellationToken.None);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        await cache.QueryAsync(Question("c.example"), CancellationToken.None);
        Assert.Equal(2, cache.Count);
        await cache.QueryAsync(Question("a.example"), CancellationToken.None);
        Assert.Equal(4, inner.Questions.Count);
        await cache.QueryAsync(Question("b.example"), CancellationToken.None);
        Assert.Equal(5, inner.Questions.Count);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 2)]
    public async Task Names_that_do_not_exist_displace_none_that_does(bool othersExist, int expectedQueries)
    {
        var inner = new ScriptedResolver(question => othersExist || question.Name.Text == "shared.example" ? Text(question, "x") : DnsResponse.NxDomain(question));
        var cache = Cache(inner, 40_000);
        await cache.QueryAsync(Question("shared.example"), CancellationToken.None);
        for (int i = 0; i < 500; i++)
            await cache.QueryAsync(Question($"n{i}.example"), CancellationToken.None);
        Assert.InRange(cache.Bytes, 4_000, 40_000);
        await cache.QueryAsync(Question("shared.example"), CancellationToken.None);
        Assert.Equal(expectedQueries, inner.Questions.Count(question => question.Name.Text == "shared.example"));
    }

    [Fact]
    public async Task The_bytes_are_bounded()
    {
        var inner = new ScriptedResolver(question => Text(question, new string('x', 200)));
        var cache = Cache(inner, 20_000);
        for (int i = 0; i < 500; i++)
            await cache.QueryAsync(Question($"n{i}.example"), CancellationToken.None);
        Assert.True(cache.Bytes <= 20_000);
        Assert.InRange(cache.Count, 20, 100);
    }

    [Fact]
    public async Task An_answer_larger_than_the_cache_is_given_and_not_kept()
    {
        var inner = new ScriptedResolver(question => Text(question, new string('x', 60_000)));
        var cache = Cache(inner, 10_000);
        Assert.Equal(60_000, (await cache.QueryAsync(Question("a.example"), CancellationToken.None)).Texts[0].Length);
        Assert.Equal(0, cache.Count);
        Assert.Equal(0, cache.Bytes);
    }

    [Fact]
    public async Task Many_threads_and_names_give_every_caller_its_own_answer()
    {
        var inner = new ScriptedResolver(async (question, _) =>
        {
            await Task.Yield();
            return Text(question, question.Name.Text);
        });
        CachingResolver cache = Cache(inner, 20_000);
        await Parallel.ForEachAsync(Enumerable.Range(0, 4000), async (i, token) =>
        {
            string name = $"n{i % 40}.example";
            DnsResponse response = await cache.QueryAsync(Question(name), token);
            Assert.Equal([name], response.Texts);
        });
        Assert.True(cache.Bytes <= 20_000);
    }
}
