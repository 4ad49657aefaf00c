namespace MailDns.Dns;

/// <summary>The answer to one question, or why there is none.</summary>
internal sealed class DnsResponse
{
    private IReadOnlyList<string>? _texts;

    private DnsResponse(DnsQuestion question, DnsResponseStatus status, IReadOnlyList<DnsRecord> records, string? detail, AnswerOrigin origin)
    {
        Question = question;
        Status = status;
        Records = records;
        Detail = detail;
        Resolver = origin.Resolver;
        IsAuthenticated = origin.IsAuthenticated && !IsFailure;
        IsAuthoritative = origin.IsAuthoritative;
        IsReferral = origin.IsReferral;
        Delegation = origin is { IsReferral: true, Delegation: { } names } ? names : Array.Empty<DomainName>();
    }

    private DnsResponse(DnsResponse other)
        : this(
            other.Question,
            other.Status,
            other.Records,
            other.Detail,
            new AnswerOrigin
            {
                Resolver = other.Resolver,
                IsAuthenticated = other.IsAuthenticated,
                IsAuthoritative = other.IsAuthoritative,
                IsReferral = other.IsReferral,
                Delegation = other.Delegation,
            })
    {
        NegativeTtl = other.NegativeTtl;
        OtherTypes = other.OtherTypes;
    }

    public DnsQuestion Question { get; }

    public DnsResponseStatus Status { get; }

    /// <summary>The answer section: the chain of aliases in order, then the records of the asked type.</summary>
    public IReadOnlyList<DnsRecord> Records { get; }

    /// <summary>What a server or a library said of a failure, for people; never parsed.</summary>
    public string? Detail { get; }

    /// <summary>True when the server says that the answer is its own, of a zone that it holds (AA, RFC 1035 section 4.1.1).</summary>
    public bool IsAuthoritative { get; }

    /// <summary>True for a server that names others in place of an answer: the name is below a delegation (RFC 1034 section 4.3.2 step 3b).</summary>
    public bool IsReferral { get; }

    /// <summary>
    /// The name servers that a referral names for exactly the asked name, where NS was asked; empty for every other answer.
    /// </summary>
    public IReadOnlyList<DomainName> Delegation { get; }

    /// <summary>
    /// Seconds that a negative answer may be kept: the lesser of the time to live and the minimum of the SOA record in the
    /// authority section (RFC 2308 section 5). Null where the answer had none, and for positive answers.
    /// </summary>
    public uint? NegativeTtl { get; private init; }

    /// <summary>The types that the asked name has of its own where it has not the asked one, from a zone that is known whole; empty where that is not told.</summary>
    public IReadOnlyList<DnsRecordType> OtherTypes { get; private init; } = Array.Empty<DnsRecordType>();

    /// <summary>
    /// The resolver that answered, as <c>address</c> or <c>address:port</c>; null where none was asked: zone files, planned
    /// records, and answers put together from those and others.
    /// </summary>
    public string? Resolver { get; private init; }

    /// <summary>
    /// True when <see cref="Resolver"/> says that it validated the whole answer by DNSSEC (the AD bit, RFC 4035 section 3.2.3).
    /// It is that resolver's word and no more: MailDns validates nothing itself.
    /// </summary>
    public bool IsAuthenticated { get; private init; }

    /// <summary>True when the lookup failed: the truth is unknown.</summary>
    public bool IsFailure => Status > DnsResponseStatus.NxDomain;

    /// <summary>True for a void lookup (RFC 7208 section 4.6.4): NXDOMAIN or no data.</summary>
    public bool IsVoid => Status is DnsResponseStatus.NoData or DnsResponseStatus.NxDomain;

    /// <summary>The texts of the TXT records, each with its strings joined.</summary>
    public IReadOnlyList<string> Texts => _texts ??= ReadTexts();

    /// <summary>The name at the end of the alias chain; the asked name where there is none.</summary>
    public DomainName CanonicalName
    {
        get
        {
            DomainName name = Question.Name;
            for (int i = 0; i < Records.Count; i++)
            {
                DnsRecord record = Records[i];
                if (record.Type == DnsRecordType.Cname && Question.Type != DnsRecordType.Cname && record.Owner.Equals(name) && record.Data is NameData alias)
                    name = alias.Target;
            }

            return name;
        }
    }

    /// <summary>True where the asked name is an alias and the asked type is not CNAME.</summary>
    public bool IsAliased => !CanonicalName.Equals(Question.Name);

    /// <summary>An answer: Success when a record of the asked type is among the records, else NoData.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="records">The answer section.</param>
    /// <param name="origin">Who gave it.</param>
    /// <param name="negativeTtl">Seconds that it may be kept where it is negative.</param>
    public static DnsResponse Answer(DnsQuestion question, IReadOnlyList<DnsRecord> records, AnswerOrigin origin = default, uint? negativeTtl = null)
    {
        for (int i = 0; i < records.Count; i++)
        {
            if (records[i].Type == question.Type)
                return new DnsResponse(question, DnsResponseStatus.Success, records, detail: null, origin);
        }

        return new DnsResponse(question, DnsResponseStatus.NoData, records, detail: null, origin) { NegativeTtl = negativeTtl };
    }

    /// <summary>NXDOMAIN, perhaps at the end of aliases.</summary>
    public static DnsResponse NxDomain(DnsQuestion question, IReadOnlyList<DnsRecord> aliases, AnswerOrigin origin = default, uint? negativeTtl = null) =>
        new(question, DnsResponseStatus.NxDomain, aliases, detail: null, origin) { NegativeTtl = negativeTtl };

    /// <summary>The name does not exist.</summary>
    public static DnsResponse NxDomain(DnsQuestion question) => NxDomain(question, Array.Empty<DnsRecord>());

    /// <summary>The name exists without records of that type.</summary>
    public static DnsResponse NoData(DnsQuestion question) => Answer(question, Array.Empty<DnsRecord>());

    /// <summary>The same response of a name that has these types of its own.</summary>
    public DnsResponse Beside(IReadOnlyList<DnsRecordType> types) => types.Count == 0 ? this : new(this) { OtherTypes = types };

    /// <summary>A failed lookup.</summary>
    public static DnsResponse Failure(DnsQuestion question, DnsResponseStatus status, string? detail = null) =>
        Failure(question, status, Array.Empty<DnsRecord>(), detail);

    /// <summary>A failed lookup at the end of aliases.</summary>
    public static DnsResponse Failure(DnsQuestion question, DnsResponseStatus status, IReadOnlyList<DnsRecord> aliases, string? detail) =>
        new(question, status, aliases, detail, origin: default);

    /// <summary>The same response, with who gave it and whether it says to have validated it.</summary>
    public DnsResponse AnsweredBy(string resolver, bool isAuthenticated) =>
        new(this) { Resolver = resolver, IsAuthenticated = isAuthenticated && !IsFailure };

    /// <summary>A failure, with who gave it.</summary>
    public static DnsResponse Failure(DnsQuestion question, DnsResponseStatus status, string? detail, AnswerOrigin origin) =>
        new(question, status, Array.Empty<DnsRecord>(), detail, origin);

    /// <summary>The response that these were properties of.</summary>
    public static DnsResponse Restore(DnsQuestion question, DnsResponseStatus status, IReadOnlyList<DnsRecord> records, string? detail, AnswerOrigin origin, uint? negativeTtl) =>
        new(question, status, records, detail, origin) { NegativeTtl = negativeTtl };

    /// <summary>The data of the records of the asked type.</summary>
    public IEnumerable<T> Data<T>()
        where T : RecordData
    {
        foreach (DnsRecord record in Records)
        {
            if (record.Type == Question.Type && record.Data is T data) yield return data;
        }
    }

    /// <summary>The signatures of the records of the asked type; none but for a question that wants them.</summary>
    public IEnumerable<RrsigData> Signatures => Records.Select(record => record.Data).OfType<RrsigData>();

    /// <summary>A failed lookup as a sentence: "The lookup of example.com TXT failed: timed out."</summary>
    internal string FailureText => "The lookup of " + Question + " failed: " + Describe() + ".";

    /// <summary>The outcome in words for a message: "timed out", "SERVFAIL".</summary>
    public string Describe() => Status switch
    {
        DnsResponseStatus.Success => "other records only",
        DnsResponseStatus.NoData => "no such record (NODATA)",
        DnsResponseStatus.NxDomain => "no such name (NXDOMAIN)",
        DnsResponseStatus.Timeout => "timed out",
        DnsResponseStatus.ServerFailure => "SERVFAIL",
        DnsResponseStatus.Refused => "REFUSED",
        DnsResponseStatus.FormatError => "FORMERR",
        DnsResponseStatus.NotImplemented => "NOTIMP",
        DnsResponseStatus.TruncatedNoTcp => "truncated, and TCP port 53 does not answer",
        DnsResponseStatus.Malformed => "the answer is malformed",
        DnsResponseStatus.Unreachable => Resolver is null ? "the server cannot be reached" + (Detail is null ? string.Empty : " (" + Text.PrintableText.Escape(Detail) + ")") : "the server " + Resolver + " cannot be reached",
        DnsResponseStatus.AliasLoop => "the aliases (CNAME) form a loop or are too many",
        DnsResponseStatus.Bogus => "SERVFAIL, and an answer once DNSSEC is not checked: validation fails (bogus)",
        DnsResponseStatus.OutOfZone => Text.PrintableText.Escape(Detail ?? "the name is outside the zone files given"),
        _ => "failed" + (Detail is null ? string.Empty : " (" + Text.PrintableText.Escape(Detail) + ")"),
    };

    private IReadOnlyList<string> ReadTexts()
    {
        if (Records.Count == 0) return Array.Empty<string>();

        var texts = new List<string>();
        for (int i = 0; i < Records.Count; i++)
        {
            if (Records[i].Type == Question.Type && Records[i].Data is TxtData txt) texts.Add(txt.Text);
        }

        return texts;
    }
}

/// <summary>How a lookup ended. The first three are answers; the rest are failures, of which nothing may be concluded.</summary>
internal enum DnsResponseStatus
{
    /// <summary>Records of the asked type (perhaps through aliases).</summary>
    Success,

    /// <summary>The name exists without records of that type (RFC 2308 section 2.2).</summary>
    NoData,

    /// <summary>RCODE 3: the name does not exist (RFC 8020).</summary>
    NxDomain,

    /// <summary>No answer within the budget.</summary>
    Timeout,

    /// <summary>RCODE 2.</summary>
    ServerFailure,

    /// <summary>RCODE 5, or a server that is not responsible (lame delegation).</summary>
    Refused,

    /// <summary>RCODE 1.</summary>
    FormatError,

    /// <summary>RCODE 4.</summary>
    NotImplemented,

    /// <summary>The UDP answer was truncated and TCP did not answer (RFC 7766 section 5).</summary>
    TruncatedNoTcp,

    /// <summary>The answer could not be read.</summary>
    Malformed,

    /// <summary>The server cannot be reached: no route, port closed.</summary>
    Unreachable,

    /// <summary>Aliases run in a circle or are too many to follow (RFC 1034 section 3.6.2).</summary>
    AliasLoop,

    /// <summary>Outside the zone files that were given: nothing is known of it.</summary>
    OutOfZone,

    /// <summary>
    /// RCODE 2 from a resolver that answers the same question with checking disabled: DNSSEC validation fails
    /// (RFC 4035 sections 3.2.2 and 5.5).
    /// </summary>
    Bogus,

    /// <summary>Any other RCODE.</summary>
    OtherError,
}

/// <summary>Who gave an answer, and what the message's header and its authority section say of it.</summary>
internal readonly struct AnswerOrigin
{
    /// <summary>As in <see cref="DnsResponse.Resolver"/>.</summary>
    public string? Resolver { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsAuthenticated"/>; nothing for a failure.</summary>
    public bool IsAuthenticated { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsAuthoritative"/>.</summary>
    public bool IsAuthoritative { get; init; }

    /// <summary>As in <see cref="DnsResponse.IsReferral"/>.</summary>
    public bool IsReferral { get; init; }

    /// <summary>As in <see cref="DnsResponse.Delegation"/>; nothing but for a referral.</summary>
    public IReadOnlyList<DomainName>? Delegation { get; init; }
}

/// <summary>What an answer says of one zone's names, as a text: equal texts are equal answers.</summary>
internal static class AnswerText
{
    /// <summary>
    /// The records of names in the scope, in a fixed order: the order of a set means nothing (RFC 2181 section 5), nor do
    /// times to live, which resolvers count down. Names compare without case; a TXT record by its strings joined.
    /// Targets outside the scope are other people's and may differ from place to place.
    /// </summary>
    public static string Of(DnsResponse response, DomainName scope)
    {
        if (response.IsFailure) return response.Describe();

        string[] records = response.Records
            .Where(record => record.Owner.IsSameOrBelow(scope))
            .Select(record => Describe(record, response.Question))
            .Distinct(StringComparer.Ordinal)
            .OrderBy(text => text, StringComparer.Ordinal)
            .ToArray();
        return records.Length > 0 ? string.Join(", ", records) : response.Describe();
    }

    /// <summary>The data of a record: equal texts are equal data.</summary>
    public static string OfData(RecordData data) => data.ToString()!;

    private static string Describe(DnsRecord record, DnsQuestion question)
    {
        string text = record.Type == question.Type ? OfData(record.Data) : DnsRecordTypes.Mnemonic(record.Type) + " " + record.Data;
        return record.Owner.Equals(question.Name) ? text : record.Owner + " " + text;
    }
}

/// <summary>One resource record as an answer or a zone file holds it.</summary>
internal sealed class DnsRecord(DomainName owner, DnsRecordType type, uint ttl, RecordData data)
{
    public DomainName Owner { get; } = owner;

    public DnsRecordType Type { get; } = type;

    /// <summary>Time to live in seconds.</summary>
    public uint Ttl { get; } = ttl;

    public RecordData Data { get; } = data;

    /// <summary>The line of a zone file that holds it, from 1; 0 for a record of an answer.</summary>
    public int Line { get; init; }

    /// <summary>Zone-file like, escaped: "example.com 3600 TXT ...".</summary>
    public override string ToString() => Owner + " " + Ttl + " " + DnsRecordTypes.Mnemonic(Type) + " " + Data;
}

/// <summary>The hosts that an MX answer names.</summary>
internal static class MailExchangers
{
    /// <summary>Most hosts that are looked at; no domain needs more.</summary>
    public const int Most = 20;

    /// <summary>
    /// The exchangers, the preferred first; the domain itself where there is no MX (RFC 5321 section 5.1); none for the null
    /// MX (RFC 7505 section 3) and for a name that does not exist.
    /// </summary>
    public static DomainName[] Of(DnsResponse answer)
    {
        if (answer.Status == DnsResponseStatus.NxDomain) return System.Array.Empty<DomainName>();

        MxData[] exchangers = answer.Data<MxData>().ToArray();
        return exchangers.Length == 0
            ? new[] { answer.Question.Name }
            : exchangers.OrderBy(mx => mx.Preference).Select(mx => mx.Exchange).Where(host => !host.IsRoot).Distinct().Take(Most).ToArray();
    }
}

/// <summary>
/// What a resolver's answers tell of DNSSEC. A clear AD bit means an unsigned zone only where the resolver validates at all;
/// one that does says AD for the root, which is signed.
/// </summary>
internal static class DnssecWitness
{
    /// <summary>True where the resolver says that it validated the root's SOA.</summary>
    public static async Task<bool> ValidatesAsync(IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse root = await resolver.QueryAsync(DomainName.Root, DnsRecordType.Soa, cancellationToken).ConfigureAwait(false);
        return root.IsAuthenticated;
    }
}
