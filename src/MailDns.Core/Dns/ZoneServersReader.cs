using System.Net;
using System.Net.Sockets;

namespace MailDns.Dns;

/// <summary>
/// Finds the zone of a name and its servers through a resolver, then asks each server for the zone's SOA record. Bounded:
/// at most <see cref="MaxHosts"/> servers with <see cref="MaxAddresses"/> addresses each.
/// </summary>
/// <param name="resolver">Answers for SOA, NS and addresses.</param>
/// <param name="connect">A resolver that asks one server alone, without desiring recursion.</param>
/// <param name="port">The port of the name servers; 53 but in tests.</param>
internal sealed class ZoneServersReader(IDnsResolver resolver, Func<IPEndPoint, IDnsResolver> connect, int port = ServerEndpoint.DefaultPort)
{
    /// <summary>Most name servers of a zone that are asked; the root has 13.</summary>
    public const int MaxHosts = 16;

    /// <summary>Most addresses of one name server that are asked.</summary>
    public const int MaxAddresses = 4;

    /// <summary>Most servers of the parent zone that are asked for the delegation; one would do, were it sure to answer.</summary>
    public const int MaxParentHosts = 3;

    private readonly IDnsResolver _resolver = resolver;
    private readonly Func<IPEndPoint, IDnsResolver> _connect = connect;
    private readonly int _port = port;

    /// <summary>The zone that holds a name, and its servers.</summary>
    public async Task<ZoneServers> ReadAsync(DomainName name, CancellationToken cancellationToken)
    {
        // The zone cut: the nearest name at or above that has an SOA record (RFC 1034 section 4.2, RFC 2181 section 6).
        for (DomainName candidate = name; !candidate.IsRoot; candidate = candidate.Parent)
        {
            DnsResponse soa = await AskAsync(candidate, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
            if (soa.IsFailure) return ZoneServers.Unknown(name, Failed(soa));

            if (soa.Status == DnsResponseStatus.Success && !soa.IsAliased)
                return await ReadServersAsync(candidate, cancellationToken).ConfigureAwait(false);
        }

        return ZoneServers.Unknown(name, "no zone that contains " + name + " was found.");
    }

    /// <summary>What the parent zone names as the zone's servers, asked of its own servers, against what the zone names.</summary>
    public async Task<ZoneDelegation> ReadDelegationAsync(ZoneServers zone, CancellationToken cancellationToken)
    {
        if (zone.Servers.Count == 0)
            return ZoneDelegation.Unknown("No name server of " + zone.Zone + " answers for it.");

        DnsResponse own = await zone.Servers[0].QueryAsync(new DnsQuestion(zone.Zone, DnsRecordType.Ns), cancellationToken).ConfigureAwait(false);
        if (own.IsFailure) return ZoneDelegation.Unknown(Capital(Failed(own)));

        for (DomainName candidate = zone.Zone.Parent; !candidate.IsRoot; candidate = candidate.Parent)
        {
            DnsResponse soa = await AskAsync(candidate, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
            if (soa.IsFailure) return ZoneDelegation.Unknown(Capital(Failed(soa)));

            if (soa.Status == DnsResponseStatus.Success && !soa.IsAliased)
                return await ReadAtParentAsync(candidate, own, cancellationToken).ConfigureAwait(false);
        }

        return ZoneDelegation.Unknown("No parent zone of " + zone.Zone + " was found.");
    }

    private async Task<ZoneDelegation> ReadAtParentAsync(DomainName parent, DnsResponse own, CancellationToken cancellationToken)
    {
        DomainName zone = own.Question.Name;
        DnsResponse answer = await AskAsync(parent, DnsRecordType.Ns, cancellationToken).ConfigureAwait(false);
        DomainName[] hosts = answer.Data<NameData>().Select(data => data.Target).Distinct().OrderBy(host => host.Text, StringComparer.Ordinal).Take(MaxParentHosts).ToArray();
        Host[] found = await Task.WhenAll(hosts.Select(host => ReadHostAsync(host, cancellationToken))).ConfigureAwait(false);
        try
        {
            DnsResponse[] answers = await Task.WhenAll(found.SelectMany(host => host.Servers.Take(1)).Select(server => server.QueryAsync(own.Question, cancellationToken))).ConfigureAwait(false);
            if (answers.FirstOrDefault(item => item.Delegation.Count > 0) is { } referral)
                return ZoneDelegation.Of(parent, referral.Delegation, own.Data<NameData>().Select(data => data.Target));

            if (answers.Any(item => item.IsAuthoritative && !item.IsFailure))
                return ZoneDelegation.Hidden(parent, zone);

            string detail = answers.Length > 0 ? answers[0].Describe() : answer.IsFailure ? answer.Describe() : "none has an address";
            return ZoneDelegation.Unknown("No server of " + parent + " that was asked shows the delegation of " + zone + ": " + detail + ".");
        }
        finally
        {
            foreach (DnsServer server in found.SelectMany(host => host.Servers))
                server.Dispose();
        }
    }

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence.Substring(1);

    private Task<DnsResponse> AskAsync(DomainName name, DnsRecordType type, CancellationToken cancellationToken) =>
        _resolver.QueryAsync(new DnsQuestion(name, type), cancellationToken);

    private async Task<ZoneServers> ReadServersAsync(DomainName zone, CancellationToken cancellationToken)
    {
        DnsResponse answer = await AskAsync(zone, DnsRecordType.Ns, cancellationToken).ConfigureAwait(false);
        DomainName[] hosts = answer.Data<NameData>().Select(data => data.Target).Distinct().OrderBy(host => host.Text, StringComparer.Ordinal).ToArray();
        if (hosts.Length == 0)
            return ZoneServers.Unknown(zone, answer.IsFailure ? Failed(answer) : zone + " has no NS record.");

        Host[] found = await Task.WhenAll(hosts.Take(MaxHosts).Select(host => ReadHostAsync(host, cancellationToken))).ConfigureAwait(false);
        Probe[] probes = await Task.WhenAll(found.SelectMany(host => host.Servers).Select(server => ProbeAsync(server, zone, cancellationToken))).ConfigureAwait(false);
        int leftOut = Math.Max(0, hosts.Length - MaxHosts) + found.Sum(host => host.LeftOut);
        return Judge(zone, found, probes, leftOut);
    }

    private async Task<Host> ReadHostAsync(DomainName host, CancellationToken cancellationToken)
    {
        DnsResponse[] answers = await Task.WhenAll(
            AskAsync(host, DnsRecordType.A, cancellationToken),
            AskAsync(host, DnsRecordType.Aaaa, cancellationToken)).ConfigureAwait(false);
        IPAddress[] addresses = answers.SelectMany(answer => answer.Data<AddressData>()).Select(data => data.Address).Distinct().ToArray();
        DnsServer[] servers = addresses.Take(MaxAddresses).Select(address => Server(host, new IPEndPoint(address, _port))).ToArray();
        DnsResponse? failure = answers.FirstOrDefault(answer => answer.IsFailure);
        string? fault = servers.Length > 0 ? null : failure is null ? "it has no address" : Failed(failure).TrimEnd('.');
        return new Host(servers, addresses.Length - servers.Length, fault is null ? null : new ServerFault(host.ToString(), ServerFaultKind.Silent, fault));
    }

    private DnsServer Server(DomainName host, IPEndPoint endPoint) => new(host + " (" + endPoint.Address + ")", endPoint, _connect(endPoint));

    private static async Task<Probe> ProbeAsync(DnsServer server, DomainName zone, CancellationToken cancellationToken)
    {
        DnsResponse soa = await server.QueryAsync(new DnsQuestion(zone, DnsRecordType.Soa), cancellationToken).ConfigureAwait(false);
        DnsRecord? record = soa.IsAuthoritative ? soa.Records.FirstOrDefault(item => item.Data is SoaData && item.Owner.Equals(zone)) : null;
        if (record?.Data is SoaData data)
        {
            server.Serial = data.Serial;
            server.NegativeTtl = Math.Min(record.Ttl, data.Minimum);
        }

        return new Probe(server, soa);
    }

    private static ZoneServers Judge(DomainName zone, Host[] hosts, Probe[] probes, int leftOut)
    {
        // A machine without IPv6 reaches none of the servers that way, which tells nothing of the servers.
        bool hasNoIPv6 = probes.Any(probe => probe.Serves) && probes.Where(probe => probe.IsIPv6).All(probe => probe.Answer.Status == DnsResponseStatus.Unreachable);
        Probe[] judged = probes.Where(probe => !(hasNoIPv6 && probe.IsIPv6)).ToArray();
        DnsServer[] servers = judged.Where(probe => probe.Serves).Select(probe => probe.Server).ToArray();
        uint newest = SerialNumber.Newest(servers.Select(server => server.Serial ?? 0));
        ServerFault[] faults = hosts.Select(host => host.Fault).OfType<ServerFault>().Concat(judged.Where(probe => !probe.Serves).Select(probe => probe.Fault)).ToArray();
        return new ZoneServers(zone, servers.OrderBy(server => server.Serial != newest).ToArray(), faults, leftOut, probes.Select(probe => probe.Server).ToArray());
    }

    private static string Failed(DnsResponse answer) => "the lookup of " + answer.Question + " failed: " + answer.Describe() + ".";

    private sealed class Host(IReadOnlyList<DnsServer> servers, int leftOut, ServerFault? fault)
    {
        public IReadOnlyList<DnsServer> Servers { get; } = servers;

        public int LeftOut { get; } = leftOut;

        public ServerFault? Fault { get; } = fault;
    }

    private sealed class Probe(DnsServer server, DnsResponse answer)
    {
        public DnsServer Server { get; } = server;

        public DnsResponse Answer { get; } = answer;

        public bool IsIPv6 => Server.EndPoint?.AddressFamily == AddressFamily.InterNetworkV6;

        public bool Serves => Server.Serial is not null;

        public ServerFault Fault => new(Server.Name, IsLame ? ServerFaultKind.Lame : ServerFaultKind.Silent, Reason);

        // SERVFAIL is what a server says of a zone that it should hold and cannot load, or that has expired.
        private bool IsLame => !Answer.IsFailure || Answer.IsReferral || Answer.Status is DnsResponseStatus.Refused or DnsResponseStatus.ServerFailure;

        private string Reason =>
            Answer.IsReferral ? "it refers to other servers"
            : Answer.IsFailure ? Answer.Describe()
            : Answer.IsAuthoritative ? "it has no SOA record of the zone"
            : "it answers without authority";
    }
}

/// <summary>
/// The name servers that the parent zone names for a zone, against those that the zone names itself (RFC 1034 section 4.2.2):
/// resolvers begin with the first, and learn of the second from them.
/// </summary>
internal sealed class ZoneDelegation
{
    private ZoneDelegation(DomainName? parent, IEnumerable<DomainName> atParent, IEnumerable<DomainName> inZone, string? failure, bool isHidden)
    {
        Parent = parent;
        AtParent = Names(atParent);
        InZone = Names(inZone);
        Failure = failure;
        IsHidden = isHidden;
    }

    /// <summary>The parent zone; null where it could not be found.</summary>
    public DomainName? Parent { get; }

    /// <summary>The servers that the parent zone names, sorted.</summary>
    public IReadOnlyList<string> AtParent { get; }

    /// <summary>The servers that the zone names, sorted.</summary>
    public IReadOnlyList<string> InZone { get; }

    /// <summary>Why nothing is known, as a sentence; null where the two can be compared.</summary>
    public string? Failure { get; }

    /// <summary>True where nobody can see the delegation from outside: the servers of the parent zone serve this zone too.</summary>
    public bool IsHidden { get; }

    public static ZoneDelegation Of(DomainName parent, IEnumerable<DomainName> atParent, IEnumerable<DomainName> inZone) =>
        new(parent, atParent, inZone, failure: null, isHidden: false);

    public static ZoneDelegation Unknown(string failure) => new(parent: null, Array.Empty<DomainName>(), Array.Empty<DomainName>(), failure, isHidden: false);

    public static ZoneDelegation Hidden(DomainName parent, DomainName zone) => new(
        parent,
        Array.Empty<DomainName>(),
        Array.Empty<DomainName>(),
        "The servers of " + parent + " serve " + zone + " too, so its delegation does not show.",
        isHidden: true);

    private static string[] Names(IEnumerable<DomainName> names) => names.Distinct().Select(name => name.ToString()).OrderBy(name => name, StringComparer.Ordinal).ToArray();
}

/// <summary>The zone that holds a name, and the servers that hold the zone.</summary>
internal sealed class ZoneServers(DomainName zone, IReadOnlyList<DnsServer> servers, IReadOnlyList<ServerFault> faults, int leftOut, IReadOnlyList<DnsServer> opened) : IDisposable
{
    private readonly IReadOnlyList<DnsServer> _opened = opened;

    private ZoneServers(DomainName name, string failure)
        : this(name, Array.Empty<DnsServer>(), Array.Empty<ServerFault>(), leftOut: 0, Array.Empty<DnsServer>()) => Failure = failure;

    /// <summary>The zone's apex; the name itself where the zone could not be found.</summary>
    public DomainName Zone { get; } = zone;

    /// <summary>The servers that answer for the zone, those with the newest serial number first.</summary>
    public IReadOnlyList<DnsServer> Servers { get; } = servers;

    /// <summary>The servers that do not.</summary>
    public IReadOnlyList<ServerFault> Faults { get; } = faults;

    /// <summary>Servers or addresses beyond the bound, which were not asked.</summary>
    public int LeftOut { get; } = leftOut;

    /// <summary>Why the zone or its servers could not be found; null where they were.</summary>
    public string? Failure { get; }

    /// <summary>The newest serial number; null without a server.</summary>
    public uint? NewestSerial => Servers.Count == 0 ? null : SerialNumber.Newest(Servers.Select(server => server.Serial ?? 0));

    /// <summary>How long resolvers keep that a name of the zone does not exist (RFC 2308 section 5); null without a server.</summary>
    public TimeSpan? NegativeCacheTime => Servers.Count == 0 ? null : TimeSpan.FromSeconds(Servers.Max(server => server.NegativeTtl ?? 0));

    public static ZoneServers Unknown(DomainName name, string failure) => new(name, failure);

    /// <summary>Closes the sockets of all servers that were asked.</summary>
    public void Dispose()
    {
        foreach (DnsServer server in _opened)
            server.Dispose();
    }

    /// <summary>True for a server whose zone is older than another's.</summary>
    public bool IsLagging(DnsServer server) => NewestSerial is { } newest && server.Serial != newest;
}

/// <summary>A name server of a zone that does not serve it, and why.</summary>
internal sealed class ServerFault(string server, ServerFaultKind kind, string detail)
{
    /// <summary>Name and address.</summary>
    public string Server { get; } = server;

    public ServerFaultKind Kind { get; } = kind;

    /// <summary>In words, escaped.</summary>
    public string Detail { get; } = detail;

    public override string ToString() => Server + ": " + Detail;
}

/// <summary>How a name server fails its zone.</summary>
internal enum ServerFaultKind
{
    /// <summary>It has no address, or nothing that can be read comes from it.</summary>
    Silent,

    /// <summary>It answers, but not for the zone: refused, a referral, no authority (RFC 9499 section 7, lame delegation).</summary>
    Lame,
}

/// <summary>Serial numbers of zones (RFC 1982): they wrap, so that newer is not always greater.</summary>
internal static class SerialNumber
{
    /// <summary>True where <paramref name="one"/> is newer than <paramref name="other"/> (RFC 1982 section 3.2).</summary>
    public static bool IsNewer(uint one, uint other) => unchecked((int)(one - other)) > 0;

    /// <summary>The newest of one or more.</summary>
    public static uint Newest(IEnumerable<uint> serials)
    {
        uint? newest = null;
        foreach (uint serial in serials)
            newest = newest is { } known && !IsNewer(serial, known) ? known : serial;

        return newest ?? 0;
    }
}
