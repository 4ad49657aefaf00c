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

/// <summary>One object of a pipeline: and once it is done what it gave.</summary>
internal sealed class PendingRead(object target)
{
    private volatile bool _isDone;

    public object Target { get; } = target;

    /// <summary>What is to be written; empty after a failure.</summary>
    public IReadOnlyList<object> Output { get; private set; } = Array.Empty<object>();

    /// <summary>Why there is no output; null where there is.</summary>
    public Exception? Failure { get; private set; }

    public bool IsDone => _isDone;

    public void Complete(IReadOnlyList<object> output)
    {
        Output = output;
        _isDone = true;
    }

    public void Fail(Exception failure)
    {
        Failure = failure;
        _isDone = true;
    }
}

/// <summary>
/// What Write-Progress shows of a run over many objects: how many are done, how many a second, and where their number is
/// known how long the rest takes. Silent for a handful and for runs of about a second.
/// </summary>
internal sealed class ReadProgress
{
    private const int Handful = 8;
    private static readonly TimeSpan s_first = TimeSpan.FromSeconds(1);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _shown = s_first - Interval;
    private bool _isShown;
    private long _done;

    /// <summary>The shortest time between two records.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many there are; null where the pipeline still brings them.</summary>
    public long? Total { get; set; }

    public void AddDone() => _done++;

    /// <summary>The record to write now; null where none is due.</summary>
    public ProgressRecord? Next(string activity)
    {
        TimeSpan now = _clock.Elapsed;
        if (now - _shown < Interval || (Total ?? Math.Max(_done, Handful + 1)) <= Handful) return null;

        _shown = now;
        _isShown = true;
        return Describe(activity, _done / now.TotalSeconds);
    }

    /// <summary>The record that takes the display away; null where there was none.</summary>
    public ProgressRecord? End() => _isShown
        ? new ProgressRecord(0, "MailDns", "Done") { RecordType = ProgressRecordType.Completed }
        : null;

    private ProgressRecord Describe(string activity, double rate)
    {
        string done = _done.ToString("N0", CultureInfo.CurrentCulture);
        string of = Total is { } total ? " of " + total.ToString("N0", CultureInfo.CurrentCulture) : string.Empty;
        string perSecond = rate.ToString(rate < 10 ? "N1" : "N0", CultureInfo.CurrentCulture);
        var record = new ProgressRecord(0, activity, done + of + " done, " + perSecond + " a second");
        if (Total is > 0 and { } all)
        {
            record.PercentComplete = (int)Math.Min(100, _done * 100 / all);
            if (rate > 0) record.SecondsRemaining = (int)Math.Min(int.MaxValue, Math.Ceiling((all - _done) / rate));
        }

        return record;
    }
}
