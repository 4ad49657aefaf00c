using System.Net;

namespace MailDns.Dns;

/// <summary>
/// One server that is asked by itself. Once it has not answered within a question's whole time it is not waited for again:
/// a dead server may not slow every question of a check.
/// </summary>
internal sealed class DnsServer(string name, IPEndPoint? endPoint, IDnsResolver direct) : IDisposable
{
    private readonly IDnsResolver _cached = new CachingResolver(direct, static () => TimeSpan.Zero);
    private DnsResponse? _silence;

    public DnsServer(ServerAddress address, IDnsResolver direct)
        : this(address.Text, address.EndPoint, direct) => IsOutside = address.IsOutside;

    /// <summary>For messages: "ns1.example.com (192.0.2.1)", or the address alone.</summary>
    public string Name { get; } = name;

    /// <summary>Where a plain server is; null for one over TLS or HTTPS.</summary>
    public IPEndPoint? EndPoint { get; } = endPoint;

    /// <summary>True for a server that answers as the Internet sees a domain (<see cref="ServerAddress.IsOutside"/>).</summary>
    public bool IsOutside { get; private init; }

    /// <summary>Asks the server each time anew.</summary>
    public IDnsResolver Direct { get; } = direct;

    /// <summary>The zone's serial number at this server; null where it was not asked for.</summary>
    public uint? Serial { get; set; }

    /// <summary>How long a resolver keeps a negative answer of the server; null where it was not asked for (RFC 2308 section 5).</summary>
    public uint? NegativeTtl { get; set; }

    /// <summary>Asks the server, each question once.</summary>
    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _silence) is { } silence)
            return DnsResponse.Failure(question, silence.Status, silence.Detail);

        DnsResponse response = await _cached.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        if (response.Status is DnsResponseStatus.Timeout or DnsResponseStatus.Unreachable)
            Volatile.Write(ref _silence, response);

        return response;
    }

    /// <summary>Closes the sockets.</summary>
    public void Dispose() => (Direct as IDisposable)?.Dispose();

    public override string ToString() => Name;
}
