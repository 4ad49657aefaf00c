namespace MailDns.Spf;

/// <summary>What the lookups of an a or mx mechanism came to.</summary>
internal sealed class SpfNetworks(int ip4PrefixLength, int ip6PrefixLength)
{
    private readonly List<AddressBlock> _blocks = new();
    private int _voidsIPv4;
    private int _voidsIPv6;

    /// <summary>The networks found.</summary>
    public AddressSet Addresses => AddressSet.Of(_blocks);

    /// <summary>The clients for which a lookup failed: those of one family or both. Nothing is known of them.</summary>
    public AddressSet Unknown { get; private set; } = AddressSet.Empty;

    /// <summary>Which lookup failed and how; else null.</summary>
    public string? Failure { get; private set; }

    /// <summary>Why the mechanism is a permerror; else null.</summary>
    public string? Refusal { get; private set; }

    public SpfCost Cost => SpfCost.OfTerm(_voidsIPv4, _voidsIPv6);

    /// <summary>Adds the answer to an A or AAAA question.</summary>
    public void Add(DnsResponse response)
    {
        bool isIPv6 = response.Question.Type == DnsRecordType.Aaaa;
        if (response.IsFailure)
        {
            Failure ??= Describe(response);
            Unknown = Unknown.Union(isIPv6 ? AddressSet.AllIPv6 : AddressSet.AllIPv4);
            return;
        }

        if (response.IsVoid)
        {
            _voidsIPv4 += isIPv6 ? 0 : 1;
            _voidsIPv6 += isIPv6 ? 1 : 0;
        }

        foreach (AddressData address in response.Data<AddressData>())
            _blocks.Add(AddressBlock.Create(AddressBits.From(address.Address, unmap: false), isIPv6 ? ip6PrefixLength : ip4PrefixLength));
    }

    public void CountVoid()
    {
        _voidsIPv4++;
        _voidsIPv6++;
    }

    /// <summary>A lookup that both families need failed.</summary>
    public void Fail(DnsResponse response)
    {
        Failure = Describe(response);
        Unknown = AddressSet.Universe;
    }

    public void Refuse(string reason) => Refusal = reason;

    private static string Describe(DnsResponse response) => response.Question + ": " + response.Describe();
}

/// <summary>Looks up the networks that a and mx match, for clients of both families (RFC 7208 sections 5.3 and 5.4).</summary>
internal sealed class SpfNetworkReader(IDnsResolver resolver)
{
    /// <summary>Most exchangers of one mx (RFC 7208 section 4.6.4).</summary>
    private const int MaxExchangers = 10;

    /// <summary>The networks of an a or mx mechanism whose name is known.</summary>
    public async Task<SpfNetworks> ReadAsync(SpfDirective directive, DomainName name, CancellationToken cancellationToken)
    {
        var networks = new SpfNetworks(directive.IPv4PrefixLength, directive.IPv6PrefixLength);
        if (directive.Mechanism == SpfMechanism.A)
        {
            await AddHostAsync(networks, name, cancellationToken).ConfigureAwait(false);
            return networks;
        }

        DnsResponse response = await resolver.QueryAsync(name, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            networks.Fail(response);
            return networks;
        }

        if (response.IsVoid) networks.CountVoid();

        var exchangers = new List<MxData>(response.Data<MxData>());
        if (exchangers.Count > MaxExchangers)
        {
            networks.Refuse(name + " has " + exchangers.Count + " mail exchangers; more than 10 are a permerror (RFC 7208 section 4.6.4)");
            return networks;
        }

        foreach (MxData exchanger in exchangers)
            await AddHostAsync(networks, exchanger.Exchange, cancellationToken).ConfigureAwait(false);

        return networks;
    }

    private async Task AddHostAsync(SpfNetworks networks, DomainName host, CancellationToken cancellationToken)
    {
        // The exchanger "." of a null MX (RFC 7505) is no host; nothing is there to ask.
        if (!host.IsRoot)
        {
            networks.Add(await resolver.QueryAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false));
            networks.Add(await resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken).ConfigureAwait(false));
        }
    }
}
