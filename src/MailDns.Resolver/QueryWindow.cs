using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace MailDns.Resolver;

/// <summary>
/// How many questions may be under way at once. This protects the servers and the receive buffers, however many domains are
/// under way: it begins with 512, grows by half while all of it is used and answers come, up to 2,048 where sockets are shared,
/// and shrinks by a quarter, down to 256, while more than one question in sixteen is not answered in time. One lost datagram in
/// a hundred is the network's; one in ten is a server or a line that has too much to do.
/// </summary>
/// <param name="most">How far it may grow: an exchange with a socket a query takes as many ports.</param>
internal sealed class QueryWindow(int most)
{
    public const int Initial = 512;
    public const int Least = 256;
    public const int Most = 2048;

    /// <summary>Questions after which the window is judged anew.</summary>
    private const int Period = 512;
    private readonly int _most = most;
    private readonly object _gate = new();
    private readonly Queue<Turn> _waiting = new();
    private int _underWay;
    private int _ended;
    private int _late;
    private bool _wasFull;

    /// <summary>How many may be under way now.</summary>
    public int Size { get; private set; } = Initial;

    /// <summary>Ends when there is room, at once where there is. Whoever has entered leaves.</summary>
    public Task EnterAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);

        lock (_gate)
        {
            if (_underWay < Size)
            {
                _underWay++;
                return Task.CompletedTask;
            }

            _wasFull = true;
            var turn = new Turn(cancellationToken);
            _waiting.Enqueue(turn);
            return turn.Task;
        }
    }

    /// <summary>A question has ended.</summary>
    /// <param name="wasLate">It was not answered in the time that answers take.</param>
    public void Leave(bool wasLate)
    {
        lock (_gate)
        {
            _underWay--;
            _late += wasLate ? 1 : 0;
            if (++_ended == Period) Judge();

            // One who has given up meanwhile takes no place.
            while (_underWay < Size && _waiting.Count > 0)
                _underWay += _waiting.Dequeue().TryCome() ? 1 : 0;
        }
    }

    private void Judge()
    {
        if (_late > Period / 16)
            Size = Math.Max(Least, Size - (Size / 4));
        else if (_wasFull)
            Size = Math.Min(_most, Size + (Size / 2));

        _ended = 0;
        _late = 0;
        _wasFull = false;
    }

    /// <summary>One who waits for room; whoever goes on does so in a thread of the pool.</summary>
    private sealed class Turn : TaskCompletionSource<bool>
    {
        private readonly CancellationToken _token;
        private readonly CancellationTokenRegistration _registration;

        public Turn(CancellationToken token)
            : base(TaskCreationOptions.RunContinuationsAsynchronously)
        {
            _token = token;
            if (token.CanBeCanceled) _registration = token.Register(static turn => ((Turn)turn!).GiveUp(), this);
        }

        /// <summary>False for one who has given up.</summary>
        public bool TryCome()
        {
            _registration.Dispose();
            return TrySetResult(true);
        }

        private void GiveUp() => TrySetCanceled(_token);
    }
}

/// <summary>How long servers have taken to answer, and so when a question that is not answered is taken for lost (as RFC 6298 section 2 does).</summary>
internal sealed class RoundTripTimes
{
    /// <summary>Before anything is known of a server.</summary>
    private static readonly TimeSpan s_unknown = TimeSpan.FromMilliseconds(400);

    /// <summary>A resolver that has most answers at hand still has to ask for some.</summary>
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(1600);
    private readonly ConcurrentDictionary<IPEndPoint, Estimate> _servers = new();

    /// <summary>How long to wait for the first answer.</summary>
    public TimeSpan FirstInterval(IPEndPoint server) => _servers.TryGetValue(server, out Estimate? estimate) ? estimate.Interval() : s_unknown;

    /// <summary>An answer came after that time.</summary>
    public void Add(IPEndPoint server, TimeSpan time) => _servers.GetOrAdd(server, static _ => new Estimate()).Add(time.TotalMilliseconds);

    private sealed class Estimate
    {
        private readonly object _gate = new();
        private double _mean = -1;
        private double _deviation;

        public void Add(double milliseconds)
        {
            lock (_gate)
            {
                if (_mean < 0)
                {
                    _mean = milliseconds;
                    _deviation = milliseconds / 2;
                    return;
                }

                _deviation += (Math.Abs(milliseconds - _mean) - _deviation) / 4;
                _mean += (milliseconds - _mean) / 8;
            }
        }

        public TimeSpan Interval()
        {
            lock (_gate)
            {
                double milliseconds = _mean + (4 * _deviation);
                return TimeSpan.FromMilliseconds(Math.Max(s_shortest.TotalMilliseconds, Math.Min(milliseconds, s_longest.TotalMilliseconds)));
            }
        }
    }
}

/// <summary>Timers that hundreds of questions share: one for each sixty-fourth of a second, rounded up.</summary>
internal sealed class SharedTicks
{
    private const int Milliseconds = 16;
    private readonly object _gate = new();
    private readonly Dictionary<long, Task> _ticks = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    /// <summary>Ends after that time, or up to a tick later.</summary>
    public Task WaitAsync(TimeSpan time)
    {
        long now = _clock.ElapsedMilliseconds;
        long tick = (now + (long)time.TotalMilliseconds) / Milliseconds + 1;
        lock (_gate)
        {
            if (!_ticks.TryGetValue(tick, out Task? shared))
            {
                shared = EndAsync(tick, (int)((tick * Milliseconds) - now));
                _ticks.Add(tick, shared);
            }

            return shared;
        }
    }

    private async Task EndAsync(long tick, int milliseconds)
    {
        await Task.Delay(milliseconds).ConfigureAwait(false);
        lock (_gate)
        {
            _ticks.Remove(tick);
        }
    }
}
