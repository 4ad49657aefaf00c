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
    private readonly SuccessorReader _successors;
    private readonly List<RecordChange> _plan = new();
    private readonly HashSet<DomainName> _lost = new();
    private readonly HashSet<(DomainName Owner, string Type)> _types;

    private RecordPlanner(IEnumerable<ResourceRecord> wanted, IDnsResolver resolver, RecordPlanOptions options, CancellationToken cancellationToken)
    {
        _types = new HashSet<(DomainName Owner, string Type)>(wanted.Select(record => (record.Owner, record.RecordType)));
        _reader = new NodeReader(resolver, cancellationToken);
        _texts = new TextPlanner(new RecordMerger(resolver, options, cancellationToken), options);
        _sets = new SetPlanner(options);
        _successors = new SuccessorReader(resolver, cancellationToken);
    }

    /// <summary>The plan, in the order of the wanted records.</summary>
    public static async Task<IReadOnlyList<RecordChange>> PlanAsync(
        IEnumerable<ResourceRecord> wanted,
        IDnsResolver resolver,
        RecordPlanOptions options,
        CancellationToken cancellationToken)
    {
        ResourceRecord[] all = wanted.ToArray();
        var planner = new RecordPlanner(all, resolver, options, cancellationToken);
        foreach (IGrouping<(DomainName Owner, DomainName Zone), ResourceRecord> node in all.GroupBy(record => (record.Owner, record.Zone)).ToArray())
        {
            ResourceRecord[] records = Distinct(node).ToArray();
            bool hasAlias = records.Any(record => record is CnameRecord);
            foreach (IGrouping<DnsRecordType, ResourceRecord> set in records.GroupBy(record => record.DnsType))
                await planner.PlanSetAsync(set.ToArray(), hasAlias && records.Length > 1).ConfigureAwait(false);
        }

        foreach (RecordChange change in planner._plan)
        {
            // Windows DNS Server alone gives no more than the first string.
            if (options.FirstStringOnly && change.IsLongText)
                change.Warn(LongText.Warn(change.After.First(LongText.IsLong)));

            foreach (string note in change.Wanted is { } record && options.Notes.TryGetValue(record, out string[]? notes) ? notes : Array.Empty<string>())
                change.Warn(note);
        }

        return planner._plan;
    }

    private static IEnumerable<ResourceRecord> Distinct(IEnumerable<ResourceRecord> records)
    {
        var seen = new List<ResourceRecord>();
        foreach (ResourceRecord record in records.Where(record => !RecordEquality.Contains(seen, record)))
            seen.Add(record);

        return seen;
    }

    private async Task PlanSetAsync(ResourceRecord[] wanted, bool isCrowdedAlias)
    {
        ResourceRecord first = wanted[0];
        var nothing = new RecordSetState(first.Owner, first.Zone, first.DnsType, new List<ResourceRecord>());
        if (isCrowdedAlias)
        {
            Refuse(RecordAction.Conflict, nothing, wanted, "Among the wanted records, " + first.Owner + " has a CNAME and other records; an alias must be the only record (RFC 1034 section 3.6.2).");
            return;
        }

        try
        {
            NodeSet present = await _reader.ReadSetAsync(first.Owner, first.Zone, first.DnsType, first.Purpose).ConfigureAwait(false);
            if (await FindCollisionAsync(first, present).ConfigureAwait(false) is { } collision)
            {
                Refuse(RecordAction.Conflict, new RecordSetState(first.Owner, first.Zone, first.DnsType, present.Records), wanted, collision);
                return;
            }

            await PlanReadSetAsync(wanted, present).ConfigureAwait(false);
        }
        catch (NodeReadException exception)
        {
            Refuse(RecordAction.Unknown, nothing, wanted, exception.Message + " A failed lookup does not show that no record exists.");
        }
    }

    private async Task PlanReadSetAsync(ResourceRecord[] wanted, NodeSet present)
    {
        ResourceRecord first = wanted[0];
        string note = present.IsWildcard ? "The name has no such record of its own; until now the answer came from " + present.Source + "." : string.Empty;
        var set = new RecordSetState(first.Owner, first.Zone, first.DnsType, present.Records);
        RecordChange[] changes = (first.DnsType == DnsRecordType.Txt
            ? await _texts.PlanAsync(set, wanted.Cast<TxtRecord>().ToArray(), note).ConfigureAwait(false)
            : _sets.Plan(set, wanted, await _successors.FindAsync(set, wanted).ConfigureAwait(false), note)).ToArray();
        _plan.AddRange(changes);
        if (changes.FirstOrDefault(change => change.Action == RecordAction.Add) is { } added && present.Records.Count == 0)
            await WarnOfLostAsync(added).ConfigureAwait(false);
    }

    /// <summary>
    /// A name that comes to exist, and a name above it, is no longer answered for by a wildcard (RFC 4592 section 2.2): of
    /// hosts that a person may use, that is said. An alias is meant to take the wildcard's place.
    /// </summary>
    private async Task WarnOfLostAsync(RecordChange added)
    {
        DomainName name = added.DnsType == DnsRecordType.Cname ? added.Owner.Parent : added.Owner;
        for (; name.IsBelow(added.Zone); name = name.Parent)
        {
            // Below _domainkey and the like there are no hosts (RFC 8552).
            if (name.Labels[0][0] == '*' || Array.Exists(name.Labels, label => label[0] == '_') || !_lost.Add(name))
                continue;

            (DomainName? wildcard, string types) = await _reader.FindLostAsync(name, added.Zone).ConfigureAwait(false);
            string[] lost = types.Split(new[] { ", " }, StringSplitOptions.RemoveEmptyEntries).Where(type => !_types.Contains((name, type))).ToArray();
            if (lost.Length > 0)
            {
                added.Warn(name + " is answered by " + (wildcard?.ToString() ?? "a wildcard") + " (" + string.Join(", ", lost) + ") until now. Once the record is published, " + name + " exists and the wildcard no longer answers for it (RFC 4592 section 2.2). Add those records for " + name + " too if they are needed.");
            }
        }
    }

    private async Task<string?> FindCollisionAsync(ResourceRecord wanted, NodeSet present)
    {
        if (wanted is CnameRecord)
        {
            // A name that is an alias already holds nothing else.
            return present.Dname is { } above ? Below(wanted, above)
                : present.Records.Count == 0 && await _reader.FindDataAsync(wanted.Owner, wanted.Zone).ConfigureAwait(false) is { } type
                ? wanted.Owner + " has " + DnsRecordTypes.NameOf(type) + " records; a CNAME cannot coexist with them (RFC 1034 section 3.6.2). Remove them, or choose another host."
                : null;
        }

        NodeSet alias = await _reader.ReadSetAsync(wanted.Owner, wanted.Zone, DnsRecordType.Cname, RecordPurpose.Other).ConfigureAwait(false);
        return alias.Dname is { } dname ? Below(wanted, dname)
            : alias.Records.Count > 0
            ? wanted.Owner + " is an alias of " + alias.Records[0] + "; other records cannot coexist with a CNAME (RFC 1034 section 3.6.2). Remove it first, if it is not needed."
            : null;
    }

    private static string Below(ResourceRecord wanted, DomainName dname) =>
        "The DNAME at " + dname + " renames all names below it, " + wanted.Owner + " too; records there are never seen (RFC 6672 section 2.4). Publish them below the DNAME's target.";

    private void Refuse(RecordAction action, RecordSetState set, ResourceRecord[] wanted, string reason)
    {
        foreach (ResourceRecord record in wanted)
            _plan.Add(new RecordChange(action, set, record.Purpose, set.Records.ToArray(), new[] { record }, reason) { Wanted = record });
    }
}

/// <summary>How a plan is made.</summary>
internal sealed class RecordPlanOptions
{
    /// <summary>True: wanted SPF and DMARC records stand as they are given; what is there and not in them goes.</summary>
    public bool NoMerge { get; init; }

    /// <summary>True: other records of the same kind and purpose at the same name go. Texts of no known kind never do.</summary>
    public bool Prune { get; init; }

    /// <summary>The DMARC policy that was asked for by name; null: a policy in force is never weakened.</summary>
    public DmarcPolicy? Policy { get; init; }

    /// <summary>What is to be said of wanted records, such as what the platform's own template would do; it becomes the item's warning.</summary>
    public IReadOnlyDictionary<ResourceRecord, string[]> Notes { get; init; } = new Dictionary<ResourceRecord, string[]>();

    /// <summary>Wanted records that stand as they are given, as with <see cref="NoMerge"/>, whatever is there of their kind.</summary>
    public IReadOnlyCollection<ResourceRecord> Replacing { get; init; } = Array.Empty<ResourceRecord>();

    /// <summary>True where the source may give only the first string of a text (Get-DnsServerResourceRecord).</summary>
    public bool FirstStringOnly { get; init; }
}
