namespace MailDns.Dns;

/// <summary>
/// Where the records at a name come from: from the name itself, from a wildcard above it (RFC 4592), or from a DNAME above
/// it (RFC 6672). Equal answers prove nothing, since a name may hold the same as the wildcard; what proves is a question
/// below the name. A wildcard answers for names below the closest name that exists (RFC 4592 section 3.3.1): where the name
/// exists, nothing above it answers below it.
/// </summary>
internal sealed class AnswerSource
{
    /// <summary>A label that nobody publishes, so that only a wildcard can answer for it.</summary>
    public const string ProbeLabel = "maildns-wildcard-probe";

    // A wildcard below the name that holds the same hides the answer: below that wildcard the same is asked again.
    private const int MostWildcards = 3;

    private static readonly string[] s_empty = { string.Empty };

    private AnswerSource(AnswerSourceKind kind, DomainName? name = null, string? failure = null)
    {
        Kind = kind;
        Name = name;
        Failure = failure;
    }

    public AnswerSourceKind Kind { get; }

    /// <summary>The wildcard or the owner of the DNAME; null for a wildcard that was not found by its name.</summary>
    public DomainName? Name { get; }

    /// <summary>Why it is not known.</summary>
    public string? Failure { get; }

    /// <summary>Where the records of an answer's own question come from.</summary>
    /// <param name="resolver">Answers further questions.</param>
    /// <param name="answer">The answer; an empty one is a wildcard's too where the name does not exist and the wildcard has other types.</param>
    /// <param name="zone">The zone that holds the name, or a name above it where the search ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<AnswerSource> OfAsync(IDnsResolver resolver, DnsResponse answer, DomainName zone, CancellationToken cancellationToken)
    {
        DomainName owner = answer.Question.Name;
        string[] data = DataAt(answer, owner);
        if (data.Length == 0 || !owner.IsBelow(zone)) return new AnswerSource(AnswerSourceKind.Own);

        var search = new Search(resolver, answer.Question.Type, data, zone, cancellationToken);
        return IsAlias(answer, owner) && await search.FindDnameAsync(owner).ConfigureAwait(false) is { } dname
            ? dname
            : await search.FindWildcardAsync(owner).ConfigureAwait(false);
    }

    /// <summary>True where an alias that answers is one that a DNAME above the name makes (RFC 6672 section 3.1): neither the name's nor a wildcard's.</summary>
    /// <param name="resolver">Answers further questions.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="top">The name where the search ends.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<bool> IsDnameAsync(IDnsResolver resolver, DnsResponse answer, DomainName top, CancellationToken cancellationToken)
    {
        DomainName owner = answer.Question.Name;
        return owner.IsBelow(top) && IsAlias(answer, owner)
            && await new Search(resolver, answer.Question.Type, Array.Empty<string>(), top, cancellationToken).FindDnameAsync(owner).ConfigureAwait(false) is { Kind: AnswerSourceKind.Dname };
    }

    private static bool IsAlias(DnsResponse answer, DomainName owner) =>
        answer.Records.Any(record => record.Type == DnsRecordType.Cname && record.Owner.Equals(owner));

    // What the name itself answers with: the records of the type, or the alias in their place; that it exists without them; nothing.
    private static string[] DataAt(DnsResponse answer, DomainName owner)
    {
        string[] data = answer.Records
            .Where(record => record.Owner.Equals(owner) && (record.Type == answer.Question.Type || record.Type == DnsRecordType.Cname))
            .Select(record => (int)record.Type + " " + AnswerText.OfData(record.Data))
            .Distinct()
            .OrderBy(text => text, StringComparer.Ordinal)
            .ToArray();
        return data.Length == 0 && answer.Status == DnsResponseStatus.NoData ? s_empty : data;
    }

    private sealed class Search(IDnsResolver resolver, DnsRecordType type, string[] data, DomainName zone, CancellationToken cancellationToken)
    {
        public async Task<AnswerSource?> FindDnameAsync(DomainName owner)
        {
            for (DomainName name = owner.Parent; name.IsSameOrBelow(zone); name = name.Parent)
            {
                DnsResponse answer = await AskAsync(name, DnsRecordType.Dname).ConfigureAwait(false);
                if (answer.Records.Any(record => record.Type == DnsRecordType.Dname && record.Owner.Equals(name)))
                    return new AnswerSource(AnswerSourceKind.Dname, name);

                if (answer.IsFailure && answer.Records.Count == 0) return Unknown(answer);
                if (name.IsRoot) break;
            }

            return null;
        }

        public async Task<AnswerSource> FindWildcardAsync(DomainName owner)
        {
            DomainName above = owner;
            for (int i = 0; i < MostWildcards; i++)
            {
                if (!above.TryPrepend(ProbeLabel, out DomainName? probe))
                    return new AnswerSource(AnswerSourceKind.Unknown, failure: "the name is too long to test whether it exists");

                DnsResponse answer = await AskAsync(probe!, type).ConfigureAwait(false);
                string[] below = DataAt(answer, probe!);
                if (below.Length == 0 && answer.IsFailure) return Unknown(answer);
                if (!below.SequenceEqual(data)) return new AnswerSource(AnswerSourceKind.Own);
                if (!above.TryPrepend("*", out DomainName? next)) break;

                above = next!;
            }

            return new AnswerSource(AnswerSourceKind.Wildcard, await NameWildcardAsync(owner).ConfigureAwait(false));
        }

        // "*.a.example" may itself be answered by "*.example": it exists where nothing answers below it.
        private async Task<DomainName?> NameWildcardAsync(DomainName owner)
        {
            for (DomainName name = owner; name.IsBelow(zone);)
            {
                name = name.Parent;
                if (!name.TryPrepend("*", out DomainName? wildcard) || wildcard!.Equals(owner)
                    || !DataAt(await AskAsync(wildcard, type).ConfigureAwait(false), wildcard).SequenceEqual(data))
                {
                    continue;
                }

                if (!wildcard.TryPrepend(ProbeLabel, out DomainName? probe) || !DataAt(await AskAsync(probe!, type).ConfigureAwait(false), probe!).SequenceEqual(data))
                    return wildcard;
            }

            return null;
        }

        private Task<DnsResponse> AskAsync(DomainName name, DnsRecordType asked) => resolver.QueryAsync(new DnsQuestion(name, asked), cancellationToken);

        private static AnswerSource Unknown(DnsResponse answer) =>
            new(AnswerSourceKind.Unknown, failure: "the lookup of " + answer.Question + " failed: " + answer.Describe());
    }
}

/// <summary>What holds the records that a name answers with.</summary>
internal enum AnswerSourceKind
{
    /// <summary>The name itself, or it answers with nothing.</summary>
    Own,

    /// <summary>A wildcard: the name does not exist.</summary>
    Wildcard,

    /// <summary>A DNAME: the name cannot exist.</summary>
    Dname,

    /// <summary>A lookup failed.</summary>
    Unknown,
}
