using System;
using System.Collections.Generic;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// The UDP sockets towards one server. Policy: up to <see cref="MaxSockets"/> take new queries at a time; a query takes one
/// of them at random; one that has sent <see cref="QuerySocket.MaxQueries"/> or is <see cref="QuerySocket.MaxAge"/> old
/// takes no more, is closed when its last query has ended, and another with another port takes its place.
/// </summary>
internal sealed class ServerSockets : IDisposable
{
    /// <summary>
    /// Sockets that take queries at the same time. Each holds at most <see cref="QuerySocket.MaxOutstanding"/>, so that all
    /// answers at once fit its receive buffer; where all are full there is one more.
    /// </summary>
    public const int MaxSockets = 16;

    private static readonly TimeSpan s_sweepInterval = TimeSpan.FromMilliseconds(20);

    private readonly object _gate = new();
    private readonly List<QuerySocket> _open = new();
    private readonly List<QuerySocket> _retired = new();
    private readonly IPEndPoint _server;
    private readonly ExchangeCounters _counters;
    private readonly Timer _timer;
    private bool _isSweeping;
    private bool _isDisposed;

    public ServerSockets(IPEndPoint server, ExchangeCounters counters)
    {
        _server = server;
        _counters = counters;
        _timer = new Timer(static state => ((ServerSockets)state!).Sweep(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int OpenCount
    {
        get
        {
            lock (_gate)
            {
                return _open.Count + _retired.Count;
            }
        }
    }

    public Task<DnsResponse> AskAsync(DnsQuestion question, byte[] name, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var pending = new PendingQuery(question, name, Environment.TickCount64 + (long)timeout.TotalMilliseconds);
        QuerySocket socket;
        try
        {
            socket = Take(pending);
        }
        catch (SocketException e)
        {
            return Task.FromResult(DnsResponse.Failure(question, DnsResponseStatus.Unreachable, e.SocketErrorCode.ToString()));
        }
        catch (ObjectDisposedException)
        {
            return Task.FromResult(DnsResponse.Failure(question, DnsResponseStatus.Unreachable, "the resolver is closed"));
        }

        pending.Watch(cancellationToken);
        socket.Send(pending, mode);
        return pending.Task;
    }

    public void Dispose()
    {
        QuerySocket[] all;
        lock (_gate)
        {
            _isDisposed = true;
            all = [.. _open, .. _retired];
            _open.Clear();
            _retired.Clear();
        }

        _timer.Dispose();
        foreach (QuerySocket socket in all)
        {
            socket.Dispose();
        }
    }

    /// <summary>A socket with room, with the query entered in it.</summary>
    private QuerySocket Take(PendingQuery pending)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_isSweeping)
            {
                _isSweeping = true;
                _timer.Change(s_sweepInterval, s_sweepInterval);
            }

            // While there are few, most queries open another: ports differ from the start, and one query opens one socket.
            while (_open.Count > 0)
            {
                int drawn = RandomNumberGenerator.GetInt32(_open.Count >= MaxSockets ? _open.Count : MaxSockets);
                if (drawn >= _open.Count)
                {
                    break;
                }

                QuerySocket socket = _open[drawn];
                if (socket.TryAdd(pending))
                {
                    return socket;
                }

                if (socket.IsSpent)
                {
                    Retire(drawn);
                }
                else if (_open.TrueForAll(static other => other.IsFull))
                {
                    break;
                }
            }

            var added = new QuerySocket(_server, _counters);
            _open.Add(added);
            added.TryAdd(pending);
            added.Start();
            return added;
        }
    }

    private void Retire(int index)
    {
        _retired.Add(_open[index]);
        _open.RemoveAt(index);
    }

    /// <summary>Ends what has waited long enough and closes what nobody needs. Stops itself when nothing is under way.</summary>
    private void Sweep()
    {
        QuerySocket[] all;
        lock (_gate)
        {
            for (int i = _open.Count - 1; i >= 0; i--)
            {
                if (_open[i].IsSpent)
                {
                    Retire(i);
                }
            }

            all = [.. _open, .. _retired];
        }

        long now = Environment.TickCount64;
        foreach (QuerySocket socket in all)
        {
            socket.EndLate(now);
        }

        lock (_gate)
        {
            for (int i = _retired.Count - 1; i >= 0; i--)
            {
                if (_retired[i].Outstanding == 0)
                {
                    _retired[i].Dispose();
                    _retired.RemoveAt(i);
                }
            }

            if (!_isDisposed && _retired.Count == 0 && _open.TrueForAll(static socket => socket.Outstanding == 0))
            {
                _isSweeping = false;
                _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }
}
