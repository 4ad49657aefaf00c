namespace MailDns.Resolver.Pooled;

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
