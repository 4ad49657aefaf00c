namespace MailDns.Dns;

/// <summary>
/// Completes answers that end in an alias without data of the asked type, as an authoritative server gives them when
/// the target is in another zone (RFC 1034 section 4.3.2 step 3a): asks for the target, and for its target, and answers
/// with the whole chain and the status of the last name. At most <see cref="MaxLinks"/> links, and never a name twice.
/// </summary>
internal sealed class AliasFollowingResolver(IDnsResolver inner) : IDnsResolver
{
    /// <summary>Most links of a chain that is followed; longer ones are <see cref="DnsResponseStatus.AliasLoop"/>.</summary>
    public const int MaxLinks = 10;

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        Task<DnsResponse> asked = inner.QueryAsync(question, cancellationToken);

        // What is known already costs nothing more.
#pragma warning disable VSTHRD103 // It has ended
        return question.Type == DnsRecordType.Cname || (asked.Status == TaskStatus.RanToCompletion && IsComplete(asked.Result))
            ? asked
            : CompleteAsync(question, asked, cancellationToken);
#pragma warning restore VSTHRD103
    }

    private async Task<DnsResponse> CompleteAsync(DnsQuestion question, Task<DnsResponse> asked, CancellationToken cancellationToken)
    {
        DnsResponse response = await asked.ConfigureAwait(false);
        return IsComplete(response) ? response : await FollowAsync(question, response, cancellationToken).ConfigureAwait(false);
    }

    // NXDOMAIN and failures are told of the last name already (RFC 2308 section 2.1, RFC 6604 section 3).
    private static bool IsComplete(DnsResponse response) =>
        response.Records.Count == 0 || (response.Status != DnsResponseStatus.NoData && !HasTooManyLinks(response.Records));

    // The limit is the same for a chain that comes in one answer and for one that is asked for link by link.
    private static bool HasTooManyLinks(IReadOnlyList<DnsRecord> records)
    {
        int links = 0;
        for (int i = 0; i < records.Count && links <= MaxLinks; i++)
            links += records[i].Type == DnsRecordType.Cname ? 1 : 0;

        return links > MaxLinks;
    }

    private async Task<DnsResponse> FollowAsync(DnsQuestion question, DnsResponse first, CancellationToken cancellationToken)
    {
        var records = new List<DnsRecord>();
        var visited = new HashSet<DomainName> { question.Name };
        DnsResponse response = first;
        bool isAuthenticated = true;
        while (true)
        {
            isAuthenticated &= response.IsAuthenticated;
            AnswerChain chain = AnswerChain.Of(response.Question, response.Records);
            records.AddRange(chain.Records);
            if (chain.IsLoop || !TryVisit(visited, chain))
                return Loop(question, records, "the aliases come back to " + chain.CanonicalName);

            if (HasTooManyLinks(records)) return Loop(question, records, "more than " + MaxLinks + " aliases in a row");

            if (chain.HasData || response.Status != DnsResponseStatus.NoData || chain.Records.Count == 0)
            {
                DnsResponse combined = Combine(question, response, records);

                // Validated only where every link was; who says so is told only where one resolver gave them all.
                return first.Resolver is { } resolver && resolver == response.Resolver ? combined.AnsweredBy(resolver, isAuthenticated) : combined;
            }

            response = await inner.QueryAsync(question.At(chain.CanonicalName), cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool TryVisit(HashSet<DomainName> visited, AnswerChain chain)
    {
        foreach (DnsRecord record in chain.Records)
        {
            if (record.Type == DnsRecordType.Cname && record.Data is NameData alias && !visited.Add(alias.Target))
                return false;
        }

        return true;
    }

    private static DnsResponse Loop(DnsQuestion question, List<DnsRecord> records, string detail) =>
        DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, records, detail);

    private static DnsResponse Combine(DnsQuestion question, DnsResponse last, List<DnsRecord> records)
    {
        if (last.IsFailure) return DnsResponse.Failure(question, last.Status, records, last.Detail);

        return last.Status == DnsResponseStatus.NxDomain
            ? DnsResponse.NxDomain(question, records)
            : DnsResponse.Answer(question, records);
    }
}

/// <summary>
/// The records of an answer in order: the aliases from the asked name on, then the records of the asked type at the
/// last name. Records of other owners are left out: nothing asked for them, so nothing may be concluded from them.
/// </summary>
internal sealed class AnswerChain(IReadOnlyList<DnsRecord> records, DomainName canonicalName, bool hasData, bool isLoop)
{
    /// <summary>Aliases in order, then data.</summary>
    public IReadOnlyList<DnsRecord> Records { get; } = records;

    /// <summary>Where the aliases end.</summary>
    public DomainName CanonicalName { get; } = canonicalName;

    /// <summary>True when the last name has records of the asked type.</summary>
    public bool HasData { get; } = hasData;

    /// <summary>True when the aliases come back to a name (RFC 1034 section 3.6.2).</summary>
    public bool IsLoop { get; } = isLoop;

    /// <summary>Orders the records of one answer section (RFC 1034 section 4.3.2 step 3a).</summary>
    public static AnswerChain Of(DnsQuestion question, IReadOnlyList<DnsRecord> answer)
    {
        if (answer.Count == 0)
            return new AnswerChain(System.Array.Empty<DnsRecord>(), question.Name, hasData: false, isLoop: false);

        var records = new List<DnsRecord>(answer.Count);
        DomainName name = question.Name;
        HashSet<DomainName>? visited = null;
        while (true)
        {
            if (AddData(records, answer, name, question.Type))
            {
                AddSignatures(records, answer, name, question);
                return new AnswerChain(records, name, hasData: true, isLoop: false);
            }

            DnsRecord? alias = question.Type == DnsRecordType.Cname ? null : FindAlias(answer, name);
            if (alias is null) return new AnswerChain(records, name, hasData: false, isLoop: false);

            records.Add(alias);
            visited ??= new HashSet<DomainName>();
            visited.Add(name);
            name = ((NameData)alias.Data).Target;
            if (visited.Contains(name)) return new AnswerChain(records, name, hasData: false, isLoop: true);
        }
    }

    private static bool AddData(List<DnsRecord> records, IReadOnlyList<DnsRecord> answer, DomainName owner, DnsRecordType type)
    {
        int before = records.Count;
        for (int i = 0; i < answer.Count; i++)
        {
            DnsRecord record = answer[i];
            if (record.Type == type && record.Owner.Equals(owner)) records.Add(record);
        }

        return records.Count > before;
    }

    private static void AddSignatures(List<DnsRecord> records, IReadOnlyList<DnsRecord> answer, DomainName owner, DnsQuestion question)
    {
        for (int i = 0; question.WithSignatures && i < answer.Count; i++)
        {
            if (answer[i] is { Type: DnsRecordType.Rrsig, Data: RrsigData signature } record && signature.Covered == question.Type && record.Owner.Equals(owner))
                records.Add(record);
        }
    }

    private static DnsRecord? FindAlias(IReadOnlyList<DnsRecord> answer, DomainName owner)
    {
        for (int i = 0; i < answer.Count; i++)
        {
            DnsRecord record = answer[i];
            if (record.Type == DnsRecordType.Cname && record.Data is NameData && record.Owner.Equals(owner))
                return record;
        }

        return null;
    }
}
