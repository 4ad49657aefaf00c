namespace MailDns.Sending;

/// <summary>The aliases from a host to its final name, asked link by link (RFC 1034 section 3.6.2).</summary>
internal sealed class AliasChain
{
    /// <summary>Most links that are followed.</summary>
    public const int MaxLinks = AliasFollowingResolver.MaxLinks;

    private AliasChain(DomainName host, IReadOnlyList<DomainName> targets, int aliasesAtHost, bool isLoop, DnsResponse? failure, bool hostExists)
    {
        Host = host;
        Targets = targets;
        AliasesAtHost = aliasesAtHost;
        IsLoop = isLoop;
        Failure = failure;
        HostExists = hostExists;
    }

    public DomainName Host { get; }

    /// <summary>The target of each link in order; none where the host is no alias.</summary>
    public IReadOnlyList<DomainName> Targets { get; }

    /// <summary>CNAME records at the host itself; more than one is a fault.</summary>
    public int AliasesAtHost { get; }

    /// <summary>True where the links come back to a name, or are too many.</summary>
    public bool IsLoop { get; }

    /// <summary>The lookup that failed; the chain is known up to it.</summary>
    public DnsResponse? Failure { get; }

    /// <summary>False where the host does not exist.</summary>
    public bool HostExists { get; }

    public bool IsAlias => Targets.Count > 0;

    /// <summary>True where the chain is known to its end.</summary>
    public bool IsComplete => Failure is null && !IsLoop;

    /// <summary>The last name.</summary>
    public DomainName End => IsAlias ? Targets[Targets.Count - 1] : Host;

    public static async Task<AliasChain> ReadAsync(DomainName host, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var targets = new List<DomainName>();
        var visited = new HashSet<DomainName> { host };
        DomainName name = host;
        int aliasesAtHost = 0;
        bool hostExists = true;
        while (true)
        {
            DnsResponse response = await resolver.QueryAsync(name, DnsRecordType.Cname, cancellationToken).ConfigureAwait(false);
            DomainName[] aliases = response.Data<NameData>().Select(data => data.Target).ToArray();
            if (name.Equals(host))
            {
                aliasesAtHost = aliases.Length;
                hostExists = response.Status != DnsResponseStatus.NxDomain;
            }

            if (response.IsFailure || aliases.Length == 0)
                return new AliasChain(host, targets, aliasesAtHost, isLoop: false, response.IsFailure ? response : null, hostExists);

            name = aliases[0];
            targets.Add(name);
            if (!visited.Add(name) || targets.Count > MaxLinks)
                return new AliasChain(host, targets, aliasesAtHost, isLoop: true, failure: null, hostExists);
        }
    }

    /// <summary>Host and targets as people read them.</summary>
    public override string ToString() => string.Join(" -> ", new[] { Host }.Concat(Targets));
}
