namespace MailDns.Dns;

/// <summary>
/// The records of an answer in order: the aliases from the asked name on, then the records of the asked type at the
/// last name. Records of other owners are left out: nothing asked for them, so nothing may be concluded from them.
/// </summary>
internal sealed class AnswerChain
{
    private AnswerChain(IReadOnlyList<DnsRecord> records, DomainName canonicalName, bool hasData, bool isLoop)
    {
        Records = records;
        CanonicalName = canonicalName;
        HasData = hasData;
        IsLoop = isLoop;
    }

    /// <summary>Aliases in order, then data.</summary>
    public IReadOnlyList<DnsRecord> Records { get; }

    /// <summary>Where the aliases end.</summary>
    public DomainName CanonicalName { get; }

    /// <summary>True when the last name has records of the asked type.</summary>
    public bool HasData { get; }

    /// <summary>True when the aliases come back to a name (RFC 1034 section 3.6.2).</summary>
    public bool IsLoop { get; }

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
