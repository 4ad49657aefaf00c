using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;

namespace MailDns.TestSupport;

/// <summary>
/// An authoritative DNS server on a loopback address, over UDP and TCP on one port, with faults on demand.
/// </summary>
public sealed class LoopbackDnsServer : IAsyncDisposable
{
    private readonly LoopbackDnsServerOptions _options;
    private readonly Socket _udp;
    private readonly Socket _tcp;
    private readonly DelayQueue _delayed;
    private readonly FaultTable _faults;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<QueryLogEntry> _log = new();
    private readonly ConcurrentDictionary<Task, byte> _connections = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly Thread _udpThread;
    private readonly Task _tcpLoop;
    private volatile ZoneData _data;
    private long _udpQueries;
    private long _tcpQueries;
    private long _dropped;
    private long _repeats;
    private readonly HashSet<long> _asked = new();

    private LoopbackDnsServer(ZoneData data, LoopbackDnsServerOptions options)
    {
        _options = options;
        _data = data;
        _faults = new FaultTable(options.Seed);
        _asked.EnsureCapacity(options.ExpectedQuestions);
        (_udp, _tcp) = Bind(options.Address, options.Port);
        EndPoint = (IPEndPoint)_udp.LocalEndPoint!;
        _delayed = new DelayQueue(_udp);
        if (options.Tcp is not TcpMode.Refused)
            _tcp.Listen(512);
        _udpThread = new Thread(ReceiveDatagrams) { IsBackground = true, Name = "Loopback DNS" };
        _udpThread.Start();
        _tcpLoop = options.Tcp is TcpMode.Refused ? Task.CompletedTask : Task.Run(AcceptAsync);
    }

    public IPEndPoint EndPoint { get; }

    public int Port => EndPoint.Port;

    /// <summary><c>address:port</c>, as -Server takes it.</summary>
    public string Address => EndPoint.ToString();

    public IReadOnlyCollection<QueryLogEntry> Log => _log;

    public long UdpQueries => Interlocked.Read(ref _udpQueries);

    public long TcpQueries => Interlocked.Read(ref _tcpQueries);

    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Questions over UDP that had been asked before, where they are counted.</summary>
    public long Repeats => Interlocked.Read(ref _repeats);

    /// <summary>Answers that wait to be sent.</summary>
    public int Delayed => _delayed.Count;

    /// <summary>The most delayed answers ever outstanding at once.</summary>
    public int PeakDelayed => _delayed.Peak;

    public static LoopbackDnsServer Start(TestZone zone, LoopbackDnsServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return Start(zone.ToData(), options);
    }

    public static LoopbackDnsServer Start(ZoneData data, LoopbackDnsServerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new LoopbackDnsServerOptions();
        if (!IPAddress.IsLoopback(options.Address))
            throw new ArgumentException("The server listens on loopback addresses only.", nameof(options));
        return new LoopbackDnsServer(data, options);
    }

    /// <summary>Other data from now on, as after a zone transfer.</summary>
    public void Replace(TestZone zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        _data = zone.ToData();
    }

    /// <summary>Server-wide.</summary>
    public LoopbackDnsServer AddFault(DnsFault fault) => AddFault(null, null, fault);

    /// <param name="name">Null: any name.</param>
    /// <param name="type">A type name or TYPEnnn; null: any type.</param>
    /// <param name="fault">Several on one query add up: delay, duplicate and one wrong answer.</param>
    public LoopbackDnsServer AddFault(string? name, string? type, DnsFault fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        _faults.Add(
            name is null ? null : WireName.Lower(WireName.Parse(name)),
            type is null ? null : ZoneText.ParseType(type),
            fault);
        return this;
    }

    public void ClearFaults() => _faults.Clear();

    public void ClearLog() => _log.Clear();

    /// <summary>Starts all counts anew.</summary>
    public void ClearCounts()
    {
        Interlocked.Exchange(ref _udpQueries, 0);
        Interlocked.Exchange(ref _tcpQueries, 0);
        Interlocked.Exchange(ref _dropped, 0);
        Interlocked.Exchange(ref _repeats, 0);
        lock (_asked)
            _asked.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
            return;
        await _stop.CancelAsync();
        _tcp.Dispose();
        WakeReceiver();
        _udpThread.Join();
        await _tcpLoop;
        await Task.WhenAll(_connections.Keys);
        _delayed.Dispose();
        _udp.Dispose();
        _stop.Dispose();
    }

    private static (Socket Udp, Socket Tcp) Bind(IPAddress address, int port)
    {
        for (int attempt = 0; ; attempt++)
        {
            var tcp = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            var udp = new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                tcp.Bind(new IPEndPoint(address, port));
                udp.ReceiveBufferSize = 4 << 20;
                udp.SendBufferSize = 4 << 20;
                if (OperatingSystem.IsWindows())
                {
                    // SIO_UDP_CONNRESET: a client that has gone must not end the receive loop.
                    const int UdpConnReset = -1744830452;
                    udp.IOControl(UdpConnReset, [0, 0, 0, 0], null);
                }

                udp.Bind(tcp.LocalEndPoint!);
                return (udp, tcp);
            }
            catch (SocketException) when (attempt < 50 && port is 0)
            {
                // The UDP port of that number is taken: draw another.
                tcp.Dispose();
                udp.Dispose();
            }
            catch
            {
                tcp.Dispose();
                udp.Dispose();
                throw;
            }
        }
    }

    // A thread that waits in the system costs less than half of what an asynchronous loop does.
    private void ReceiveDatagrams()
    {
        byte[] request = new byte[4096];
        byte[] response = new byte[ushort.MaxValue];
        var faults = new List<DnsFault>();
        var remote = new SocketAddress(_udp.AddressFamily);
        while (true)
        {
            int received;
            try
            {
                received = _udp.ReceiveFrom(request, SocketFlags.None, remote);
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                return;
            }

            if (_stop.IsCancellationRequested)
                return;
            Interlocked.Increment(ref _udpQueries);
            AnswerDatagram(request.AsSpan(0, received), response, faults, remote);
            if (_options.Coalesce && _udp.Available is 0)
                Thread.Sleep(1);
        }
    }

    // Its own datagram: what ends a blocked receive differs from system to system otherwise.
    private void WakeReceiver()
    {
        using var waker = new Socket(_udp.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        UdpSender.Send(waker, [0], EndPoint.Serialize());
    }

    private void AnswerDatagram(ReadOnlySpan<byte> request, byte[] buffer, List<DnsFault> faults, SocketAddress remote)
    {
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        if (!ReceivedQuery.TryParse(request, name, out ReceivedQuery query, out bool wellFormed))
            return;
        Record(in query, QueryTransport.Udp);
        int limit = Math.Min(_options.MaxUdpPayload, query.HasEdns ? Math.Max(512, query.EdnsBufferSize) : 512);
        if (_faults.IsEmpty || !wellFormed)
        {
            int length = Answer(in query, wellFormed, buffer, limit);
            UdpSender.Send(_udp, buffer.AsSpan(0, length), remote);
            return;
        }

        _faults.Select(in query, QueryTransport.Udp, faults);
        TimeSpan delay = DelayOf(faults);
        if (FindWrongAnswer(faults) is not { } wrong)
        {
            int length = Answer(in query, wellFormed, buffer, limit);
            Send(buffer.AsSpan(0, length), remote, delay, faults);
        }
        else if (wrong.Kind is DnsFaultKind.Timeout)
        {
            Interlocked.Increment(ref _dropped);
        }
        else
        {
            int length = AnswerWrongly(in query, wrong.Kind, buffer, limit);
            Send(buffer.AsSpan(0, length), remote, delay, faults);
            if (wrong.ThenCorrect)
            {
                length = Answer(in query, wellFormed, buffer, limit);
                Send(buffer.AsSpan(0, length), remote, delay, faults);
            }
        }
    }

    private void Send(ReadOnlySpan<byte> datagram, SocketAddress remote, TimeSpan delay, List<DnsFault> faults)
    {
        int copies = faults.Exists(static fault => fault.Kind is DnsFaultKind.Duplicate) ? 2 : 1;
        for (int i = 0; i < copies; i++)
        {
            if (delay > TimeSpan.Zero)
                _delayed.Add(datagram, remote, delay);
            else
                UdpSender.Send(_udp, datagram, remote);
        }
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            Socket connection;
            try
            {
                connection = await _tcp.AcceptAsync(_stop.Token);
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                continue;
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }

            Task task = Task.Run(() => ServeAsync(connection));
            _connections.TryAdd(task, 0);
            _ = task.ContinueWith(done => _connections.TryRemove(done, out byte _), TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using (connection)
        {
            if (_options.Tcp is TcpMode.Close)
                return;
            byte[] request = new byte[ushort.MaxValue];
            byte[] response = new byte[ushort.MaxValue + 2];
            var faults = new List<DnsFault>();
            try
            {
                while (await ReadAsync(connection, request.AsMemory(0, 2)))
                {
                    int length = BinaryPrimitives.ReadUInt16BigEndian(request);
                    if (!await ReadAsync(connection, request.AsMemory(0, length)))
                        return;
                    Interlocked.Increment(ref _tcpQueries);
                    int answered = AnswerStream(request.AsSpan(0, length), response, faults);
                    if (answered is 0)
                        continue;
                    TimeSpan delay = DelayOf(faults);
                    if (delay > TimeSpan.Zero)
                        await Task.Delay(delay, _stop.Token);
                    await connection.SendAsync(response.AsMemory(0, answered), SocketFlags.None, _stop.Token);
                }
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The client hung up, or the server stops.
            }
        }
    }

    /// <summary>The answer to a message that came another way, as over TCP, with the faults and delays of this server; without an answer it never ends.</summary>
    public async Task<byte[]> AnswerAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ushort.MaxValue + 2);
        try
        {
            Interlocked.Increment(ref _tcpQueries);
            var faults = new List<DnsFault>();
            int length = AnswerStream(request.Span, buffer, faults);
            TimeSpan delay = length is 0 ? Timeout.InfiniteTimeSpan : DelayOf(faults);
            if (delay != TimeSpan.Zero)
                await Task.Delay(delay, cancellationToken);
            return buffer.AsSpan(2, length - 2).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>How many octets to send, length prefix included; 0 for no answer.</returns>
    private int AnswerStream(ReadOnlySpan<byte> request, byte[] buffer, List<DnsFault> faults)
    {
        faults.Clear();
        Span<byte> name = stackalloc byte[WireName.MaxLength];
        if (!ReceivedQuery.TryParse(request, name, out ReceivedQuery query, out bool wellFormed))
            return 0;
        Record(in query, QueryTransport.Tcp);
        if (_options.Tcp is TcpMode.Hang)
            return 0;
        if (wellFormed && !_faults.IsEmpty)
            _faults.Select(in query, QueryTransport.Tcp, faults);
        DnsFault? wrong = FindWrongAnswer(faults);
        if (wrong?.Kind is DnsFaultKind.Timeout)
        {
            Interlocked.Increment(ref _dropped);
            return 0;
        }

        Span<byte> message = buffer.AsSpan(2);
        int length = wrong is null ? Answer(in query, wellFormed, message, ushort.MaxValue) : AnswerWrongly(in query, wrong.Kind, message, ushort.MaxValue);
        BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)length);
        return length + 2;
    }

    private async Task<bool> ReadAsync(Socket connection, Memory<byte> buffer)
    {
        int read = 0;
        while (read < buffer.Length)
        {
            int count = await connection.ReceiveAsync(buffer[read..], SocketFlags.None, _stop.Token);
            if (count is 0)
                return false;
            read += count;
        }

        return true;
    }

    private int Answer(in ReceivedQuery query, bool wellFormed, Span<byte> buffer, int limit)
    {
        if (((query.Flags >> 11) & 0xF) is not 0)
            return Responder.Error(in query, ResponseCode.NotImp, buffer);
        return wellFormed ? Responder.Answer(_data, in query, buffer, limit) : Responder.Error(in query, ResponseCode.FormErr, buffer);
    }

    private int AnswerWrongly(in ReceivedQuery query, DnsFaultKind kind, Span<byte> buffer, int limit)
    {
        switch (kind)
        {
            case DnsFaultKind.ServFail:
                return Responder.Error(in query, ResponseCode.ServFail, buffer);
            case DnsFaultKind.Bogus when !query.IsCheckingDisabled:
                return Responder.Error(in query, ResponseCode.ServFail, buffer);
            case DnsFaultKind.Refused:
                return Responder.Error(in query, ResponseCode.Refused, buffer);
            case DnsFaultKind.NotImp:
                return Responder.Error(in query, ResponseCode.NotImp, buffer);
            case DnsFaultKind.FormErr:
                return Responder.Error(in query, ResponseCode.FormErr, buffer);
            case DnsFaultKind.FormErrOnEdns:
                // Such a server knows no OPT record, so it sends none.
                ReceivedQuery plain = query with { HasEdns = false };
                return Responder.Error(in plain, ResponseCode.FormErr, buffer);
            case DnsFaultKind.Truncate:
                return Responder.Truncate(in query, buffer);
            case DnsFaultKind.CnameLoop:
                return Responder.AliasLoop(in query, buffer);
            case DnsFaultKind.LameDelegation:
                return Responder.Empty(in query, ResponseCode.NoError, Responder.LameFlags, buffer);
            case DnsFaultKind.UpwardReferral:
                return Responder.UpwardReferral(in query, buffer);
            case DnsFaultKind.GarbageData:
                return Responder.GarbageData(in query, buffer);
            case DnsFaultKind.RandomOctets:
                _faults.Fill(buffer[..40]);
                BinaryPrimitives.WriteUInt16BigEndian(buffer, query.Id);
                return 40;
        }

        int length = Answer(in query, wellFormed: true, buffer, limit);
        switch (kind)
        {
            case DnsFaultKind.Validated when query.WantsAuthentication:
                buffer[3] |= 0x20;
                break;
            case DnsFaultKind.WrongId:
                buffer[0] ^= 0x55;
                buffer[1] ^= 0xAA;
                break;
            case DnsFaultKind.WrongQuestion when length > 13:
                // Another letter: answers point at the question, so they change with it.
                buffer[13] ^= 1;
                break;
            case DnsFaultKind.MalformedPacket:
                // One answer announced and cut off inside its header.
                BinaryPrimitives.WriteUInt16BigEndian(buffer[6..], 1);
                return 12 + query.Name.Length + 4 + 5;
        }

        return length;
    }

    private TimeSpan DelayOf(List<DnsFault> faults)
    {
        TimeSpan delay = TimeSpan.Zero;
        foreach (DnsFault fault in faults)
        {
            if (fault.Kind is DnsFaultKind.Delay)
                delay += _faults.DrawDelay(fault);
        }

        return delay;
    }

    private static DnsFault? FindWrongAnswer(List<DnsFault> faults)
    {
        // No answer beats a wrong one, whatever the order they were added in.
        DnsFault? wrong = null;
        foreach (DnsFault fault in faults)
        {
            if (fault.Kind is DnsFaultKind.Timeout)
                return fault;
            if (fault.Kind is not (DnsFaultKind.Delay or DnsFaultKind.Duplicate))
                wrong ??= fault;
        }

        return wrong;
    }

    private void Record(in ReceivedQuery query, QueryTransport transport)
    {
        if (_options.CountRepeats && transport is QueryTransport.Udp)
            CountRepeat(Fingerprint(in query));
        if (!_options.LogQueries || query.Name.IsEmpty)
            return;
        _log.Enqueue(new QueryLogEntry(
            WireName.ToText(query.Name),
            ZoneText.TypeName(query.Type),
            transport,
            Stopwatch.GetElapsedTime(_started),
            query.HasEdns,
            (query.Flags & 0x0100) is not 0));
    }

    private void CountRepeat(long fingerprint)
    {
        bool isNew;
        lock (_asked)
            isNew = _asked.Add(fingerprint);
        if (!isNew)
            Interlocked.Increment(ref _repeats);
    }

    // Of the name and the type, in 64 bits: the chance that two of a million questions share one is one in ten millions.
    private static long Fingerprint(in ReceivedQuery query)
    {
        var low = default(HashCode);
        low.Add(query.Type);
        low.AddBytes(query.LowerName);
        var high = default(HashCode);
        high.AddBytes(query.LowerName);
        high.Add(query.Type);
        return ((long)high.ToHashCode() << 32) | (uint)low.ToHashCode();
    }
}
