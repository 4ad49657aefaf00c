namespace MailDns.Publishing;

/// <summary>All changes of a plan that concern one name and type, to be written together, and what the set was on the server just before.</summary>
internal sealed class RecordSetChange
{
    private RecordSetChange(IReadOnlyList<RecordChange> items)
    {
        Items = items;
        RecordChange first = items[0];
        Key = new RecordSetState(first.Owner, first.Zone, first.DnsType, first.Present);
    }

    public IReadOnlyList<RecordChange> Items { get; }

    /// <summary>Name and type, with the records that the plan was made from.</summary>
    public RecordSetState Key { get; }

    /// <summary>What the server had when it was read before writing.</summary>
    public IReadOnlyList<ResourceRecord> Actual { get; private set; } = Array.Empty<ResourceRecord>();

    /// <summary>The records that go, as the server has them.</summary>
    public IReadOnlyList<ResourceRecord> Removed { get; private set; } = Array.Empty<ResourceRecord>();

    /// <summary>The records that come, with the time to live of the set that they join.</summary>
    public IReadOnlyList<ResourceRecord> Added { get; private set; } = Array.Empty<ResourceRecord>();

    /// <summary>What the server is to have afterwards.</summary>
    public IReadOnlyList<ResourceRecord> Wanted => Actual.Where(record => !Removed.Contains(record)).Concat(Added).ToArray();

    /// <summary>The changing items of a plan, set by set, those that only add first: when writing stops in the middle, nothing is missing.</summary>
    public static IReadOnlyList<RecordSetChange> Group(IEnumerable<RecordChange> plan) =>
        plan.Where(change => change.IsChange)
            .GroupBy(change => (change.Owner, change.Zone, change.DnsType))
            .Select(set => new RecordSetChange(set.ToArray()))
            .OrderBy(set => set.Items.Max(item => (int)item.Action))
            .ToArray();

    /// <summary>Takes what the server has now.</summary>
    /// <param name="actual">The set, with the server's times to live and cuts of strings.</param>
    /// <param name="isSame">Tells whether a record of the plan is one of the server.</param>
    /// <returns>Whether the plan still fits, is done already, or no longer fits.</returns>
    public RecordSetFit Meet(IReadOnlyList<ResourceRecord> actual, Func<ResourceRecord, ResourceRecord, bool> isSame)
    {
        Actual = actual;
        ResourceRecord[] goes = Items.SelectMany(item => item.Before).ToArray();
        ResourceRecord[] comes = Items.SelectMany(item => item.After).ToArray();
        if (!comes.Any(record => goes.Any(other => isSame(record, other)))
            && comes.All(record => actual.Any(other => isSame(record, other))) && !goes.Any(record => actual.Any(other => isSame(record, other))))
        {
            return RecordSetFit.Done;
        }

        if (actual.Count != Key.Records.Count || !Key.Records.All(record => actual.Any(other => isSame(record, other))) || !actual.All(record => Key.Records.Any(other => isSame(other, record))))
            return RecordSetFit.Changed;

        Removed = actual.Where(record => goes.Any(other => isSame(other, record))).ToArray();
        uint? ttl = actual.Count == 0 ? null : (Removed.Count > 0 ? Removed[0] : actual[0]).Ttl;
        Added = comes.Select(record => RecordFactory.WithTtl(record, ttl ?? record.Ttl)).ToArray();
        return RecordSetFit.Fits;
    }

    /// <summary>What restores the former state of one of the items, once the server has <paramref name="after"/>.</summary>
    public RecordChange Undo(RecordChange item, IReadOnlyList<ResourceRecord> after)
    {
        ResourceRecord[] goes = item.After.Select(record => after.FirstOrDefault(other => RecordEquality.IsSameData(record, other)) ?? record).ToArray();
        ResourceRecord[] comes = item.Before.Select(record => Actual.FirstOrDefault(other => RecordEquality.IsSameData(record, other)) ?? record).ToArray();
        RecordAction action = comes.Length == 0 ? RecordAction.Remove : goes.Length == 0 ? RecordAction.Add : RecordAction.Replace;
        return new RecordChange(action, new RecordSetState(Key.Owner, Key.Zone, Key.Type, after), item.Purpose, goes, comes, "Undoes: " + item);
    }
}

/// <summary>Whether a plan fits what the server has.</summary>
internal enum RecordSetFit
{
    /// <summary>The set is as it was when the plan was made.</summary>
    Fits,

    /// <summary>The set is as the plan wants it already.</summary>
    Done,

    /// <summary>Somebody has changed the set meanwhile.</summary>
    Changed,
}

/// <summary>The records of one name and type as somebody saw them.</summary>
internal sealed record RecordSetState(DomainName Owner, DomainName Zone, DnsRecordType Type, IReadOnlyList<ResourceRecord> Records);
