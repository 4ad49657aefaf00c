namespace MailDns.Dns;

/// <summary>
/// Answers from zone files as their authoritative server would (RFC 1034 section 4.3.2, wildcards of RFC 4592, DNAME of
/// RFC 6672), aliases followed through all files. What the files do not hold is a failed lookup
/// (<see cref="DnsResponseStatus.OutOfZone"/>), never NXDOMAIN: names outside every zone, names at or below a delegation, of
/// which the file knows NS and DS only, what an entry would have said that was not understood, and whatever a part of a zone, which has no
/// SOA record, does not write.
/// </summary>
internal sealed class ZoneFileResolver : IDnsResolver
{
    private readonly Dictionary<DomainName, List<DnsRecord>> _names = new();
    private readonly HashSet<DomainName> _apexes = new();
    private readonly HashSet<DomainName> _parts = new();
    private readonly Dictionary<DomainName, HashSet<DnsRecordType>?> _unread = new();
    private readonly IReadOnlyList<ZoneFile> _files;

    // Made when a finding is to be placed: each would go through all records otherwise.
    private readonly Lazy<ILookup<DomainName, (ZoneFile File, DnsRecord Record)>> _places;
    private DomainName[]? _sorted;

    public ZoneFileResolver(IEnumerable<ZoneFile> files)
    {
        _files = new List<ZoneFile>(files);
        _places = new Lazy<ILookup<DomainName, (ZoneFile File, DnsRecord Record)>>(() => _files
            .SelectMany(file => file.Records.Where(record => record.Line > 0 && record.Owner.IsSameOrBelow(file.Apex)).Select(record => (File: file, Record: record)))
            .ToLookup(place => place.Record.Owner));
        foreach (ZoneFile file in _files)
            _apexes.Add(file.Apex);

        // Two files of one zone are one zone, which is whole where one of them is.
        _parts.UnionWith(_files.Select(file => file.Apex));
        _parts.ExceptWith(_files.Where(file => file.IsComplete).Select(file => file.Apex));
        foreach (ZoneFile file in _files)
            Load(file);
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<DnsResponse>(cancellationToken)
            : Task.FromResult(Resolve(question));

    /// <summary>Where a record is written: the file and the first line; null where no file has such a record.</summary>
    /// <param name="owner">The record's name.</param>
    /// <param name="isMeant">Which of its records.</param>
    public (string File, int Line)? Find(DomainName owner, Func<DnsRecord, bool> isMeant)
    {
        foreach ((ZoneFile file, DnsRecord record) in _places.Value[owner])
        {
            if (isMeant(record)) return (file.Path ?? file.FileName, record.Line);
        }

        return null;
    }

    private void Load(ZoneFile file)
    {
        Node(file.Apex);
        foreach (DnsRecord record in file.Records)
        {
            // Data outside the zone is not the file's to tell (RFC 1035 section 5.2); neither is what a file of the
            // child zone tells better. DS is the parent's (RFC 4035 section 3.1.4.1).
            if (FindApex(record.Type == DnsRecordType.Ds ? record.Owner.Parent : record.Owner) is { } apex && apex.Equals(file.Apex))
                Node(record.Owner).Add(record);
        }

        foreach (SkippedZoneEntry entry in file.Skipped)
        {
            if (entry.Owner is { } owner && FindApex(owner) is { } apex && apex.Equals(file.Apex))
            {
                Node(owner);
                AddUnread(owner, entry.Types);
            }
        }
    }

    private void AddUnread(DomainName owner, IReadOnlyList<DnsRecordType>? types)
    {
        if (!_unread.TryGetValue(owner, out HashSet<DnsRecordType>? known))
        {
            known = types is null ? null : new HashSet<DnsRecordType>();
            _unread.Add(owner, known);
        }
        else if (types is null)
        {
            _unread[owner] = null;
        }

        known?.UnionWith(types ?? Array.Empty<DnsRecordType>());
    }

    private bool IsUnread(DomainName owner, DnsRecordType type) =>
        _unread.TryGetValue(owner, out HashSet<DnsRecordType>? types) && (types is null || types.Contains(type));

    private List<DnsRecord> Node(DomainName name)
    {
        if (!_names.TryGetValue(name, out List<DnsRecord>? node))
        {
            node = new List<DnsRecord>(1);
            _names.Add(name, node);
        }

        return node;
    }

    /// <summary>
    /// True for names with records and for what is above them: empty non-terminals exist (RFC 4592 section 2.2.2). They are found among
    /// the names in their order and not kept, since a name of a hundred labels has as many above it.
    /// </summary>
    private bool Exists(DomainName name)
    {
        if (_names.ContainsKey(name)) return true;

        _sorted ??= Sort(_names.Keys);
        int at = Array.BinarySearch(_sorted, name, CanonicalOrder.Instance);
        int next = at < 0 ? ~at : at;
        return next < _sorted.Length && _sorted[next].IsSameOrBelow(name);
    }

    private static DomainName[] Sort(IEnumerable<DomainName> names)
    {
        DomainName[] sorted = names.ToArray();
        Array.Sort(sorted, CanonicalOrder.Instance);
        return sorted;
    }

    private DomainName? FindApex(DomainName name)
    {
        // Of a few zones all are looked at, which makes no names.
        const int Few = 64;
        if (_apexes.Count <= Few)
        {
            DomainName? found = null;
            foreach (DomainName apex in _apexes)
                found = name.IsSameOrBelow(apex) && (found is null || apex.Text.Length > found.Text.Length) ? apex : found;

            return found;
        }

        while (!_apexes.Contains(name))
        {
            if (name.IsRoot) return null;

            name = name.Parent;
        }

        return name;
    }

    private DnsResponse Resolve(DnsQuestion question)
    {
        var aliases = new List<DnsRecord>();
        var visited = new HashSet<DomainName>();
        DomainName name = question.Name;
        while (true)
        {
            if (!visited.Add(name) || visited.Count > AliasFollowingResolver.MaxLinks + 1)
                return DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, aliases, "aliases at " + name);

            DnsResponse answer = ResolveName(new DnsQuestion(name, question.Type));
            aliases.AddRange(answer.Records);
            DomainName target = answer.CanonicalName;
            if (answer.Status == DnsResponseStatus.NoData && !target.Equals(name))
            {
                name = target;
                continue;
            }

            return Rename(question, answer, aliases);
        }
    }

    private static DnsResponse Rename(DnsQuestion question, DnsResponse answer, List<DnsRecord> records)
    {
        if (answer.IsFailure) return DnsResponse.Failure(question, answer.Status, records, answer.Detail);

        return answer.Status == DnsResponseStatus.NxDomain
            ? DnsResponse.NxDomain(question, records)
            : DnsResponse.Answer(question, records).Beside(answer.OtherTypes);
    }

    /// <summary>One name, no alias followed.</summary>
    private DnsResponse ResolveName(DnsQuestion question)
    {
        DomainName name = question.Name;

        // DS of a zone is its parent's (RFC 4035 section 3.1.4.1).
        DomainName? apex = FindApex(question.Type == DnsRecordType.Ds && !name.IsRoot ? name.Parent : name);
        if (apex is null)
        {
            return DnsResponse.Failure(question, DnsResponseStatus.OutOfZone, _files.Count == 0 ? "no zone is known" : "the name is outside the zone files given (" + Describe() + ")");
        }

        if (FindAbove(name, apex, question.Type, out DnsRecord? dname) is { } cut) return Below(question, cut);
        if (dname is not null) return Redirect(question, dname);
        if (_names.TryGetValue(name, out List<DnsRecord>? node)) return Answer(question, node, name, apex);
        if (Exists(name)) return Negative(question, apex, DnsResponse.NoData(question));

        DomainName encloser = name.Parent;
        while (!encloser.Equals(apex) && !Exists(encloser))
            encloser = encloser.Parent;

        return encloser.TryPrepend("*", out DomainName? wildcard) && _names.TryGetValue(wildcard!, out node)
            ? Answer(question, node, wildcard!, apex)
            : Negative(question, apex, DnsResponse.NxDomain(question));
    }

    /// <summary>Of a part of a zone nothing is known but what it writes.</summary>
    private DnsResponse Negative(DnsQuestion question, DomainName apex, DnsResponse negative) => _parts.Contains(apex)
        ? DnsResponse.Failure(question, DnsResponseStatus.OutOfZone, "the file has no SOA record of " + apex + ", so it may be a part of the zone, and it says nothing of " + question)
        : negative;

    private string Describe()
    {
        const int Most = 3;
        string[] zones = _files.Select(file => file.Apex + (file.IsComplete ? string.Empty : ", by " + file.ApexSource)).Distinct().ToArray();
        return string.Join("; ", zones.Take(Most)) + (zones.Length > Most ? " and " + (zones.Length - Most) + " more" : string.Empty);
    }

    /// <summary>The delegation nearest to the apex at or above the name, or the DNAME above it.</summary>
    private DomainName? FindAbove(DomainName name, DomainName apex, DnsRecordType type, out DnsRecord? dname)
    {
        dname = null;
        DomainName? cut = null;
        for (DomainName above = name; ; above = above.Parent)
        {
            bool isApex = above.Equals(apex);
            if (_names.TryGetValue(above, out List<DnsRecord>? node))
            {
                bool isOwn = above.Equals(name);
                if (!isApex && (Has(node, DnsRecordType.Ns) is not null || IsUnread(above, DnsRecordType.Ns)) && !(isOwn && type is DnsRecordType.Ns or DnsRecordType.Ds))
                {
                    cut = above;
                    dname = null;
                }
                else if (!isOwn && Has(node, DnsRecordType.Dname) is { } found)
                {
                    dname = found;
                    cut = null;
                }
            }

            if (isApex) return cut;
        }
    }

    private DnsResponse Below(DnsQuestion question, DomainName cut) => DnsResponse.Failure(
        question,
        DnsResponseStatus.OutOfZone,
        Has(_names[cut], DnsRecordType.Ns) is null ? LeftOut(cut) : cut + " is delegated to other servers, whose zone file is not given");

    private static string LeftOut(DomainName owner) => "a record of " + owner + " was not understood and left out";

    // RFC 6672 section 2.2: the part of the name above the DNAME's owner is replaced.
    private static DnsResponse Redirect(DnsQuestion question, DnsRecord dname)
    {
        DomainName target = ((NameData)dname.Data).Target;
        string prefix = question.Name.RelativeTo(dname.Owner);
        return target.TryPrepend(prefix, out DomainName? renamed)
            ? DnsResponse.Answer(question, new[] { new DnsRecord(question.Name, DnsRecordType.Cname, dname.Ttl, new NameData(renamed!)) })
            : DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the name that DNAME at " + dname.Owner + " makes is too long (YXDOMAIN)");
    }

    /// <summary>What a name holds; the records of a wildcard get the asked name as their owner.</summary>
    private DnsResponse Answer(DnsQuestion question, List<DnsRecord> node, DomainName owner, DomainName apex)
    {
        if (IsUnread(owner, question.Type))
            return DnsResponse.Failure(question, DnsResponseStatus.OutOfZone, LeftOut(owner));

        var records = new List<DnsRecord>();
        foreach (DnsRecord record in node)
        {
            if (record.Type == question.Type) records.Add(WithOwner(record, question.Name));
        }

        if (records.Count == 0 && question.Type != DnsRecordType.Cname && Has(node, DnsRecordType.Cname) is { } alias)
            records.Add(WithOwner(alias, question.Name));

        return records.Count > 0
            ? DnsResponse.Answer(question, records)
            : Negative(question, apex, owner.Equals(question.Name) ? DnsResponse.NoData(question).Beside(TypesAt(node, owner)) : DnsResponse.NoData(question));
    }

    // Of an entry that was not understood the type may be known.
    private DnsRecordType[] TypesAt(List<DnsRecord> node, DomainName owner)
    {
        IEnumerable<DnsRecordType> types = node.Select(record => record.Type);
        return (_unread.TryGetValue(owner, out HashSet<DnsRecordType>? unread) && unread is not null ? types.Concat(unread) : types).Distinct().ToArray();
    }

    private static DnsRecord WithOwner(DnsRecord record, DomainName owner) =>
        record.Owner.Equals(owner) ? record : new DnsRecord(owner, record.Type, record.Ttl, record.Data);

    private static DnsRecord? Has(List<DnsRecord> node, DnsRecordType type)
    {
        foreach (DnsRecord record in node)
        {
            if (record.Type == type) return record;
        }

        return null;
    }
}

/// <summary>Names by their labels from the right, so that what is below a name comes right after it (RFC 4034 section 6.1, octets as they are).</summary>
internal sealed class CanonicalOrder : IComparer<DomainName>
{
    public static CanonicalOrder Instance { get; } = new();

    public int Compare(DomainName? x, DomainName? y)
    {
        string one = x!.Text;
        string other = y!.Text;
        int endOne = one.Length;
        int endOther = other.Length;
        while (endOne > 0 && endOther > 0)
        {
            int startOne = one.LastIndexOf('.', endOne - 1) + 1;
            int startOther = other.LastIndexOf('.', endOther - 1) + 1;
            int order = string.CompareOrdinal(one, startOne, other, startOther, Math.Min(endOne - startOne, endOther - startOther));
            order = order != 0 ? order : (endOne - startOne).CompareTo(endOther - startOther);
            if (order != 0) return order;

            endOne = startOne - 1;
            endOther = startOther - 1;
        }

        return endOne.CompareTo(endOther);
    }
}
