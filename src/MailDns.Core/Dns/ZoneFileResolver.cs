namespace MailDns.Dns;

/// <summary>
/// Answers from zone files as their authoritative server would (RFC 1034 section 4.3.2, wildcards of RFC 4592, DNAME of
/// RFC 6672), aliases followed through all files. What the files do not hold is a failed lookup
/// (<see cref="DnsResponseStatus.OutOfZone"/>), never NXDOMAIN: names outside every zone, and names at or below a
/// delegation, of which the file knows NS and DS only.
/// </summary>
internal sealed class ZoneFileResolver : IDnsResolver
{
    private readonly Dictionary<DomainName, List<DnsRecord>> _names = new();
    private readonly HashSet<DomainName> _apexes = new();

    public ZoneFileResolver(IEnumerable<ZoneFile> files)
    {
        var all = new List<ZoneFile>(files);
        foreach (ZoneFile file in all)
        {
            _apexes.Add(file.Apex);
        }

        foreach (ZoneFile file in all)
        {
            Load(file);
        }
    }

    public Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? Task.FromCanceled<DnsResponse>(cancellationToken)
            : Task.FromResult(Resolve(question));

    private void Load(ZoneFile file)
    {
        Node(file.Apex);
        foreach (DnsRecord record in file.Records)
        {
            // Data outside the zone is not the file's to tell (RFC 1035 section 5.2); neither is what a file of the
            // child zone tells better. DS is the parent's (RFC 4035 section 3.1.4.1).
            if (FindApex(record.Type == DnsRecordType.Ds ? record.Owner.Parent : record.Owner) is { } apex && apex.Equals(file.Apex))
            {
                Node(record.Owner).Add(record);
                AddAncestors(record.Owner, apex);
            }
        }
    }

    private List<DnsRecord> Node(DomainName name)
    {
        if (!_names.TryGetValue(name, out List<DnsRecord>? node))
        {
            node = new List<DnsRecord>(1);
            _names.Add(name, node);
        }

        return node;
    }

    // Empty non-terminals exist (RFC 4592 section 2.2.2).
    private void AddAncestors(DomainName owner, DomainName apex)
    {
        for (DomainName name = owner; !name.Equals(apex);)
        {
            name = name.Parent;
            if (_names.ContainsKey(name))
            {
                return;
            }

            Node(name);
        }
    }

    private DomainName? FindApex(DomainName name)
    {
        while (!_apexes.Contains(name))
        {
            if (name.IsRoot)
            {
                return null;
            }

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
            {
                return DnsResponse.Failure(question, DnsResponseStatus.AliasLoop, aliases, "aliases at " + name);
            }

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
        if (answer.IsFailure)
        {
            return DnsResponse.Failure(question, answer.Status, records, answer.Detail);
        }

        return answer.Status == DnsResponseStatus.NxDomain
            ? DnsResponse.NxDomain(question, records)
            : DnsResponse.Answer(question, records);
    }

    /// <summary>One name, no alias followed.</summary>
    private DnsResponse ResolveName(DnsQuestion question)
    {
        DomainName name = question.Name;

        // DS of a zone is its parent's (RFC 4035 section 3.1.4.1).
        DomainName? apex = FindApex(question.Type == DnsRecordType.Ds && !name.IsRoot ? name.Parent : name);
        if (apex is null)
        {
            return DnsResponse.Failure(question, DnsResponseStatus.OutOfZone, name + " is in none of the zone files");
        }

        if (FindAbove(name, apex, question.Type, out DnsRecord? dname) is { } cut)
        {
            return Below(question, cut);
        }

        if (dname is not null)
        {
            return Redirect(question, dname);
        }

        if (_names.TryGetValue(name, out List<DnsRecord>? node))
        {
            return Answer(question, node, name);
        }

        DomainName encloser = name.Parent;
        while (!_names.ContainsKey(encloser))
        {
            encloser = encloser.Parent;
        }

        return encloser.TryPrepend("*", out DomainName? wildcard) && _names.TryGetValue(wildcard!, out node)
            ? Answer(question, node, name)
            : DnsResponse.NxDomain(question);
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
                if (!isApex && Has(node, DnsRecordType.Ns) is not null && !(isOwn && type is DnsRecordType.Ns or DnsRecordType.Ds))
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

            if (isApex)
            {
                return cut;
            }
        }
    }

    private static DnsResponse Below(DnsQuestion question, DomainName cut) =>
        DnsResponse.Failure(question, DnsResponseStatus.OutOfZone, cut + " is delegated to other servers, whose zone file is not given");

    // RFC 6672 section 2.2: the part of the name above the DNAME's owner is replaced.
    private static DnsResponse Redirect(DnsQuestion question, DnsRecord dname)
    {
        DomainName target = ((NameData)dname.Data).Target;
        string prefix = question.Name.RelativeTo(dname.Owner);
        return target.TryPrepend(prefix, out DomainName? renamed)
            ? DnsResponse.Answer(question, new[] { new DnsRecord(question.Name, DnsRecordType.Cname, dname.Ttl, new NameData(renamed!)) })
            : DnsResponse.Failure(question, DnsResponseStatus.OtherError, "the name that DNAME at " + dname.Owner + " makes is too long (YXDOMAIN)");
    }

    private static DnsResponse Answer(DnsQuestion question, List<DnsRecord> node, DomainName owner)
    {
        var records = new List<DnsRecord>();
        foreach (DnsRecord record in node)
        {
            if (record.Type == question.Type)
            {
                records.Add(WithOwner(record, owner));
            }
        }

        if (records.Count == 0 && question.Type != DnsRecordType.Cname && Has(node, DnsRecordType.Cname) is { } alias)
        {
            records.Add(WithOwner(alias, owner));
        }

        return DnsResponse.Answer(question, records.Count > 0 ? records : Array.Empty<DnsRecord>());
    }

    private static DnsRecord WithOwner(DnsRecord record, DomainName owner) =>
        record.Owner.Equals(owner) ? record : new DnsRecord(owner, record.Type, record.Ttl, record.Data);

    private static DnsRecord? Has(List<DnsRecord> node, DnsRecordType type)
    {
        foreach (DnsRecord record in node)
        {
            if (record.Type == type)
            {
                return record;
            }
        }

        return null;
    }
}
