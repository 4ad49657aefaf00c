using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

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
    private readonly object _gate = new();
    private readonly List<QuerySocket> _open = new();
    private readonly List<QuerySocket> _retired = new();
    private readonly IPEndPoint _server;
    private readonly ReceiveLoop _loop;
    private readonly ExchangeCounters _counters;
    private readonly RandomNumbers _numbers = new();
    private bool _isDisposed;

    public ServerSockets(IPEndPoint server, ReceiveLoop loop, ExchangeCounters counters)
    {
        _server = server;
        _loop = loop;
        _counters = counters;
        loop.Add(this);
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

    /// <summary>Enters a query and sends it; false with the reason where there is no socket to be had.</summary>
    public bool TrySend(PendingQuery pending, ExchangeMode mode, out string reason)
    {
        reason = string.Empty;
        try
        {
            Take(pending).Send(pending, mode);
            return true;
        }
        catch (SocketException e)
        {
            reason = e.SocketErrorCode.ToString();
        }
        catch (ObjectDisposedException)
        {
            reason = "the resolver is closed";
        }

        return false;
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

        _loop.Remove(this);
        foreach (QuerySocket socket in all)
            socket.Dispose();
    }

    /// <summary>A socket with room, with the query entered in it.</summary>
    private QuerySocket Take(PendingQuery pending)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            // While there are few, most queries open another: ports differ from the start, and one query opens one socket.
            while (_open.Count > 0)
            {
                int drawn = _numbers.Next(_open.Count >= MaxSockets ? _open.Count : MaxSockets);
                if (drawn >= _open.Count) break;

                QuerySocket socket = _open[drawn];
                if (socket.TryAdd(pending, _numbers)) return socket;

                if (socket.IsSpent)
                    Retire(drawn);
                else if (_open.TrueForAll(static other => other.IsFull))
                    break;
            }

            var added = new QuerySocket(_server, _loop, _counters);
            _open.Add(added);
            added.TryAdd(pending, _numbers);
            return added;
        }
    }

    private void Retire(int index)
    {
        _retired.Add(_open[index]);
        _open.RemoveAt(index);
    }

    /// <summary>Ends what has waited long enough or is cancelled, and closes what nobody needs. Called by the <see cref="ReceiveLoop"/> again and again.</summary>
    public void Sweep(long now)
    {
        QuerySocket[] all;
        lock (_gate)
        {
            for (int i = _open.Count - 1; i >= 0; i--)
            {
                if (_open[i].IsSpent) Retire(i);
            }

            all = [.. _open, .. _retired];
        }

        foreach (QuerySocket socket in all)
            socket.Sweep(now);

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
        }
    }
}

/// <summary>Numbers that nobody can guess, drawn in bulk: one at a time they cost as much as sending a query. For one thread at a time.</summary>
internal sealed class RandomNumbers
{
    private readonly byte[] _octets = new byte[1024];
    private int _next = 1024;

    /// <summary>0 to 65,535.</summary>
    public ushort Next()
    {
        if (_next == _octets.Length)
        {
            RandomNumberGenerator.Fill(_octets);
            _next = 0;
        }

        ushort number = BitConverter.ToUInt16(_octets, _next);

        // What has been used is not found in memory later.
        _octets[_next++] = 0;
        _octets[_next++] = 0;
        return number;
    }

    /// <summary>0 up to, without, a bound, which is small: from 65,536 numbers one of fewer than a hundred is drawn, so the bias is below 1 in 600.</summary>
    public int Next(int bound) => Next() % bound;
}
