using System.Collections.Concurrent;
using System.Diagnostics;

namespace MailDns.Bulk;

/// <summary>
/// The objects of a pipeline that are under way or not written yet. One thread starts, waits and takes; the work ends on
/// whatever thread. What has been taken is not kept.
/// </summary>
#pragma warning disable CA1001 // The semaphore holds nothing that needs to be freed: nobody asks for its wait handle
internal sealed class ReadWindow
#pragma warning restore CA1001
{
    /// <summary>
    /// How many times <see cref="Limit"/> may wait behind the first one when the order is kept: one whose servers are
    /// silent for the seconds of its budget holds back the output, and others go on.
    /// </summary>
    private const int MaxAhead = 16;

    /// <summary>
    /// Most at the same time until the first is done, or for <see cref="s_firstTime"/>: all at once would be compiled, sent and
    /// waited for before anybody saw a result (docs/performance.md).
    /// </summary>
    private const int FirstLimit = 32;

    private static readonly TimeSpan s_firstTime = TimeSpan.FromMilliseconds(150);

    private readonly SemaphoreSlim _signal = new(0);
    private readonly ConcurrentQueue<PendingRead> _ended = new();

    // With order kept all that are not written; else those that are done.
    private readonly Queue<PendingRead> _queue = new();
    private Stopwatch? _clock;
    private bool _hasEnded;
    private int _running;

    /// <summary>Most at the same time.</summary>
    public int Limit { get; set; } = 1;

    public bool KeepsOrder { get; set; }

    /// <summary>Nothing is under way and nothing waits to be taken.</summary>
    public bool IsEmpty => _running == 0 && _queue.Count == 0;

    /// <summary>No other may be started before one has been waited for.</summary>
    public bool IsFull => _running >= (IsWarm ? Limit : Math.Min(Limit, FirstLimit)) || (KeepsOrder && _queue.Count >= (long)Limit * MaxAhead);

    private bool IsWarm => _hasEnded || _clock?.Elapsed >= s_firstTime;

    /// <summary>Starts one on the thread pool.</summary>
    public void Start(object target, Func<Task<IReadOnlyList<object>>> read)
    {
        _clock ??= Stopwatch.StartNew();
        var item = new PendingRead(target);
        _running++;
        if (KeepsOrder) _queue.Enqueue(item);

        _ = Task.Run(() => RunAsync(item, read));
    }

    /// <summary>Waits until another one is done, or for that long.</summary>
    /// <exception cref="OperationCanceledException">The token is cancelled.</exception>
    public void Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_running > 0 && _signal.Wait(IsWarm || longest < s_firstTime ? longest : s_firstTime, cancellationToken))
            Note();
    }

    /// <summary>The next that can be written now.</summary>
    public bool TryTake(out PendingRead? finished)
    {
        while (_running > 0 && _signal.Wait(0))
            Note();

        finished = null;
        if (_queue.Count == 0 || !_queue.Peek().IsDone) return false;

        finished = _queue.Dequeue();
        return true;
    }

    private void Note()
    {
        _hasEnded = true;
        _running--;
        if (_ended.TryDequeue(out PendingRead? item) && !KeepsOrder) _queue.Enqueue(item);
    }

    private async Task RunAsync(PendingRead item, Func<Task<IReadOnlyList<object>>> read)
    {
        try
        {
            item.Complete(await read().ConfigureAwait(false));
        }
#pragma warning disable CA1031 // It is written as the error of that object, and the others go on
        catch (Exception e)
#pragma warning restore CA1031
        {
            item.Fail(e);
        }

        _ended.Enqueue(item);
        _signal.Release();
    }
}
