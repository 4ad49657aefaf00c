namespace MailDns.Publishing;

/// <summary>What a name has of its own, asked for type by type. What a wildcard answers in its place is not its own (RFC 4592).</summary>
internal sealed class NodeReader(IDnsResolver resolver, CancellationToken cancellationToken)
{
    // Any data forbids an alias beside it (RFC 1034 section 3.6.2); DNSSEC's own types do not (below). A zone that is known
    // whole tells the types of a name; a server is asked for these. The types by number are HINFO, RP, AFSDB, LOC, NAPTR, CERT, SSHFP, SMIMEA, OPENPGPKEY, SVCB, HTTPS and URI.
    private static readonly DnsRecordType[] s_data =
    {
        DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Mx, DnsRecordType.Txt, DnsRecordType.Ns, DnsRecordType.Srv, DnsRecordType.Caa, DnsRecordType.Tlsa,
        DnsRecordType.Ptr, DnsRecordType.Dname, DnsRecordType.Spf, DnsRecordType.Ds,
        (DnsRecordType)13, (DnsRecordType)17, (DnsRecordType)18, (DnsRecordType)29, (DnsRecordType)35, (DnsRecordType)37, (DnsRecordType)44,
        (DnsRecordType)53, (DnsRecordType)61, (DnsRecordType)64, (DnsRecordType)65, (DnsRecordType)256,
    };

    // SIG, KEY, NXT, RRSIG and NSEC (RFC 2181 section 10.1, RFC 4034 sections 3 and 4).
    private static readonly DnsRecordType[] s_besideAlias = { (DnsRecordType)24, (DnsRecordType)25, (DnsRecordType)30, (DnsRecordType)46, (DnsRecordType)47 };

    /// <summary>The records of one type that the name has of its own, and what else answers for it.</summary>
    /// <exception cref="NodeReadException">It could not be read: nothing may be concluded.</exception>
    public async Task<NodeSet> ReadSetAsync(DomainName owner, DomainName zone, DnsRecordType type, RecordPurpose purpose)
    {
        DnsResponse response = await AskAsync(owner, type).ConfigureAwait(false);
        if (type == DnsRecordType.Ns && response.IsReferral && response.Delegation.Count > 0)
        {
            // The parent's servers name the servers of a delegation beside the answer (RFC 1034 section 4.3.2 step 3b).
            return new NodeSet(response.Delegation.Select(host => (ResourceRecord)new NsRecord(owner, zone, host, TimeSpan.FromHours(1), purpose)).ToList(), source: null);
        }

        DnsRecord[] found = response.Records.Where(record => record.Type == type && record.Owner.Equals(owner)).ToArray();
        if (found.Length == 0 && response.IsFailure && response.Records.Count == 0) throw Failed(response);
        if (found.Length == 0) return new NodeSet(new List<ResourceRecord>(), source: null);

        AnswerSource source = await SourceAsync(response, zone).ConfigureAwait(false);
        return source.Kind == AnswerSourceKind.Own
            ? new NodeSet(found.Select(record => Make(record, zone, purpose)).OfType<ResourceRecord>().ToList(), source: null)
            : new NodeSet(new List<ResourceRecord>(), source);
    }

    /// <summary>The first type of data that the name has of its own and that forbids an alias there; null for none.</summary>
    /// <exception cref="NodeReadException">A lookup failed.</exception>
    public async Task<DnsRecordType?> FindDataAsync(DomainName owner, DomainName zone)
    {
        foreach (DnsRecordType type in s_data)
        {
            DnsResponse response = await AskAsync(owner, type).ConfigureAwait(false);
            if (response.Status == DnsResponseStatus.NxDomain && response.Records.Count == 0) return null;
            if (type == DnsRecordType.Ns && response.IsReferral && response.Delegation.Count > 0) return type;
            if (response.IsFailure && response.Records.Count == 0) throw Failed(response);

            DnsRecordType[] others = response.OtherTypes.Except(s_besideAlias).ToArray();
            if (others.Length > 0) return others[0];

            if (response.Records.Any(record => record.Type == type && record.Owner.Equals(owner)))
            {
                // Where a wildcard answers, the name does not exist, and has no data of any type.
                return (await SourceAsync(response, zone).ConfigureAwait(false)).Kind == AnswerSourceKind.Own ? type : null;
            }
        }

        return null;
    }

    /// <summary>The types of mail and web that a wildcard answers for the name, which it no longer does once the name exists (RFC 4592 section 2.2.1).</summary>
    public async Task<(DomainName? Wildcard, string Types)> FindLostAsync(DomainName owner, DomainName zone)
    {
        var types = new List<string>();
        DomainName? wildcard = null;
        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.Aaaa, DnsRecordType.Mx, DnsRecordType.Cname })
        {
            DnsResponse response = await AskAsync(owner, type).ConfigureAwait(false);
            if (response.Records.Any(record => record.Type == type && record.Owner.Equals(owner))
                && await AnswerSource.OfAsync(resolver, response, zone, cancellationToken).ConfigureAwait(false) is { Kind: AnswerSourceKind.Wildcard } source)
            {
                wildcard = source.Name ?? wildcard;
                types.Add(DnsRecordTypes.Mnemonic(type));
            }
        }

        return (wildcard, string.Join(", ", types));
    }

    private Task<DnsResponse> AskAsync(DomainName owner, DnsRecordType type) => resolver.QueryAsync(new DnsQuestion(owner, type), cancellationToken);

    private async Task<AnswerSource> SourceAsync(DnsResponse response, DomainName zone)
    {
        AnswerSource source = await AnswerSource.OfAsync(resolver, response, zone, cancellationToken).ConfigureAwait(false);
        return source.Kind != AnswerSourceKind.Unknown
            ? source
            : throw new NodeReadException("Whether " + response.Question.Name + " has " + DnsRecordTypes.Mnemonic(response.Question.Type) + " records of its own or a wildcard answers for it is not known: " + source.Failure + ".");
    }

    private static ResourceRecord? Make(DnsRecord record, DomainName zone, RecordPurpose purpose)
    {
        if (record.Data is UnknownData unknown)
        {
            throw new NodeReadException("A " + DnsRecordTypes.Mnemonic(record.Type) + " record of " + record.Owner + " exists that this module cannot read" + (unknown.Presentation.Length > 0 ? ": " + PrintableText.Quote(unknown.Presentation) : string.Empty) + ".");
        }

        try
        {
            return RecordFactory.Make(record, zone, purpose);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException)
        {
            throw new NodeReadException("A " + DnsRecordTypes.Mnemonic(record.Type) + " record of " + record.Owner + " is broken: " + exception.Message);
        }
    }

    private static NodeReadException Failed(DnsResponse response) => new(
        "The " + DnsRecordTypes.Mnemonic(response.Question.Type) + " records of " + response.Question.Name + " could not be read: "
        + (response.IsReferral ? "the name is delegated to " + Servers(response)
            : response is { Status: DnsResponseStatus.OutOfZone, Detail: { } detail } ? PrintableText.Escape(detail)
            : response.Describe()) + ".");

    private static string Servers(DnsResponse referral) => referral.Delegation.Count > 0 ? string.Join(", ", referral.Delegation) : "other servers";
}

/// <summary>The records of one type at a name.</summary>
/// <param name="records">The name's own.</param>
/// <param name="source">The wildcard or DNAME that answers in its place; null for none.</param>
internal sealed class NodeSet(List<ResourceRecord> records, AnswerSource? source)
{
    public List<ResourceRecord> Records { get; } = records;

    /// <summary>True where a wildcard above the name answers for it.</summary>
    public bool IsWildcard => source?.Kind == AnswerSourceKind.Wildcard;

    /// <summary>The wildcard or DNAME, for people; null where neither answers.</summary>
    public string? Source => source is null ? null : source.Name?.ToString() ?? "a wildcard above it";

    /// <summary>The DNAME that the name is below, so that it cannot have records (RFC 6672 section 2.4); null for none.</summary>
    public DomainName? Dname => source?.Kind == AnswerSourceKind.Dname ? source.Name : null;
}

/// <summary>What a name holds is not known. Says why, escaped for display.</summary>
internal sealed class NodeReadException(string message) : InvalidOperationException(message)
{
}
