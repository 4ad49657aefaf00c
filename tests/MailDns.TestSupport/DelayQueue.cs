using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>
/// Datagrams that leave later, one thread for all of them: a wheel of milliseconds, since a heap and a wake-up for each datagram
/// cost more than sending it.
/// </summary>
internal sealed class DelayQueue : IDisposable
{
    /// <summary>Milliseconds round the wheel; what waits longer is passed over until its turn.</summary>
    private const int Slots = 1024;

    private const int MostRemembered = 4096;

    private readonly List<Pending>[] _wheel = new List<Pending>[Slots];
    private readonly Dictionary<SocketAddress, SocketAddress> _addresses = new();
    private readonly object _gate = new();
    private readonly Socket _socket;
    private readonly Thread _thread;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _sent;
    private int _count;
    private bool _stopped;

    public DelayQueue(Socket socket)
    {
        _socket = socket;
        for (int i = 0; i < Slots; i++)
            _wheel[i] = [];
        _thread = new Thread(Run) { IsBackground = true, Name = "Loopback DNS delay queue" };
        _thread.Start();
    }

    /// <summary>Datagrams waiting now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _count;
        }
    }

    /// <summary>The most datagrams ever waiting at once.</summary>
    public int Peak { get; private set; }

    private long Milliseconds => (long)Stopwatch.GetElapsedTime(_started).TotalMilliseconds;

    public void Add(ReadOnlySpan<byte> datagram, SocketAddress remote, TimeSpan delay)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(datagram.Length);
        datagram.CopyTo(buffer);
        lock (_gate)
        {
            // Rounded to the nearest, and later than what has been sent.
            long due = Math.Max(_sent + 1, (long)Math.Round(Stopwatch.GetElapsedTime(_started).TotalMilliseconds + delay.TotalMilliseconds));
            _wheel[due % Slots].Add(new Pending(buffer, datagram.Length, Remember(remote), due));
            Peak = Math.Max(Peak, ++_count);
            if (_count is 1)
                Monitor.Pulse(_gate);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        var due = new List<Pending>();
        while (TakeDue(due))
        {
            foreach (Pending next in due)
            {
                UdpSender.Send(_socket, next.Buffer.AsSpan(0, next.Length), next.Remote);
                ArrayPool<byte>.Shared.Return(next.Buffer);
            }
        }
    }

    /// <summary>Waits for the next millisecond at which something is due; false when the queue is closed.</summary>
    private bool TakeDue(List<Pending> due)
    {
        due.Clear();
        while (true)
        {
            lock (_gate)
            {
                while (_count is 0 && !_stopped)
                    Monitor.Wait(_gate);
                if (_stopped)
                    return false;
                Collect(due, Milliseconds);
                if (due.Count > 0)
                    return true;
            }

            Thread.Sleep(1);
        }
    }

    private void Collect(List<Pending> due, long now)
    {
        // After a pause of a whole turn each slot is looked at once.
        for (long at = Math.Max(_sent + 1, now - Slots + 1); at <= now; at++)
        {
            List<Pending> slot = _wheel[at % Slots];
            due.AddRange(slot.Where(pending => pending.Due <= now));
            slot.RemoveAll(pending => pending.Due <= now);
        }

        _sent = Math.Max(_sent, now);
        _count -= due.Count;
    }

    // The receiver's own is used again for the next datagram.
    private SocketAddress Remember(SocketAddress remote)
    {
        if (_addresses.TryGetValue(remote, out SocketAddress? known))
            return known;
        if (_addresses.Count >= MostRemembered)
            _addresses.Clear();
        var address = new SocketAddress(remote.Family, remote.Size);
        remote.Buffer.Span[..remote.Size].CopyTo(address.Buffer.Span);
        _addresses.Add(address, address);
        return address;
    }

    private readonly record struct Pending(byte[] Buffer, int Length, SocketAddress Remote, long Due);
}
