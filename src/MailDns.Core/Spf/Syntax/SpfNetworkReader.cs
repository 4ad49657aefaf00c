namespace MailDns.Spf;

/// <summary>Looks up the networks that a and mx match, for clients of both families (RFC 7208 sections 5.3 and 5.4).</summary>
internal sealed class SpfNetworkReader(IDnsResolver resolver)
{
    /// <summary>Most exchangers of one mx (RFC 7208 section 4.6.4).</summary>
    private const int MaxExchangers = 10;

    private readonly IDnsResolver _resolver = resolver;

    /// <summary>The networks of an a or mx mechanism whose name is known.</summary>
    public async Task<SpfNetworks> ReadAsync(SpfDirective directive, DomainName name, CancellationToken cancellationToken)
    {
        var networks = new SpfNetworks(directive.IPv4PrefixLength, directive.IPv6PrefixLength);
        if (directive.Mechanism == SpfMechanism.A)
        {
            await AddHostAsync(networks, name, cancellationToken).ConfigureAwait(false);
            return networks;
        }

        DnsResponse response = await _resolver.QueryAsync(name, DnsRecordType.Mx, cancellationToken).ConfigureAwait(false);
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
            networks.Add(await _resolver.QueryAsync(host, DnsRecordType.A, cancellationToken).ConfigureAwait(false));
            networks.Add(await _resolver.QueryAsync(host, DnsRecordType.Aaaa, cancellationToken).ConfigureAwait(false));
        }
    }
}
