namespace MailDns.Publishing;

/// <summary>Plans sets of one type other than TXT: CNAME, MX, A, AAAA, NS, TLSA, CAA.</summary>
internal sealed class SetPlanner(RecordPlanOptions options)
{
    private readonly RecordPlanOptions _options = options;

    /// <param name="set">What is there.</param>
    /// <param name="wanted">The wanted records of the set.</param>
    /// <param name="successors">Records that are there, each with the wanted one that takes its place.</param>
    /// <param name="note">What is to be said of what is added.</param>
    public IEnumerable<RecordChange> Plan(RecordSetState set, ResourceRecord[] wanted, IReadOnlyDictionary<ResourceRecord, ResourceRecord> successors, string note)
    {
        ResourceRecord[] others = set.Records.Where(record => !RecordEquality.Contains(wanted, record)).ToArray();
        ResourceRecord[] missing = wanted.Where(record => !RecordEquality.Contains(set.Records, record)).ToArray();
        if (set.Type == DnsRecordType.Cname) return PlanAlias(set, wanted, others, note);

        if (set.Type == DnsRecordType.Mx && others.Length > 0 && wanted.Length == 1 && IsNullMx(wanted[0]))
            return new[] { Close(set, wanted[0], missing.Length > 0, others) };

        if (missing.Length > 0 && others.Length > 0 && !_options.Prune && Objection(set, wanted, others) is { } objection)
        {
            return wanted.Select(record => new RecordChange(RecordAction.Conflict, set, record.Purpose, others, new[] { record }, objection) { Wanted = record }).ToArray();
        }

        return PlanSet(set, wanted, missing, others, successors, note);
    }

    private static bool IsNullMx(ResourceRecord record) => record is MxRecord mx && mx.ExchangeName.IsRoot;

    // A null MX must be the only MX record (RFC 7505 section 3): who wants it wants the others to go.
    private static RecordChange Close(RecordSetState set, ResourceRecord wanted, bool isMissing, ResourceRecord[] others) => new(
        isMissing ? RecordAction.Replace : RecordAction.Remove,
        set,
        wanted.Purpose,
        others,
        isMissing ? new[] { RecordFactory.WithTtl(wanted, others[0].Ttl) } : Array.Empty<ResourceRecord>(),
        "A null MX must be the only MX record (RFC 7505 section 3).",
        "No mail is delivered to " + set.Owner + " any more.")
    {
        Wanted = wanted,
    };

    private static IEnumerable<RecordChange> PlanAlias(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] others, string note)
    {
        ResourceRecord alias = wanted[0];
        if (wanted.Length > 1)
        {
            yield return new RecordChange(RecordAction.Conflict, set, alias.Purpose, set.Records.ToArray(), wanted, "Among the wanted records, " + set.Owner + " has " + wanted.Length + " CNAME records; a name has one (RFC 2181 section 10.1).") { Wanted = alias };
        }
        else if (others.Length > 0)
        {
            yield return new RecordChange(
                RecordAction.Replace,
                set,
                alias.Purpose,
                others,
                new[] { RecordFactory.WithTtl(alias, others[0].Ttl) },
                "The alias points to " + RecordChange.Describe(others) + " now.") { Wanted = alias };
        }
        else
        {
            yield return set.Records.Count > 0
                ? Keep(set, alias, set.Records[0])
                : new RecordChange(RecordAction.Add, set, alias.Purpose, Array.Empty<ResourceRecord>(), wanted, ("The name has no records. " + note).TrimEnd()) { Wanted = alias };
        }
    }

    private IEnumerable<RecordChange> PlanSet(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] missing, ResourceRecord[] all, IReadOnlyDictionary<ResourceRecord, ResourceRecord> successors, string note)
    {
        uint? ttl = set.Records.Count > 0 ? set.Records[0].Ttl : null;
        ResourceRecord[] others = all.Where(record => !successors.ContainsKey(record)).ToArray();
        string beside = others.Length == 0 ? string.Empty : _options.Prune ? string.Empty : " Beside it stays " + RecordChange.Describe(others) + ".";
        foreach (ResourceRecord record in wanted)
        {
            ResourceRecord[] replaced = all.Where(other => successors.TryGetValue(other, out ResourceRecord? successor) && ReferenceEquals(successor, record)).ToArray();
            if (replaced.Length > 0)
            {
                bool isNew = missing.Contains(record);
                if (!isNew) yield return Keep(set, record, set.Records.First(present => RecordEquality.IsSameData(present, record)), beside);

                yield return new RecordChange(
                    isNew ? RecordAction.Replace : RecordAction.Remove,
                    set,
                    record.Purpose,
                    replaced,
                    isNew ? new[] { RecordFactory.WithTtl(record, replaced[0].Ttl) } : Array.Empty<ResourceRecord>(),
                    (set.Type == DnsRecordType.Mx ? "It names the same host directly instead of by an alias (RFC 2181 section 10.3)." : "It names the same certificate by a usage that SMTP has (RFC 7672 section 3.1.3).") + beside) { Wanted = record };
                continue;
            }

            yield return missing.Contains(record)
                ? new RecordChange(
                    RecordAction.Add,
                    set,
                    record.Purpose,
                    Array.Empty<ResourceRecord>(),
                    new[] { RecordFactory.WithTtl(record, ttl ?? record.Ttl) },
                    ("It is not there." + beside + " " + note).TrimEnd()) { Wanted = record }
                : Keep(set, record, set.Records.First(present => RecordEquality.IsSameData(present, record)), beside);
        }

        if (_options.Prune && others.Length > 0)
        {
            yield return new RecordChange(RecordAction.Remove, set, wanted[0].Purpose, others, Array.Empty<ResourceRecord>(), "Not among the wanted records of that name and type (-Prune).");
        }
    }

    /// <summary>Where adding beside what is there would change what that means.</summary>
    private static string? Objection(RecordSetState set, ResourceRecord[] wanted, ResourceRecord[] others)
    {
        if (set.Type == DnsRecordType.Ns)
        {
            return set.Owner + " is delegated to " + RecordChange.Describe(others) + "; half the queries would go there still. Compare with -Prune to replace the delegation.";
        }

        return set.Type == DnsRecordType.Mx && wanted.Concat(others).Any(IsNullMx)
            ? "A null MX must be the only MX record (RFC 7505 section 3), and " + set.Owner + " has " + RecordChange.Describe(others) + ". Compare with -Prune to replace it."
            : null;
    }

    public static RecordChange Keep(RecordSetState set, ResourceRecord wanted, ResourceRecord present, string note = "")
    {
        string ttl = present.Ttl == wanted.Ttl ? string.Empty : " Its time to live was read as " + present.Ttl + " s, not " + wanted.Ttl + " s, and stays.";
        string spelling = RecordEquality.IsSameData(present, wanted) ? "It exists already." : "The existing record means the same.";
        return new RecordChange(RecordAction.Keep, set, wanted.Purpose, new[] { present }, new[] { present }, spelling + ttl + note) { Wanted = wanted };
    }
}

/// <summary>
/// Finds what a wanted record says better: the exchanger that is an alias of the wanted one, or its name in Unicode, and the TLSA record that
/// names the same certificate by a usage that SMTP does not have. Both beside each other would keep the fault.
/// </summary>
internal sealed class SuccessorReader(IDnsResolver resolver, CancellationToken cancellationToken)
{
    private static readonly IReadOnlyDictionary<ResourceRecord, ResourceRecord> s_none = new Dictionary<ResourceRecord, ResourceRecord>();

    private readonly IDnsResolver _resolver = resolver;
    private readonly CancellationToken _cancellationToken = cancellationToken;

    /// <summary>Records of the set that are not wanted, each with the wanted one that takes its place.</summary>
    public async Task<IReadOnlyDictionary<ResourceRecord, ResourceRecord>> FindAsync(RecordSetState set, ResourceRecord[] wanted)
    {
        if (set.Type is not (DnsRecordType.Mx or DnsRecordType.Tlsa)) return s_none;

        var successors = new Dictionary<ResourceRecord, ResourceRecord>();
        foreach (ResourceRecord other in set.Records.Where(record => !RecordEquality.Contains(wanted, record)))
        {
            ResourceRecord? successor = other is TlsaRecord tlsa
                ? wanted.OfType<TlsaRecord>().FirstOrDefault(record => IsSuccessor(tlsa, record))
                : await FindExchangerAsync((MxRecord)other, wanted.OfType<MxRecord>().Where(record => record.Preference == ((MxRecord)other).Preference).ToArray()).ConfigureAwait(false);
            if (successor is not null) successors.Add(other, successor);
        }

        return successors;
    }

    // PKIX-TA and PKIX-EE, and DANE-TA and DANE-EE, of the same certificate (RFC 6698 section 2.1.1).
    private static bool IsSuccessor(TlsaRecord present, TlsaRecord wanted)
    {
        TlsaData one = Data(present);
        TlsaData other = Data(wanted);
        return one.Usage < 2 && other.Usage == one.Usage + 2 && one.Selector == other.Selector && one.MatchingType == other.MatchingType && one.AssociationData.SequenceEqual(other.AssociationData);
    }

    private static TlsaData Data(ResourceRecord record) => (TlsaData)record.ToDnsRecord().Data;

    private async Task<ResourceRecord?> FindExchangerAsync(MxRecord present, MxRecord[] candidates)
    {
        if (candidates.Length == 0 || present.ExchangeName.IsRoot) return null;
        if (UnicodeName.ToAscii(present.ExchangeName.Text) is { } ascii) return candidates.FirstOrDefault(record => record.ExchangeName.Equals(ascii));

        foreach (DnsRecordType type in new[] { DnsRecordType.A, DnsRecordType.Aaaa })
        {
            DnsResponse answer = await _resolver.QueryAsync(present.ExchangeName, type, _cancellationToken).ConfigureAwait(false);
            if (answer.IsAliased && candidates.FirstOrDefault(record => record.ExchangeName.Equals(answer.CanonicalName)) is { } named) return named;
        }

        return null;
    }
}
