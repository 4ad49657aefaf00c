namespace MailDns.Publishing;

/// <summary>
/// Compares wanted records with what is there. What is not known is never taken for missing, what is of another kind is
/// never touched, and what was published according to the plan is all Keep the next time.
/// </summary>
internal sealed class RecordPlanner
{
    private readonly NodeReader _reader;
    private readonly TextPlanner _texts;
    private readonly SetPlanner _sets;
    private readonly List<RecordChange> _plan = new();

    private RecordPlanner(IDnsResolver resolver, RecordPlanOptions options, CancellationToken cancellationToken)
    {
        _reader = new NodeReader(resolver, cancellationToken);
        _texts = new TextPlanner(new RecordMerger(resolver, options, cancellationToken), options);
        _sets = new SetPlanner(options);
    }

    /// <summary>The plan, in the order of the wanted records.</summary>
    public static async Task<IReadOnlyList<RecordChange>> PlanAsync(
        IEnumerable<ResourceRecord> wanted,
        IDnsResolver resolver,
        RecordPlanOptions options,
        CancellationToken cancellationToken)
    {
        var planner = new RecordPlanner(resolver, options, cancellationToken);
        foreach (IGrouping<(DomainName Owner, DomainName Zone), ResourceRecord> node in wanted.GroupBy(record => (record.Owner, record.Zone)).ToArray())
        {
            ResourceRecord[] records = Distinct(node).ToArray();
            bool hasAlias = records.Any(record => record is CnameRecord);
            foreach (IGrouping<DnsRecordType, ResourceRecord> set in records.GroupBy(record => record.DnsType))
            {
                await planner.PlanSetAsync(set.ToArray(), hasAlias && records.Length > 1).ConfigureAwait(false);
            }
        }

        return planner._plan;
    }

    private static IEnumerable<ResourceRecord> Distinct(IEnumerable<ResourceRecord> records)
    {
        var seen = new List<ResourceRecord>();
        foreach (ResourceRecord record in records.Where(record => !RecordEquality.Contains(seen, record)))
        {
            seen.Add(record);
        }

        return seen;
    }

    private async Task PlanSetAsync(ResourceRecord[] wanted, bool isCrowdedAlias)
    {
        ResourceRecord first = wanted[0];
        var nothing = new RecordSetState(first.Owner, first.Zone, first.DnsType, new List<ResourceRecord>());
        if (isCrowdedAlias)
        {
            Refuse(RecordAction.Conflict, nothing, wanted, "Among the wanted records, " + first.Owner + " has a CNAME and other records; an alias stands alone (RFC 1034 section 3.6.2).");
            return;
        }

        try
        {
            List<ResourceRecord> present = await _reader.ReadSetAsync(first.Owner, first.Zone, first.DnsType, first.Purpose).ConfigureAwait(false);
            if (await FindCollisionAsync(first, present).ConfigureAwait(false) is { } collision)
            {
                Refuse(RecordAction.Conflict, new RecordSetState(first.Owner, first.Zone, first.DnsType, present), wanted, collision);
                return;
            }

            await PlanReadSetAsync(wanted, present).ConfigureAwait(false);
        }
        catch (NodeReadException exception)
        {
            Refuse(RecordAction.Unknown, nothing, wanted, exception.Message + " A failed lookup is no proof that nothing is there.");
        }
    }

    private async Task PlanReadSetAsync(ResourceRecord[] wanted, List<ResourceRecord> present)
    {
        ResourceRecord first = wanted[0];
        string note = string.Empty;
        if (present.Count > 0 && !wanted.All(record => present.Any(item => RecordEquality.MeansTheSame(record, item)))
            && await _reader.FindWildcardAsync(first.Owner, first.Zone, first.DnsType, present).ConfigureAwait(false) is { } wildcard)
        {
            note = "The name has none of its own; the answer until now came from " + wildcard + ".";
            present = new List<ResourceRecord>();
        }

        var set = new RecordSetState(first.Owner, first.Zone, first.DnsType, present);
        _plan.AddRange(first.DnsType == DnsRecordType.Txt
            ? await _texts.PlanAsync(set, wanted.Cast<TxtRecord>().ToArray(), note).ConfigureAwait(false)
            : _sets.Plan(set, wanted, note));
    }

    private async Task<string?> FindCollisionAsync(ResourceRecord wanted, List<ResourceRecord> present)
    {
        if (wanted is CnameRecord)
        {
            // A name that is an alias already holds nothing else.
            return present.Count == 0 && await _reader.FindDataAsync(wanted.Owner, wanted.Zone).ConfigureAwait(false) is { } type
                ? wanted.Owner + " has " + DnsRecordTypes.Mnemonic(type) + " records; a CNAME cannot stand beside them (RFC 1034 section 3.6.2). Remove them, or choose another host."
                : null;
        }

        List<ResourceRecord> alias = await _reader.ReadSetAsync(wanted.Owner, wanted.Zone, DnsRecordType.Cname, RecordPurpose.Other).ConfigureAwait(false);
        return alias.Count > 0
            && await _reader.FindWildcardAsync(wanted.Owner, wanted.Zone, DnsRecordType.Cname, alias).ConfigureAwait(false) is null
            ? wanted.Owner + " is an alias of " + alias[0] + "; other records cannot stand beside a CNAME (RFC 1034 section 3.6.2). Remove it first, if it is not needed."
            : null;
    }

    private void Refuse(RecordAction action, RecordSetState set, ResourceRecord[] wanted, string reason)
    {
        foreach (ResourceRecord record in wanted)
        {
            _plan.Add(new RecordChange(action, set, record.Purpose, set.Records.ToArray(), new[] { record }, reason));
        }
    }
}

/// <summary>How a plan is made.</summary>
internal sealed class RecordPlanOptions
{
    /// <summary>True: wanted SPF and DMARC records stand as they are given; what is there and not in them goes.</summary>
    public bool NoMerge { get; init; }

    /// <summary>True: other records of the same kind and purpose at the same name go. Texts of no known kind never do.</summary>
    public bool Prune { get; init; }

    /// <summary>True where only the includes of a wanted SPF record are asked for, as by a platform's profile.</summary>
    public bool IncludesOnly { get; init; }

    /// <summary>The DMARC policy that was asked for by name; null: a policy in force is never weakened.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>True where the source may give only the first string of a text (Get-DnsServerResourceRecord).</summary>
    public bool FirstStringOnly { get; init; }
}
