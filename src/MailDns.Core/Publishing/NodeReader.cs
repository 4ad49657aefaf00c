namespace MailDns.Publishing;

/// <summary>What stands at one name, asked for type by type.</summary>
internal sealed class NodeReader(IDnsResolver resolver, CancellationToken cancellationToken)
{
    // What a mail domain's names have; none of it may stand beside an alias (RFC 1034 section 3.6.2).
    private static readonly DnsRecordType[] s_data =
    {
        DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Mx, DnsRecordType.Txt, DnsRecordType.Ns, DnsRecordType.Srv, DnsRecordType.Caa, DnsRecordType.Tlsa,
    };

    private readonly IDnsResolver _resolver = resolver;
    private readonly CancellationToken _cancellationToken = cancellationToken;

    /// <summary>The record set.</summary>
    /// <exception cref="NodeReadException">It could not be read: nothing may be concluded.</exception>
    public async Task<List<ResourceRecord>> ReadSetAsync(DomainName owner, DomainName zone, DnsRecordType type, RecordPurpose purpose)
    {
        DnsResponse response = await _resolver.QueryAsync(owner, type, _cancellationToken).ConfigureAwait(false);

        // An alias whose target cannot be resolved was read all the same.
        if (response.IsFailure && response.Records.Count == 0)
        {
            throw new NodeReadException("The " + DnsRecordTypes.Mnemonic(type) + " records of " + owner + " could not be read: " + response.Describe() + ".");
        }

        try
        {
            return RecordFactory.MakeSet(response, zone, purpose);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new NodeReadException("A " + DnsRecordTypes.Mnemonic(type) + " record of " + owner + " is broken: " + exception.Message);
        }
    }

    /// <summary>The first type of data at the name that forbids an alias there; null for none.</summary>
    /// <exception cref="NodeReadException">A lookup failed.</exception>
    public async Task<DnsRecordType?> FindDataAsync(DomainName owner, DomainName zone)
    {
        foreach (DnsRecordType type in s_data)
        {
            DnsResponse response = await _resolver.QueryAsync(owner, type, _cancellationToken).ConfigureAwait(false);
            if (response.IsFailure && response.Records.Count == 0)
            {
                throw new NodeReadException("The " + DnsRecordTypes.Mnemonic(type) + " records of " + owner + " could not be read: " + response.Describe() + ".");
            }

            foreach (DnsRecord record in response.Records)
            {
                if (record.Type == type && record.Owner.Equals(owner))
                {
                    return type;
                }
            }
        }

        return null;
    }

    /// <summary>The wildcard above the name that gives the same answer, so that the name itself has no such records (RFC 4592); null for none.</summary>
    public async Task<DomainName?> FindWildcardAsync(DomainName owner, DomainName zone, DnsRecordType type, IReadOnlyList<ResourceRecord> set)
    {
        for (DomainName name = owner; set.Count > 0 && name.IsBelow(zone);)
        {
            name = name.Parent;
            if (!name.TryPrepend("*", out DomainName? wildcard) || wildcard!.Equals(owner))
            {
                continue;
            }

            DnsResponse response = await _resolver.QueryAsync(wildcard, type, _cancellationToken).ConfigureAwait(false);
            if (response.Status == DnsResponseStatus.Success && IsAnswerOf(response, wildcard, set))
            {
                return wildcard;
            }
        }

        return null;
    }

    private static bool IsAnswerOf(DnsResponse response, DomainName wildcard, IReadOnlyList<ResourceRecord> set)
    {
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (DnsRecord record in response.Records)
        {
            if (record.Type == response.Question.Type && record.Owner.Equals(wildcard))
            {
                texts.Add(record.Data.ToString() ?? string.Empty);
            }
        }

        foreach (ResourceRecord record in set)
        {
            if (!texts.Remove(record.ToDnsRecord().Data.ToString() ?? string.Empty))
            {
                return false;
            }
        }

        return texts.Count == 0;
    }
}

/// <summary>What stands at a name is not known. Says why, escaped for display.</summary>
internal sealed class NodeReadException(string message) : InvalidOperationException(message)
{
}
