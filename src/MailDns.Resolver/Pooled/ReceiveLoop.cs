using System.Diagnostics;
using System.Net.Sockets;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// One thread that reads from all UDP sockets of an exchange and looks after their times. It exists only while answers are awaited and for moments after:
/// measured, waiting for many sockets at once and passing on what has come in batches costs less than half of what an
/// asynchronous read of each socket does (docs/performance.md).
/// </summary>
internal sealed class ReceiveLoop : IDisposable
{
    /// <summary>From so many awaited answers on, those of a millisecond are read together.</summary>
    private const int ManyOutstanding = 64;

    /// <summary>Answers handed to one thread of the pool: what follows them runs one after the other there.</summary>
    private const int BatchSize = 32;

    /// <summary>How long a thread waits for sockets before it looks whether there are others, in microseconds.</summary>
    private const int SelectMicroseconds = 2_000;

    /// <summary>Milliseconds between two looks at deadlines, patience and cancellation.</summary>
    private const int SweepInterval = 20;
    private static readonly TimeSpan s_selectTime = TimeSpan.FromMicroseconds(SelectMicroseconds);
    private static readonly TimeSpan s_idleTime = TimeSpan.FromMilliseconds(500);
    private readonly object _gate = new();
    private readonly List<QuerySocket> _sockets = new();
    private readonly List<ServerSockets> _servers = new();
    private int _outstanding;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>True while the thread is there.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate)
            {
                return _isRunning;
            }
        }
    }

    public void Add(ServerSockets server)
    {
        lock (_gate)
        {
            _servers.Add(server);
        }
    }

    public void Remove(ServerSockets server)
    {
        lock (_gate)
        {
            _servers.Remove(server);
        }
    }

    public void Add(QuerySocket socket)
    {
        lock (_gate)
        {
            _sockets.Add(socket);
        }
    }

    public void Remove(QuerySocket socket)
    {
        lock (_gate)
        {
            _sockets.Remove(socket);
        }
    }

    /// <summary>An answer more is awaited.</summary>
    public void Expect()
    {
        if (Interlocked.Increment(ref _outstanding) != 1) return;

        lock (_gate)
        {
            if (_isRunning)
            {
                Monitor.Pulse(_gate);
            }
            else if (!_isDisposed)
            {
                _isRunning = true;
                new Thread(Run) { IsBackground = true, Name = "MailDns answers" }.Start();
            }
        }
    }

    /// <summary>An answer has come, or is awaited no more.</summary>
    public void Settle() => Interlocked.Decrement(ref _outstanding);

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        var sockets = new List<QuerySocket>();
        var ready = new List<Socket>();
        var ended = new List<EndedQuery>();
        byte[] buffer = new byte[4096];
        long swept = 0;
        while (TryGetSockets(sockets))
        {
            long now = Environment.TickCount64;
            if (now - swept >= SweepInterval)
            {
                swept = now;
                Sweep(now);
            }

            ready.Clear();
            foreach (QuerySocket socket in sockets)
                ready.Add(socket.Socket);

            long before = Stopwatch.GetTimestamp();
            if (TrySelect(ready))
            {
                Drain(sockets, ready, buffer, ended);
            }
            else if (sockets.Count > 0 && Stopwatch.GetElapsedTime(before) < s_selectTime / 2)
            {
                // Something woke the wait that is not there to be read: a refusal (ICMP) that Select does not report. Reading takes it off.
                ready.Clear();
                ready.AddRange(sockets.Select(socket => socket.Socket));
                Drain(sockets, ready, buffer, ended);
            }

            // Windows sleeps 15 ms where it is asked for one.
            if (ended.Count > 0 && Volatile.Read(ref _outstanding) >= ManyOutstanding && !OperatingSystem.IsWindows())
                Thread.Sleep(1);

            ended.Clear();
            if (Volatile.Read(ref _outstanding) == 0)
            {
                // Before it rests: what is spent is closed.
                Sweep(Environment.TickCount64);
            }
        }
    }

    private void Sweep(long now)
    {
        ServerSockets[] servers;
        lock (_gate)
        {
            servers = _servers.ToArray();
        }

        foreach (ServerSockets server in servers)
            server.Sweep(now);
    }

    /// <summary>The sockets to read from; waits while no answer is awaited, and is false when that is over.</summary>
    private bool TryGetSockets(List<QuerySocket> sockets)
    {
        lock (_gate)
        {
            while (!_isDisposed && Volatile.Read(ref _outstanding) == 0)
            {
                if (!Monitor.Wait(_gate, s_idleTime) && Volatile.Read(ref _outstanding) == 0)
                {
                    _isRunning = false;
                    return false;
                }
            }

            sockets.Clear();
            sockets.AddRange(_sockets);
            _isRunning = !_isDisposed;
            return _isRunning;
        }
    }

    private static bool TrySelect(List<Socket> sockets)
    {
        if (sockets.Count == 0)
        {
            Thread.Sleep(1);
            return false;
        }

        try
        {
            Socket.Select(sockets, null, null, SelectMicroseconds);
            return sockets.Count > 0;
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // One was closed meanwhile: the next round is without it.
            return false;
        }
    }

    /// <summary>Reads all that has come.</summary>
    private static void Drain(List<QuerySocket> sockets, List<Socket> ready, byte[] buffer, List<EndedQuery> ended)
    {
        // What is ready keeps the order.
        int next = 0;
        foreach (QuerySocket socket in sockets)
        {
            if (next < ready.Count && ReferenceEquals(socket.Socket, ready[next]))
            {
                next++;
                socket.Drain(buffer, ended);
            }
        }

        for (int i = 0; i < ended.Count; i += BatchSize)
        {
            EndedQuery[] batch = ended.GetRange(i, Math.Min(BatchSize, ended.Count - i)).ToArray();
            ThreadPool.UnsafeQueueUserWorkItem(static queries => EndedQuery.EndAll(queries), batch, preferLocal: false);
        }
    }
}
