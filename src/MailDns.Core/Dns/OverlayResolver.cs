namespace MailDns.Dns;

/// <summary>
/// Answers as DNS will once planned records are published, over a resolver that tells what DNS holds now.
/// <para>
/// A planned record set replaces the set of its owner and type. The exception is TXT, the one type whose sets are shared
/// by protocols: a planned text replaces the texts of its own kind (<see cref="TxtKind"/>) and leaves the rest, such as
/// proofs of ownership, because publishing does so too.
/// </para>
/// <para>
/// A planned CNAME hides every other type of its name. Any other planned record hides an alias that stands at its name
/// now: both cannot be published (RFC 1034 section 3.6.2), and comparing plan and DNS reports the conflict.
/// </para>
/// <para>
/// When the lookup below fails, a planned set of another type than TXT is the answer all the same, since it replaces
/// whatever is there. For TXT the planned texts are the answer where they are what the name is asked for: at underscored
/// names, which serve one purpose (RFC 8552), and where one of them is an SPF record. Elsewhere the lookup stays failed:
/// the texts that are not known could be the ones asked for, and a failed lookup must not pass for a missing record.
/// </para>
/// <para>
/// A planned wildcard answers the names that do not exist now (RFC 4592); a name that exists keeps its own answer. A name
/// that exists because of the plan, and what is below it, is no longer answered for by a wildcard above it.
/// </para>
/// </summary>
internal sealed class OverlayResolver(IDnsResolver inner, IEnumerable<ResourceRecord> planned) : IDnsResolver
{
    private readonly AliasFollowingResolver _following = new AliasFollowingResolver(new Layer(inner, new PlannedRecords(planned)));

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        _following.QueryAsync(question, cancellationToken);

    /// <summary>Answers for one name; aliases into planned names are cut there, and the caller asks again for the target.</summary>
    private sealed class Layer(IDnsResolver inner, PlannedRecords planned) : IDnsResolver
    {
        private readonly PlannedRecords _planned = planned;

        public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            if (question.WithSignatures)
            {
                // Planned records have none until their zone is signed.
                return await inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            }

            if (_planned.At(question.Name) is not { } planned)
                return await QueryUnplannedAsync(question, cancellationToken).ConfigureAwait(false);

            List<DnsRecord> set = Select(planned, question.Type, out bool isAlias);
            if (isAlias || (set.Count > 0 && question.Type != DnsRecordType.Txt))
                return DnsResponse.Answer(question, set);

            DnsResponse found = await inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            if (await SourceAsync(found, cancellationToken).ConfigureAwait(false) is { Kind: AnswerSourceKind.Wildcard or AnswerSourceKind.Dname })
            {
                // The name exists once the plan is published, and what is above it no longer answers for it.
                return set.Count > 0 ? DnsResponse.Answer(question, set) : DnsResponse.NoData(question);
            }

            return set.Count > 0 ? MergeTexts(question, set, found) : BesidePlanned(question, found);
        }

        // Of a name that exists because of the plan, or is below one; null for others.
        private async Task<AnswerSource?> SourceAsync(DnsResponse found, CancellationToken cancellationToken) =>
            (found.Records.Count > 0 || found.Status == DnsResponseStatus.NoData) && _planned.ZoneOf(found.Question.Name) is { } zone
                ? await AnswerSource.OfAsync(inner, found, zone, cancellationToken).ConfigureAwait(false)
                : null;

        /// <summary>The planned set of a type; the alias alone where one is planned.</summary>
        private static List<DnsRecord> Select(IReadOnlyList<DnsRecord> planned, DnsRecordType type, out bool isAlias)
        {
            var set = new List<DnsRecord>();
            foreach (DnsRecord record in planned)
            {
                if (record.Type == DnsRecordType.Cname)
                {
                    isAlias = true;
                    return new List<DnsRecord> { record };
                }

                if (record.Type == type) set.Add(record);
            }

            isAlias = false;
            return set;
        }

        private static DnsResponse MergeTexts(DnsQuestion question, List<DnsRecord> planned, DnsResponse found)
        {
            var kinds = new HashSet<TxtKind>();
            var texts = new HashSet<string>();
            foreach (DnsRecord record in planned)
            {
                string text = ((TxtData)record.Data).Text;
                kinds.Add(TxtKinds.Of(question.Name, text));
                texts.Add(text);
            }

            if (found.IsFailure && !kinds.Contains(TxtKind.Spf) && !IsUnderscored(question.Name)) return found;

            DnsRecord[] there = found.Records.Where(record => record.Type == DnsRecordType.Txt && record.Owner.Equals(question.Name) && record.Data is TxtData).ToArray();
            string[] present = there.Select(record => ((TxtData)record.Data).Text).ToArray();
            var replaced = new bool[present.Length];
            foreach (TxtKind kind in kinds)
            {
                bool[] ofKind = TxtKinds.Replaced(question.Name, present, kind);
                replaced = replaced.Select((isReplaced, i) => isReplaced || ofKind[i]).ToArray();
            }

            planned.AddRange(there.Where((record, i) => !replaced[i] && !texts.Contains(present[i])));
            return DnsResponse.Answer(question, planned);
        }

        private static bool IsUnderscored(DomainName name)
        {
            foreach (string label in name.Labels)
            {
                if (label[0] == '_') return true;
            }

            return false;
        }

        /// <summary>A type that is not planned, at a name with other planned records: the name exists and is no alias.</summary>
        private static DnsResponse BesidePlanned(DnsQuestion question, DnsResponse found)
        {
            if (found.Records.Count > 0 && (found.IsAliased || question.Type == DnsRecordType.Cname))
                return DnsResponse.NoData(question);

            return found.Status == DnsResponseStatus.NxDomain ? DnsResponse.NoData(question) : found;
        }

        private async Task<DnsResponse> QueryUnplannedAsync(DnsQuestion question, CancellationToken cancellationToken)
        {
            DnsResponse found = await inner.QueryAsync(question, cancellationToken).ConfigureAwait(false);
            AnswerSource? source = await SourceAsync(found, cancellationToken).ConfigureAwait(false);
            if (source is { Kind: AnswerSourceKind.Wildcard } && _planned.Hides(question.Name, source.Name))
            {
                found = DnsResponse.NxDomain(question);
            }
            else if (source is { Kind: AnswerSourceKind.Wildcard, Name: { } wildcardName } && _planned.At(wildcardName) is not null)
            {
                // The wildcard that answers is planned anew.
                DnsResponse anew = await QueryAsync(new DnsQuestion(wildcardName, question.Type), cancellationToken).ConfigureAwait(false);
                return anew.IsFailure ? anew : DnsResponse.Answer(question, anew.Records.Select(record => record.Owner.Equals(wildcardName) ? new DnsRecord(question.Name, record.Type, record.Ttl, record.Data) : record).ToArray());
            }
            else if (found.Records.Count > 0)
            {
                return CutAtPlanned(question, found);
            }

            if (found.Status != DnsResponseStatus.NxDomain) return found;
            if (_planned.Exists(question.Name)) return DnsResponse.NoData(question);

            return _planned.TryFindWildcard(question.Name, out DomainName? encloser, out IReadOnlyList<DnsRecord>? wildcard)
                ? await SynthesizeAsync(question, found, encloser!, wildcard!, cancellationToken).ConfigureAwait(false)
                : found;
        }

        /// <summary>Aliases that lead to a name the plan touches end there.</summary>
        private DnsResponse CutAtPlanned(DnsQuestion question, DnsResponse found)
        {
            if (question.Type == DnsRecordType.Cname) return found;

            var aliases = new List<DnsRecord>();
            DomainName name = question.Name;
            foreach (DnsRecord record in found.Records)
            {
                if (record.Type != DnsRecordType.Cname || !record.Owner.Equals(name)) break;

                aliases.Add(record);
                name = ((NameData)record.Data).Target;
                bool isLast = aliases.Count == found.Records.Count;
                if (_planned.At(name) is not null || (isLast && found.Status == DnsResponseStatus.NxDomain && MayExist(name)))
                    return DnsResponse.Answer(question, aliases);
            }

            return found;
        }

        private bool MayExist(DomainName name) => _planned.Exists(name) || _planned.TryFindWildcard(name, out _, out _);

        /// <summary>
        /// The wildcard answers only when the name above it is the closest that exists (RFC 4592 section 3.3.1), so the
        /// names between are asked for; one that exists, or whose lookup fails, decides.
        /// </summary>
        private async Task<DnsResponse> SynthesizeAsync(
            DnsQuestion question,
            DnsResponse found,
            DomainName encloser,
            IReadOnlyList<DnsRecord> wildcard,
            CancellationToken cancellationToken)
        {
            for (DomainName between = question.Name.Parent; !between.Equals(encloser); between = between.Parent)
            {
                DnsResponse answer = await inner.QueryAsync(new DnsQuestion(between, question.Type), cancellationToken).ConfigureAwait(false);
                if (answer.IsFailure && answer.Records.Count == 0)
                    return DnsResponse.Failure(question, answer.Status, answer.Detail);

                if ((answer.Status != DnsResponseStatus.NxDomain || answer.Records.Count > 0)
                    && await SourceAsync(answer, cancellationToken).ConfigureAwait(false) is not { Kind: AnswerSourceKind.Wildcard })
                {
                    return found;
                }
            }

            List<DnsRecord> set = Select(wildcard, question.Type, out _);
            for (int i = 0; i < set.Count; i++)
                set[i] = new DnsRecord(question.Name, set[i].Type, set[i].Ttl, set[i].Data);

            return DnsResponse.Answer(question, set);
        }
    }
}

/// <summary>Planned records by owner, and the names that exist because of them.</summary>
internal sealed class PlannedRecords
{
    private readonly Dictionary<DomainName, List<DnsRecord>> _byOwner = new();
    private readonly HashSet<DomainName> _ancestors = new();
    private readonly Dictionary<DomainName, DomainName> _zones = new();

    public PlannedRecords(IEnumerable<ResourceRecord> records)
    {
        foreach (ResourceRecord record in records)
        {
            DnsRecord planned = record.ToDnsRecord();
            if (!_byOwner.TryGetValue(planned.Owner, out List<DnsRecord>? set))
            {
                set = new List<DnsRecord>();
                _byOwner.Add(planned.Owner, set);
            }

            set.Add(planned);
            AddAncestors(planned.Owner, record.Zone);
        }
    }

    /// <summary>The records planned at exactly this name; null for none.</summary>
    public IReadOnlyList<DnsRecord>? At(DomainName name) => _byOwner.TryGetValue(name, out List<DnsRecord>? records) ? records : null;

    /// <summary>True for names that exist once the plan is published: owners and what is above them (RFC 4592 section 2.2.2).</summary>
    public bool Exists(DomainName name) => _byOwner.ContainsKey(name) || _ancestors.Contains(name);

    /// <summary>The zone of the planned records at or below the name, or of those at the nearest name above it that exist because of the plan; null for none.</summary>
    public DomainName? ZoneOf(DomainName name)
    {
        while (!_zones.ContainsKey(name) && !name.IsRoot)
            name = name.Parent;

        return _zones.TryGetValue(name, out DomainName? zone) ? zone : null;
    }

    /// <summary>True where a name that exists because of the plan is nearer to <paramref name="name"/> than the wildcard above it that answers now.</summary>
    public bool Hides(DomainName name, DomainName? wildcard)
    {
        DomainName end = wildcard?.Parent ?? DomainName.Root;
        for (; !name.Equals(end) && !name.IsRoot; name = name.Parent)
        {
            if (_zones.ContainsKey(name)) return true;
        }

        return false;
    }

    /// <summary>The nearest name above <paramref name="name"/> with a planned wildcard below it, where no planned name is nearer (RFC 4592 section 3.3.1).</summary>
    public bool TryFindWildcard(DomainName name, out DomainName? encloser, out IReadOnlyList<DnsRecord>? records)
    {
        for (encloser = name; !encloser.IsRoot;)
        {
            encloser = encloser.Parent;
            if (encloser.TryPrepend("*", out DomainName? wildcard) && At(wildcard!) is { } found)
            {
                records = found;
                return true;
            }

            if (Exists(encloser)) break;
        }

        records = null;
        return false;
    }

    private void AddAncestors(DomainName owner, DomainName zone)
    {
        DomainName name = owner;
        if (name.IsBelow(zone)) _zones[name] = zone;

        while (!name.IsRoot)
        {
            name = name.Parent;
            if (name.IsBelow(zone)) _zones[name] = zone;

            _ancestors.Add(name);
        }
    }
}
