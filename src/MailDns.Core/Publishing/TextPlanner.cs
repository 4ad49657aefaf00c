using MailDns.Dkim;

namespace MailDns.Publishing;

/// <summary>
/// Plans the texts of a name, each against those of its own kind (<see cref="TxtKind"/>). A text of no known kind, such as a
/// proof of ownership, is added where it is missing and otherwise never touched.
/// </summary>
internal sealed class TextPlanner(RecordMerger merger, RecordPlanOptions options)
{
    private readonly RecordMerger _merger = merger;
    private readonly RecordPlanOptions _options = options;

    public async Task<IReadOnlyList<RecordChange>> PlanAsync(RecordSetState set, TxtRecord[] wanted, string note)
    {
        var plan = new List<RecordChange>();
        foreach (TxtRecord record in wanted)
        {
            TxtKind kind = TxtKinds.Of(set.Owner, record.Text);
            int twins = wanted.Count(other => TxtKinds.Of(set.Owner, other.Text) == kind);
            if (kind != TxtKind.Other && twins > 1)
            {
                plan.Add(new Item(set, record).Conflict(new[] { record }, "Among the wanted records, " + set.Owner + " has " + twins + " " + Name(kind) + "; a reader takes none or any of them."));
                continue;
            }

            plan.AddRange(await PlanOneAsync(new Item(set, record), kind, note).ConfigureAwait(false));
        }

        return plan;
    }

    private async Task<IReadOnlyList<RecordChange>> PlanOneAsync(Item item, TxtKind kind, string note)
    {
        TxtRecord[] all = item.Set.Records.OfType<TxtRecord>().ToArray();
        if (kind == TxtKind.Other)
        {
            TxtRecord? twin = all.FirstOrDefault(record => RecordEquality.MeansTheSame(record, item.Wanted));
            return new[] { twin is null ? item.Add(note) : SetPlanner.Keep(item.Set, item.Wanted, twin) };
        }

        bool[] isReplaced = TxtKinds.Replaced(item.Set.Owner, all.Select(record => record.Text).ToArray(), kind);
        TxtRecord[] present = all.Where((_, i) => isReplaced[i]).ToArray();
        TxtRecord[] live = present.Where(record => !IsAttempt(item.Set.Owner, record)).ToArray();
        if (present.Length == 0) return new[] { item.Add(note) };

        if (present.Length > 1 && live.FirstOrDefault(record => RecordEquality.MeansTheSame(record, item.Wanted)) is { } right && (live.Length == 1 || _options.Prune))
            return KeepOne(item, right, present);

        if (present.Length > 1 && RecordMerger.IsJoined(item.Wanted, present.Select(record => record.Text).ToArray(), kind))
        {
            return new[] { item.Replace(present, item.Wanted.Text, kind == TxtKind.Dkim ? "The key in " + present.Length + " records becomes one record (RFC 6376 section 3.6.2.2)." : "Combines the " + present.Length + " existing records.") };
        }

        // Who authorises nobody has no sender to lose.
        if (present.Length > 1 && kind == TxtKind.Spf && RecordMerger.IsClosed(item.Wanted.Text))
            return new[] { item.Replace(present, item.Wanted.Text, "The wanted SPF record authorises no host, so it replaces the " + present.Length + " existing ones.", RecordMerger.NobodyAny(item.Set.Owner)) };

        // Two that receivers take: which one is meant a person has to tell. Of attempts none counts.
        if (live.Length > 1 || (present.Length > 1 && live.Length == 0 && kind == TxtKind.Spf && !_options.NoMerge))
        {
            return new[]
            {
                _options.Prune
                    ? item.Replace(present, item.Wanted.Text, "Several records of this kind exist; one replaces them (-Prune).")
                    : item.Conflict(present, item.Set.Owner + " has " + present.Length + " " + Name(kind) + ", of which receivers use none or any one: " + string.Join(" and ", present.Select(record => PrintableText.Quote(record.Text))) + ". Remove all but one, or compare with -Prune."),
            };
        }

        return new[] { await PlanAgainstOneAsync(item, live.Length == 1 ? live[0] : present[0], present, kind).ConfigureAwait(false) };
    }

    private static string Name(TxtKind kind) => kind switch
    {
        TxtKind.Spf => "SPF records",
        TxtKind.SenderId => "Sender ID records",
        TxtKind.Dmarc => "DMARC records",
        TxtKind.Dkim => "DKIM keys",
        TxtKind.Bimi => "BIMI records",
        TxtKind.MtaSts => "MTA-STS records",
        TxtKind.TlsRpt => "TLS reporting records",
        _ => "records of this kind",
    };

    private static bool IsAttempt(DomainName owner, TxtRecord record) => TxtKinds.IsAttempt(owner, record.Text) || TxtKinds.Of(owner, record.Text) == TxtKind.Other;

    // What the checks make of the key that is there, such as the version in front of it (RFC 6376 section 3.6.1).
    private static bool IsCorrection(string wanted, string present) =>
        wanted != present && DkimRepair.TryRepair(DkimKeyParser.Read(present))?.ToString() == wanted;

    private static IReadOnlyList<RecordChange> KeepOne(Item item, TxtRecord right, TxtRecord[] present)
    {
        ResourceRecord[] others = present.Where(record => !ReferenceEquals(record, right)).ToArray();
        return new[]
        {
            SetPlanner.Keep(item.Set, item.Wanted, right),
            new RecordChange(RecordAction.Remove, item.Set, item.Wanted.Purpose, others, Array.Empty<ResourceRecord>(), "Beside the record of its kind it is in the way: a name has one."),
        };
    }

    private async Task<RecordChange> PlanAgainstOneAsync(Item item, TxtRecord present, TxtRecord[] all, TxtKind kind)
    {
        TxtRecord wanted = item.Wanted;
        if (all.Length == 1 && RecordEquality.MeansTheSame(present, wanted) && !(kind == TxtKind.Dkim && IsCorrection(wanted.Text, present.Text)))
            return SetPlanner.Keep(item.Set, wanted, present);

        if (_options.FirstStringOnly && LongText.MayBeFirstString(present.Text, wanted.Text))
        {
            return item.Unknown(present, "Get-DnsServerResourceRecord returns only the first string of a text, and the wanted text begins with it, so the record may be complete. Compare with -Server to see the whole text.");
        }

        if (wanted.Purpose == RecordPurpose.DmarcReportAuthorization && !IsAttempt(item.Set.Owner, present))
            return item.Keep(present, "The authorization exists, with additional tags (RFC 9990 section 4).");

        if (_options.FirstStringOnly && !_options.NoMerge && kind == TxtKind.Spf && LongText.MayGoOn(present.Text))
        {
            return item.Unknown(present, "Get-DnsServerResourceRecord returns only the first string of a text, and this SPF record does not end in \"all\": more mechanisms may follow, which a merge would delete. Compare with -Server to see the whole text.");
        }

        MergedText merged = await _merger.MergeAsync(wanted, present, kind).ConfigureAwait(false);
        if (merged.Refusal is not null) return item.Conflict(all, merged.Refusal);

        RecordChange change = item.Replace(all, merged.Text, merged.Reason, merged.Warning, _options.FirstStringOnly && kind == TxtKind.Dmarc ? LongText.WarnOfOtherStrings : null);
        return all.Length == 1 && kind != TxtKind.Dkim && RecordEquality.MeansTheSame(present, change.After[0]) ? item.Keep(present, merged.Reason) : change;
    }

    /// <summary>One wanted text and the set that it joins.</summary>
    private sealed class Item(RecordSetState set, TxtRecord wanted)
    {
        public RecordSetState Set { get; } = set;

        public TxtRecord Wanted { get; } = wanted;

        public RecordChange Add(string note)
        {
            // All records of a set have one time to live (RFC 2181 section 5.2): that of those which are there.
            ResourceRecord after = Set.Records.Count > 0 ? RecordFactory.WithTtl(Wanted, Set.Records[0].Ttl) : Wanted;
            string others = Set.Records.Count == 0 ? "No record of this kind exists." : "No record of this kind exists; the " + (Set.Records.Count == 1 ? "other text stays." : Set.Records.Count + " other texts stay.");
            return Make(RecordAction.Add, Array.Empty<ResourceRecord>(), after, (others + " " + note).TrimEnd());
        }

        public RecordChange Keep(TxtRecord present, string reason) => Make(RecordAction.Keep, new[] { present }, present, reason);

        public RecordChange Replace(TxtRecord[] present, string text, string reason, params string?[] warnings) =>
            Make(RecordAction.Replace, present, new TxtRecord(Wanted.Owner, Wanted.Zone, text, TimeSpan.FromSeconds(Math.Min(present[0].Ttl, int.MaxValue)), Wanted.Purpose), reason, warnings);

        public RecordChange Unknown(TxtRecord present, string reason) => Make(RecordAction.Unknown, new[] { present }, Wanted, reason);

        public RecordChange Conflict(TxtRecord[] present, string reason) => Make(RecordAction.Conflict, present, Wanted, reason);

        private RecordChange Make(RecordAction action, ResourceRecord[] before, ResourceRecord after, string reason, params string?[] warnings) =>
            new(action, Set, Wanted.Purpose, before, new[] { after }, reason, warnings.OfType<string>().ToArray()) { Wanted = Wanted };
    }
}
