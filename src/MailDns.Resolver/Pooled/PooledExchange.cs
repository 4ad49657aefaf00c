using System.Collections.Concurrent;
using System.IO;
using System.Net;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using MailDns.Dns;

namespace MailDns.Resolver.Pooled;

/// <summary>
/// Sends queries over sockets of its own that are used for many. Against forged answers (RFC 5452): each query goes from
/// one of several sockets drawn at random, each bound to a port drawn at random and given up after a number of queries; its
/// ID is drawn at random; and an answer counts only from the asked address to that port with that ID for that question.
/// All else is dropped and counted. Needs .NET; Windows PowerShell asks by <see cref="DnsClientExchange"/>.
/// </summary>
internal sealed class PooledExchange : IPatientExchange, IDisposable
{
    private readonly ConcurrentDictionary<IPEndPoint, ServerSockets> _servers = new();
    private readonly ExchangeCounters _counters = new();
    private readonly ReceiveLoop _loop = new();
    private readonly TcpConnections _tcp;
    private volatile bool _isDisposed;

    public PooledExchange() => _tcp = new TcpConnections(_counters);

    /// <summary>What was sent and dropped so far.</summary>
    public ExchangeCounters Counters => _counters;

    /// <summary>UDP sockets open now.</summary>
    public int OpenSockets
    {
        get
        {
            int count = 0;
            foreach (ServerSockets server in _servers.Values)
                count += server.OpenCount;

            return count;
        }
    }

    /// <summary>True while the thread that reads answers is there.</summary>
    public bool IsReading => _loop.IsRunning;

    // Which servers the system asks is told by tables of each system; the library knows them.
    public IReadOnlyList<IPEndPoint> FindSystemServers() => SystemServers.Find();

    public Task<DnsResponse> AskAsync(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, CancellationToken cancellationToken) =>
        Start(server, question, mode, timeout, Timeout.InfiniteTimeSpan, cancellationToken).Answer;

    public IFirstTry Start(IPEndPoint server, DnsQuestion question, ExchangeMode mode, TimeSpan timeout, TimeSpan patience, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return new WatchedTry(Task.FromCanceled<DnsResponse>(cancellationToken), patience: null);

        if (DnsMessage.WriteName(question.Name) is not { } name)
            return Fail(question, DnsResponseStatus.OtherError, "the name cannot be written into a query");

        if (_isDisposed) return Fail(question, DnsResponseStatus.Unreachable, "the resolver is closed");

        if ((mode & ExchangeMode.Tcp) != ExchangeMode.None)
            return new WatchedTry(_tcp.AskAsync(server, question, name, mode, timeout, cancellationToken), patience: null);

        long now = Environment.TickCount64;
        long until = patience == Timeout.InfiniteTimeSpan ? long.MaxValue : now + (long)patience.TotalMilliseconds;
        var pending = new PendingQuery(question, name, now + (long)timeout.TotalMilliseconds, until, cancellationToken);
        ServerSockets sockets = _servers.GetOrAdd(server, static (endpoint, exchange) => new ServerSockets(endpoint, exchange._loop, exchange._counters), this);
        return sockets.TrySend(pending, mode, out string reason) ? pending : Fail(question, DnsResponseStatus.Unreachable, reason);
    }

    /// <summary>Closes all sockets; what is under way ends as unreachable.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (ServerSockets server in _servers.Values)
            server.Dispose();

        _loop.Dispose();
        _tcp.Dispose();
    }

    private static WatchedTry Fail(DnsQuestion question, DnsResponseStatus status, string reason) =>
        new(Task.FromResult(DnsResponse.Failure(question, status, reason)), patience: null);
}

/// <summary>
/// The servers that the system asks, as DnsClient knows them. Only who names no server needs that library, so it is loaded
/// here and not before: from beside this assembly, since the runtime would take another module's copy first.
/// </summary>
internal static class SystemServers
{
    public static IReadOnlyList<IPEndPoint> Find()
    {
        Assembly assembly = typeof(SystemServers).Assembly;
        AssemblyLoadContext? context = AssemblyLoadContext.GetLoadContext(assembly);
        if (context is not null && context != AssemblyLoadContext.Default)
            context.LoadFromAssemblyPath(Path.Combine(Path.GetDirectoryName(assembly.Location)!, "DnsClient.dll"));

        return Ask();
    }

    // Compiled only when it is called, which is when the library is there.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static IReadOnlyList<IPEndPoint> Ask() => new DnsClientExchange().FindSystemServers();
}

/// <summary>What an exchange has done, for measurements and tests.</summary>
internal sealed class ExchangeCounters
{
    private long _sent;
    private long _sockets;
    private long _wrongId;
    private long _wrongQuestion;
    private long _tcpConnections;

    /// <summary>Datagrams sent.</summary>
    public long Sent => Interlocked.Read(ref _sent);

    /// <summary>UDP sockets ever opened, each with a port of its own.</summary>
    public long Sockets => Interlocked.Read(ref _sockets);

    /// <summary>Datagrams dropped because nothing with that ID was asked from that port: late, doubled, or forged.</summary>
    public long WrongId => Interlocked.Read(ref _wrongId);

    /// <summary>Datagrams dropped because the question was another, or because they were no response.</summary>
    public long WrongQuestion => Interlocked.Read(ref _wrongQuestion);

    /// <summary>TCP connections ever opened.</summary>
    public long TcpConnections => Interlocked.Read(ref _tcpConnections);

    public void AddSent() => Interlocked.Increment(ref _sent);

    public void AddSocket() => Interlocked.Increment(ref _sockets);

    public void AddWrongId() => Interlocked.Increment(ref _wrongId);

    public void AddWrongQuestion() => Interlocked.Increment(ref _wrongQuestion);

    public void AddTcpConnection() => Interlocked.Increment(ref _tcpConnections);
}
