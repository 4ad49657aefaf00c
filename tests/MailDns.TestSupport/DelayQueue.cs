using System;
using System.Buffers;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace MailDns.TestSupport;

/// <summary>Datagrams that leave later: one thread and one heap for all of them.</summary>
internal sealed class DelayQueue : IDisposable
{
    private readonly PriorityQueue<Pending, long> _pending = new();
    private readonly object _gate = new();
    private readonly Socket _socket;
    private readonly Thread _thread;
    private bool _stopped;

    public DelayQueue(Socket socket)
    {
        _socket = socket;
        _thread = new Thread(Run) { IsBackground = true, Name = "Loopback DNS delay queue" };
        _thread.Start();
    }

    /// <summary>Datagrams waiting now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _pending.Count;
        }
    }

    /// <summary>The most datagrams ever waiting at once.</summary>
    public int Peak { get; private set; }

    public void Add(ReadOnlySpan<byte> datagram, SocketAddress remote, TimeSpan delay)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(datagram.Length);
        datagram.CopyTo(buffer);
        var address = new SocketAddress(remote.Family, remote.Size);
        remote.Buffer.Span[..remote.Size].CopyTo(address.Buffer.Span);
        long due = Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        lock (_gate)
        {
            // The thread sleeps until the first is due: only an earlier one wakes it.
            bool isEarlier = !_pending.TryPeek(out _, out long first) || due < first;
            _pending.Enqueue(new Pending(buffer, datagram.Length, address), due);
            Peak = Math.Max(Peak, _pending.Count);
            if (isEarlier)
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
        while (TryTake(out Pending next))
        {
            UdpSender.Send(_socket, next.Buffer.AsSpan(0, next.Length), next.Remote);
            ArrayPool<byte>.Shared.Return(next.Buffer);
        }
    }

    private bool TryTake(out Pending next)
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (_pending.TryPeek(out next, out long due))
                {
                    long ticks = due - Stopwatch.GetTimestamp();
                    if (ticks <= 0)
                    {
                        _pending.Dequeue();
                        return true;
                    }

                    Monitor.Wait(_gate, TimeSpan.FromMilliseconds(Math.Max(1, ticks * 1000 / Stopwatch.Frequency)));
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }

            next = default;
            return false;
        }
    }

    private readonly record struct Pending(byte[] Buffer, int Length, SocketAddress Remote);
}
