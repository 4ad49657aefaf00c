namespace MailDns.Spf;

/// <summary>The mechanisms that ask DNS, but for include (RFC 7208 sections 5.3 to 5.5 and 5.7).</summary>
internal sealed class SpfMatcher(AddressBits client, MacroFacts facts, BudgetedResolver resolver, SpfLimits limits)
{
    private IReadOnlyList<DomainName>? _reverseNames;

    private DnsRecordType AddressType => client.IsIPv6 ? DnsRecordType.Aaaa : DnsRecordType.A;

    public async Task<bool> MatchesAsync(SpfDirective directive, DomainName domain, CancellationToken cancellationToken)
    {
        DomainName? target = domain;
        if (directive.DomainSpec is not null)
        {
            string? expanded = await ExpandAsync(directive.DomainSpec, domain, cancellationToken).ConfigureAwait(false);

            // Section 4.8 sends no query for what is no name; it is as if it did not exist.
            if (expanded is null || !MacroExpander.TryGetName(expanded, out target)) return false;
        }

        return directive.Mechanism switch
        {
            SpfMechanism.A => await HasClientAddressAsync(target!, directive, cancellationToken).ConfigureAwait(false),
            SpfMechanism.Mx => await MatchesMxAsync(target!, directive, cancellationToken).ConfigureAwait(false),
            SpfMechanism.Ptr => await MatchesPtrAsync(target!, cancellationToken).ConfigureAwait(false),
            _ => await ExistsAsync(target!, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <summary>Expands a macro-string, looking up %{p} where it is used; null where a macro has no value for this sender.</summary>
    public async Task<string?> ExpandAsync(MacroString text, DomainName domain, CancellationToken cancellationToken)
    {
        if (text.Uses('p'))
            facts.ValidatedName = await GetValidatedNameAsync(domain, cancellationToken).ConfigureAwait(false);

        return MacroExpander.Expand(text, facts, domain.Text);
    }

    private static void ThrowIfFailed(DnsResponse response)
    {
        if (response.IsFailure)
            throw new SpfStopException(SpfResultCode.TempError, "The lookup of " + response.Question + " failed: " + response.Describe() + ".");
    }

    private async Task<bool> HasClientAddressAsync(DomainName host, SpfDirective directive, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync(new DnsQuestion(host, AddressType), cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(response);
        return IsAmong(response, client.IsIPv6 ? directive.IPv6PrefixLength : directive.IPv4PrefixLength);
    }

    private bool IsAmong(DnsResponse response, int prefixLength)
    {
        foreach (AddressData data in response.Data<AddressData>())
        {
            if (client.IsInNetwork(AddressBits.From(data.Address, unmap: false), prefixLength)) return true;
        }

        return false;
    }

    private async Task<bool> MatchesMxAsync(DomainName target, SpfDirective directive, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync(new DnsQuestion(target, DnsRecordType.Mx), cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(response);
        MxData[] exchanges = response.Data<MxData>().ToArray();

        // Section 4.6.4. The order of MX records is not fixed, so the limit holds before the first of them is tried.
        if (exchanges.Length > limits.MxNames)
        {
            throw new SpfStopException(SpfResultCode.PermError, target + " has " + exchanges.Length + " MX records; mx may look up " + limits.MxNames + " (RFC 7208 section 4.6.4).");
        }

        foreach (MxData mx in exchanges.OrderBy(mx => mx.Preference))
        {
            // RFC 7505: the root as exchange is no host.
            if (!mx.Exchange.IsRoot && await HasClientAddressAsync(mx.Exchange, directive, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    private async Task<bool> ExistsAsync(DomainName target, CancellationToken cancellationToken)
    {
        // Section 5.7: always A, whatever the client's family.
        DnsResponse response = await resolver.QueryAsync(new DnsQuestion(target, DnsRecordType.A), cancellationToken).ConfigureAwait(false);
        ThrowIfFailed(response);
        return response.Status == DnsResponseStatus.Success;
    }

    // Section 5.5.
    private async Task<bool> MatchesPtrAsync(DomainName target, CancellationToken cancellationToken)
    {
        foreach (DomainName name in await GetReverseNamesAsync(cancellationToken).ConfigureAwait(false))
        {
            if (name.IsSameOrBelow(target) && await IsValidatedAsync(name, cancellationToken).ConfigureAwait(false))
                return true;
        }

        return false;
    }

    // Section 7.3: the domain itself, else a name below it, else any; "unknown" where none is validated.
    private async Task<string> GetValidatedNameAsync(DomainName domain, CancellationToken cancellationToken)
    {
        IReadOnlyList<DomainName> names = await GetReverseNamesAsync(cancellationToken).ConfigureAwait(false);
        foreach (DomainName name in names.OrderBy(name => name.Equals(domain) ? 0 : name.IsBelow(domain) ? 1 : 2))
        {
            if (await IsValidatedAsync(name, cancellationToken).ConfigureAwait(false)) return name.Text;
        }

        return "unknown";
    }

    private async Task<IReadOnlyList<DomainName>> GetReverseNamesAsync(CancellationToken cancellationToken)
    {
        if (_reverseNames is null)
        {
            // Section 5.5: an error here means that ptr does not match.
            DnsResponse response = await resolver.QueryAsync(new DnsQuestion(ReverseName.Of(client), DnsRecordType.Ptr), cancellationToken).ConfigureAwait(false);
            _reverseNames = response.Data<NameData>().Select(data => data.Target).Take(limits.PtrNames).ToArray();
        }

        return _reverseNames;
    }

    // A failed lookup skips the name (section 5.5).
    private async Task<bool> IsValidatedAsync(DomainName name, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryAsync(new DnsQuestion(name, AddressType), cancellationToken).ConfigureAwait(false);
        return IsAmong(response, client.BitLength);
    }
}
