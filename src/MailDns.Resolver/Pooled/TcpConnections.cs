using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// TCP to servers (RFC 7766), one query on a connection at a time. A connection that has answered is kept for the next
/// query; a server may close it meanwhile (section 6.2.3), which is noticed and mended by a new one.
/// </summary>
internal sealed class TcpConnections(ExchangeCounters counters) : IDisposable
{
    /// <summary>Connections open at the same time, to all servers together.</summary>
    private const int MaxOpen = 64;
    private readonly ConcurrentDictionary<IPEndPoint, ConcurrentStack<TcpConnection>> _idle = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _slots = new(MaxOpen);

    public async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, byte[] name, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stop.Token);
        limit.CancelAfter(timeout);
        bool isWaiting = true;
        try
        {
            await _slots.WaitAsync(limit.Token).ConfigureAwait(false);
            isWaiting = false;
            return await AskAsync(server, question, name, mode, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return DnsResponse.Failure(question, DnsResponseStatus.Timeout);
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is SocketError.TimedOut or SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown
                ? DnsResponse.Failure(question, DnsResponseStatus.Timeout, "the connection was closed")
                : DnsResponse.Failure(question, DnsResponseStatus.Unreachable, e.SocketErrorCode.ToString());
        }
        finally
        {
            if (!isWaiting) _slots.Release();
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        foreach (ConcurrentStack<TcpConnection> idle in _idle.Values)
        {
            while (idle.TryPop(out TcpConnection? connection))
                connection.Dispose();
        }
    }

    private async Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, byte[] name, ExchangeMode mode, CancellationToken cancellationToken)
    {
        ConcurrentStack<TcpConnection> idle = _idle.GetOrAdd(server, static _ => new ConcurrentStack<TcpConnection>());
        while (idle.TryPop(out TcpConnection? used))
        {
            if (await TryAskAsync(used, idle, question, name, mode, cancellationToken).ConfigureAwait(false) is { } answer)
                return answer;
        }

        TcpConnection connection = await TcpConnection.OpenAsync(server, cancellationToken).ConfigureAwait(false);
        counters.AddTcpConnection();
        return await TryAskAsync(connection, idle, question, name, mode, cancellationToken).ConfigureAwait(false)
            ?? DnsResponse.Failure(question, DnsResponseStatus.Timeout, "the connection was closed");
    }

    /// <summary>Null where the connection is closed; it is kept only after a whole answer.</summary>
    private async Task<DnsResponse?> TryAskAsync(
        TcpConnection connection,
        ConcurrentStack<TcpConnection> idle,
        DnsQuestion question,
        byte[] name,
        ExchangeMode mode,
        CancellationToken cancellationToken)
    {
        bool isKept = false;
        try
        {
            DnsResponse? answer = await connection.AskAsync(question, name, mode, counters, cancellationToken).ConfigureAwait(false);
            isKept = answer is not null && !_stop.IsCancellationRequested;
            return answer;
        }
        catch (SocketException)
        {
            return null;
        }
        finally
        {
            if (isKept)
                idle.Push(connection);
            else
                connection.Dispose();
        }
    }
}

/// <summary>One TCP connection: two octets of length before each message (RFC 1035 section 4.2.2), so none is over 65,535 octets.</summary>
internal sealed class TcpConnection(Socket socket, IPEndPoint server) : IDisposable
{
    private const int PrefixLength = 2;

    /// <summary>Messages read for one query; a server that sends others without end is not listened to.</summary>
    private const int MaxMessages = 8;
    private readonly string _server = MessageJudge.Show(server);

    public static async Task<TcpConnection> OpenAsync(IPEndPoint server, CancellationToken cancellationToken)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(server, cancellationToken).ConfigureAwait(false);
            return new TcpConnection(socket, server);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>One question; null where the server has closed the connection before it answered.</summary>
    public async Task<DnsResponse?> AskAsync(DnsQuestion question, byte[] name, ExchangeMode mode, ExchangeCounters counters, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(PrefixLength + ushort.MaxValue);
        try
        {
            ushort id = (ushort)RandomNumberGenerator.GetInt32(ushort.MaxValue + 1);
            var query = new WireWriter();
            mode.Write(query, id, name, question.Type);
            BinaryPrimitives.WriteUInt16BigEndian(buffer, (ushort)query.Length);
            query.Buffer.AsSpan(0, query.Length).CopyTo(buffer.AsSpan(PrefixLength));
            await SendAsync(buffer.AsMemory(0, PrefixLength + query.Length), cancellationToken).ConfigureAwait(false);
            for (int i = 0; i < MaxMessages; i++)
            {
                int length = await ReadMessageAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (length < 0) return null;
                if (Judge(new DnsMessage(buffer, 0, length), id, name, question) is { } answer) return answer;

                counters.AddWrongQuestion();
            }

            return MessageJudge.Malformed(question, "the answer is to another question");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => socket.Dispose();

    private DnsResponse? Judge(DnsMessage message, ushort expected, byte[] name, DnsQuestion question)
    {
        if (!message.HasHeader) return MessageJudge.Malformed(question, "the message ends early or a length is wrong");
        if (message.Id != expected || !message.IsFor(name, question.Type)) return null;
        if (message.IsTruncated) return DnsResponse.Failure(question, DnsResponseStatus.TruncatedNoTcp);

        return message.Read(question) is { } read
            ? MessageJudge.Judge(_server, question, read)
            : MessageJudge.Malformed(question, "the message ends early or a length is wrong");
    }

    private async Task SendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
            octets = octets[await socket.SendAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false)..];
    }

    /// <summary>The length of the next message, which is in the buffer then; -1 at the end of the stream.</summary>
    private async Task<int> ReadMessageAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        if (!await ReadAsync(buffer.AsMemory(0, PrefixLength), cancellationToken).ConfigureAwait(false)) return -1;

        int length = BinaryPrimitives.ReadUInt16BigEndian(buffer);
        return await ReadAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false) ? length : -1;
    }

    private async Task<bool> ReadAsync(Memory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            int read = await socket.ReceiveAsync(octets, SocketFlags.None, cancellationToken).ConfigureAwait(false);
            if (read == 0) return false;

            octets = octets[read..];
        }

        return true;
    }
}
