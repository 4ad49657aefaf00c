using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
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
    private readonly ExchangeCounters _counters = counters;

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
        _counters.AddTcpConnection();
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
            DnsResponse? answer = await connection.AskAsync(question, name, mode, _counters, cancellationToken).ConfigureAwait(false);
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
