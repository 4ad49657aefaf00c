using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// One query under way over UDP. A <see cref="ReceiveLoop"/> looks after its times and its cancellation at intervals, which costs
/// a query nothing.
/// </summary>
/// <param name="question">What is asked.</param>
/// <param name="name">Its name's octets.</param>
/// <param name="deadline">When to give up, as <see cref="Environment.TickCount64"/>.</param>
/// <param name="patience">When to say that there is no answer yet; <see cref="long.MaxValue"/> for never.</param>
/// <param name="token">Ends it.</param>
internal sealed class PendingQuery(DnsQuestion question, byte[] name, long deadline, long patience, CancellationToken token) : TaskCompletionSource<DnsResponse?>, IFirstTry
{
    private TaskCompletionSource<DnsResponse>? _late;

    public DnsQuestion Question { get; } = question;

    /// <summary>The name as it was sent.</summary>
    public byte[] Name { get; } = name;

    public long Deadline { get; } = deadline;
    public long Patience { get; } = patience;
    public bool IsCancelled => token.IsCancellationRequested;
    public ushort Id { get; set; }
    public QuerySocket? Socket { get; set; }

    /// <summary>Why a datagram that bore this query's ID, or its question, was dropped; null where none was.</summary>
    public string? Dropped { get; set; }

    public Task<DnsResponse?> Sign => Task;
    public Task<DnsResponse> Answer => Volatile.Read(ref _late) is { } late && Task.IsCompletedSuccessfully && Task.Result is null ? late.Task : Task!;

    /// <summary>Tells those who wait, who go on in this thread.</summary>
    public void End(DnsResponse response)
    {
        if (!TrySetResult(response)) Volatile.Read(ref _late)?.TrySetResult(response);
    }

    /// <summary>Tells those who wait, who go on in a thread of the pool.</summary>
    public void EndElsewhere(DnsResponse response) =>
        ThreadPool.UnsafeQueueUserWorkItem(static ended => ended.Query.End(ended.Response), new EndedQuery(this, response), preferLocal: false);

    /// <summary>Nothing came that could be used.</summary>
    public void EndLate() => EndElsewhere(Dropped is { } why
        ? MessageJudge.Malformed(Question, why)
        : DnsResponse.Failure(Question, DnsResponseStatus.Timeout));

    /// <summary>Nobody waits any more.</summary>
    public void EndCancelled() => ThreadPool.UnsafeQueueUserWorkItem(static query => query.Cancel(), this, preferLocal: false);

    /// <summary>Says once that there is no answer yet. Called by one thread at a time.</summary>
    public void LosePatience()
    {
        if (_late is not null) return;

        Volatile.Write(ref _late, new TaskCompletionSource<DnsResponse>(TaskCreationOptions.RunContinuationsAsynchronously));
        ThreadPool.UnsafeQueueUserWorkItem(static query => query.TrySetResult(null), this, preferLocal: false);
    }

    private void Cancel()
    {
        if (!TrySetCanceled(token)) Volatile.Read(ref _late)?.TrySetCanceled(token);
    }
}

/// <summary>A query and what became of it, on the way to those who wait for it.</summary>
internal readonly record struct EndedQuery(PendingQuery Query, DnsResponse Response)
{
    /// <summary>Tells those who wait; they go on in this thread, one after the other.</summary>
    public static void EndAll(EndedQuery[] queries)
    {
        foreach (EndedQuery ended in queries)
            ended.Query.End(ended.Response);
    }
}
