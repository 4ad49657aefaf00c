using System;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Resolver;
using Xunit;

namespace MailDns.Resolver.Tests;

public sealed class QueryWindowTests
{
    /// <summary>Periods of 512 questions: each is how many of them were late, and whether somebody had to wait.</summary>
    [Theory]
    [InlineData(512, "")]
    [InlineData(512, "0 0 0")]
    [InlineData(768, "0w")]
    [InlineData(1152, "0w 0w")]
    [InlineData(2048, "0w 0w 0w 0w 0w 0w 0w")]
    [InlineData(1728, "5w 5w 5w")]
    [InlineData(768, "32w")]
    [InlineData(384, "33w")]
    [InlineData(256, "512w 512w 512w 512w 512w")]
    [InlineData(256, "100 100 100 100")]
    [InlineData(384, "100 100 100 100 0w")]
    public async Task Grows_while_all_is_used_and_shrinks_while_answers_are_late(int size, string periods)
    {
        var window = new QueryWindow(QueryWindow.Most);
        foreach (string period in periods.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            int late = int.Parse(period.TrimEnd('w'), System.Globalization.CultureInfo.InvariantCulture);
            await PassAsync(window, 512, late, period.EndsWith('w'));
        }

        Assert.Equal(size, window.Size);
    }

    [Fact]
    public void No_more_than_the_size_are_under_way_and_the_next_enters_when_one_leaves()
    {
        var window = new QueryWindow(QueryWindow.Most);
        for (int i = 0; i < QueryWindow.Initial; i++)
            Assert.True(window.EnterAsync(CancellationToken.None).IsCompletedSuccessfully);
        Task next = window.EnterAsync(CancellationToken.None);
        Assert.False(next.IsCompleted);
        window.Leave(wasLate: false);
        Assert.True(next.IsCompletedSuccessfully);
        Assert.False(window.EnterAsync(CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task Grows_no_further_than_it_is_told()
    {
        var window = new QueryWindow(600);
        for (int i = 0; i < 3; i++)
            await PassAsync(window, 512, late: 0, waits: true);
        Assert.Equal(600, window.Size);
    }

    [Fact]
    public async Task One_who_gives_up_takes_no_place()
    {
        var window = new QueryWindow(QueryWindow.Most);
        for (int i = 0; i < QueryWindow.Initial; i++)
            await window.EnterAsync(CancellationToken.None);
        using var source = new CancellationTokenSource();
        Task gone = window.EnterAsync(source.Token);
        Task stays = window.EnterAsync(CancellationToken.None);
        await source.CancelAsync();
        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone)).CancellationToken);
        Assert.True(window.EnterAsync(source.Token).IsCanceled);
        window.Leave(wasLate: false);
        await stays;
    }

    /// <summary>One period; at its end nothing is under way.</summary>
    private static async Task PassAsync(QueryWindow window, int count, int late, bool waits)
    {
        int underWay = 0;
        for (; waits && underWay < window.Size; underWay++)
            await window.EnterAsync(CancellationToken.None);
        if (waits)
        {
            using var source = new CancellationTokenSource();
            Task waiting = window.EnterAsync(source.Token);
            Assert.False(waiting.IsCompleted);
            await source.CancelAsync();
        }

        for (int i = 0; i < count; i++, underWay--)
        {
            for (; underWay < 1; underWay++)
                await window.EnterAsync(CancellationToken.None);
            window.Leave(i < late);
        }

        Assert.True(underWay < QueryWindow.Most);
        for (; underWay > 0; underWay--)
            window.Leave(wasLate: false);
    }
}
