using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// One UDP socket connected to one server, so that the system drops what comes from elsewhere and reports closed ports. It
/// holds several queries at a time, told apart by their IDs; a <see cref="ReceiveLoop"/> reads from it.
/// </summary>
internal sealed class QuerySocket : IDisposable
{
    /// <summary>Queries that one socket sends in its life: so long may a forger have to guess its port.</summary>
    public const int MaxQueries = 1000;

    /// <summary>Queries under way at the same time: their answers, of 1232 octets at most, fit the smallest usual receive buffer.</summary>
    public const int MaxOutstanding = 64;

    /// <summary>Longest time that a socket takes new queries, in milliseconds.</summary>
    public const int MaxAge = 10_000;
    private const int ReceiveBuffer = 1 << 20;
    private const int FirstPort = 32_768;
    private const int PortTries = 20;

    [ThreadStatic]
    private static WireWriter? s_query;

    private readonly object _gate = new();
    private readonly Dictionary<ushort, PendingQuery> _pending = new();
    private readonly ExchangeCounters _counters;
    private readonly string _server;
    private readonly Socket _socket;
    private readonly long _opened = Environment.TickCount64;
    private readonly ReceiveLoop _loop;
    private int _used;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="SocketException">The system has no socket to give, or no way to the server.</exception>
    public QuerySocket(IPEndPoint server, ReceiveLoop loop, ExchangeCounters counters)
    {
        _loop = loop;
        _counters = counters;
        _server = MessageJudge.Show(server);
        _socket = new Socket(server.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            _socket.ReceiveBufferSize = ReceiveBuffer;
            BindAtRandom(_socket);
            _socket.Connect(server);
            _socket.Blocking = false;
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        counters.AddSocket();
        loop.Add(this);
    }

    public Socket Socket => _socket;

    public int Outstanding
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    public bool IsFull => Outstanding >= MaxOutstanding;

    /// <summary>Takes no more queries.</summary>
    public bool IsSpent => Volatile.Read(ref _used) >= MaxQueries || Environment.TickCount64 - _opened > MaxAge;

    /// <summary>Enters a query under a free ID drawn at random; false where the socket is spent or full.</summary>
    public bool TryAdd(PendingQuery query, RandomNumbers numbers)
    {
        lock (_gate)
        {
            if (IsSpent || _pending.Count >= MaxOutstanding) return false;

            do
            {
                query.Id = numbers.Next();
            }
            while (!_pending.TryAdd(query.Id, query));
            query.Socket = this;
            _used++;
        }

        _loop.Expect();
        return true;
    }

    public void Send(PendingQuery query, ExchangeMode mode)
    {
        WireWriter message = s_query ??= new WireWriter();
        mode.Write(message, query.Id, query.Name, query.Question.Type);
        try
        {
            _socket.Send(message.Buffer.AsSpan(0, message.Length));
            _counters.AddSent();
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.NoBufferSpaceAvailable or SocketError.WouldBlock)
        {
            // As good as lost on the way: the next try goes out later.
        }
        catch (SocketException e)
        {
            EndUnreachable(query, e.SocketErrorCode);
        }
        catch (ObjectDisposedException)
        {
            EndUnreachable(query, SocketError.OperationAborted);
        }
    }

    public void Forget(PendingQuery query)
    {
        lock (_gate)
        {
            if (!_pending.TryGetValue(query.Id, out PendingQuery? present) || !ReferenceEquals(present, query)) return;

            _pending.Remove(query.Id);
        }

        _loop.Settle();
    }

    /// <summary>Ends those whose time is over and those that are cancelled, and tells those who wait for long.</summary>
    public void Sweep(long now)
    {
        List<PendingQuery>? over = null;
        lock (_gate)
        {
            foreach (PendingQuery query in _pending.Values)
            {
                if (query.Deadline <= now || query.IsCancelled)
                    (over ??= new List<PendingQuery>()).Add(query);
                else if (query.Patience <= now)
                    query.LosePatience();
            }

            foreach (PendingQuery query in over ?? [])
                _pending.Remove(query.Id);
        }

        foreach (PendingQuery query in over ?? [])
        {
            _loop.Settle();
            if (query.IsCancelled)
                query.EndCancelled();
            else
                query.EndLate();
        }
    }

    public void Dispose()
    {
        _loop.Remove(this);
        _socket.Dispose();
        EndAll(SocketError.OperationAborted);
    }

    /// <summary>
    /// A port drawn at random (RFC 6056 section 3.3.1), but on Windows, where binding a named port can make the firewall
    /// ask its user: there the system draws it, and the socket itself is drawn from several.
    /// </summary>
    private static void BindAtRandom(Socket socket)
    {
        IPAddress any = socket.AddressFamily == AddressFamily.InterNetworkV6 ? IPAddress.IPv6Any : IPAddress.Any;
        for (int i = 0; i < PortTries && !OperatingSystem.IsWindows(); i++)
        {
            try
            {
                socket.Bind(new IPEndPoint(any, RandomNumberGenerator.GetInt32(FirstPort, IPEndPoint.MaxPort + 1)));
                return;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Somebody else's: another is drawn.
            }
        }

        socket.Bind(new IPEndPoint(any, 0));
    }

    /// <summary>Reads all that has come, and adds the queries that it ends.</summary>
    public void Drain(byte[] buffer, List<EndedQuery> ended)
    {
        // More than it may hold, and the other sockets have their turn.
        for (int i = 0; i < 2 * MaxOutstanding; i++)
        {
            int length;
            SocketError error;
            try
            {
                length = _socket.Receive(buffer, SocketFlags.None, out error);
            }
            catch (ObjectDisposedException)
            {
                return;
            }

            switch (error)
            {
                case SocketError.Success:
                    Take(new DnsMessage(buffer, 0, length), ended);
                    break;
                case SocketError.WouldBlock:
                    return;
                case SocketError.MessageSize:
                    // More than any server may send to a query that offers 1232 octets.
                    _counters.AddWrongQuestion();
                    break;
                default:
                    // ICMP told the system of this address and this port, so of all that is under way here.
                    EndAll(error);
                    return;
            }
        }
    }

    private void Take(DnsMessage message, List<EndedQuery> ended)
    {
        if (Find(message) is { } query)
        {
            _loop.Settle();
            ended.Add(new EndedQuery(query, Read(message, query.Question)));
        }
    }

    private DnsResponse Read(DnsMessage message, DnsQuestion question)
    {
        if (message.IsTruncated) return DnsResponse.Failure(question, DnsResponseStatus.TruncatedNoTcp);

        try
        {
            return message.Read(question) is { } read
                ? MessageJudge.Judge(_server, question, read)
                : MessageJudge.Malformed(question, "the message ends early or a length is wrong");
        }
#pragma warning disable CA1031 // In a thread of its own a fault of the reader would end the user's whole session
        catch (Exception)
#pragma warning restore CA1031
        {
            return MessageJudge.Malformed(question, "the message cannot be read");
        }
    }

    /// <summary>The query that a datagram answers, taken out; null where there is none, and then the datagram is counted.</summary>
    private PendingQuery? Find(DnsMessage message)
    {
        if (!message.HasHeader)
        {
            _counters.AddWrongId();
            return null;
        }

        ushort id = message.Id;
        lock (_gate)
        {
            if (!_pending.TryGetValue(id, out PendingQuery? query))
            {
                _counters.AddWrongId();
                NoteWrongId(message);
                return null;
            }

            if (!message.IsFor(query.Name, query.Question.Type))
            {
                _counters.AddWrongQuestion();
                query.Dropped = "the answer is to another question";
                return null;
            }

            _pending.Remove(id);
            return query;
        }
    }

    // So that a server that mangles IDs is not taken for a silent one.
    private void NoteWrongId(DnsMessage message)
    {
        foreach (PendingQuery query in _pending.Values)
        {
            if (query.Dropped is null && message.IsFor(query.Name, query.Question.Type))
            {
                query.Dropped = "the answer's ID is not the query's";
                return;
            }
        }
    }

    private void EndUnreachable(PendingQuery query, SocketError error)
    {
        Forget(query);
        query.EndElsewhere(DnsResponse.Failure(query.Question, DnsResponseStatus.Unreachable, error.ToString(), new AnswerOrigin { Resolver = _server }));
    }

    private void EndAll(SocketError error)
    {
        PendingQuery[] all;
        lock (_gate)
        {
            all = [.. _pending.Values];
            _pending.Clear();
        }

        foreach (PendingQuery query in all)
        {
            _loop.Settle();
            query.EndElsewhere(DnsResponse.Failure(query.Question, DnsResponseStatus.Unreachable, error.ToString(), new AnswerOrigin { Resolver = _server }));
        }
    }
}
