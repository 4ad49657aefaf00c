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
            TxtKind kind = TxtKinds.Of(set.Owner, record.Value);
            TxtRecord[] twins = wanted.Where(other => TxtKinds.Of(set.Owner, other.Value) == kind).ToArray();
            if (kind != TxtKind.Other && twins.Length > 1)
            {
                plan.Add(Conflict(set, record, twins, "Among the wanted records, " + set.Owner + " has " + twins.Length + " of this kind; a reader takes none or any of them."));
                continue;
            }

            plan.AddRange(await PlanOneAsync(set, record, kind, note).ConfigureAwait(false));
        }

        return plan;
    }

    private async Task<IReadOnlyList<RecordChange>> PlanOneAsync(RecordSetState set, TxtRecord wanted, TxtKind kind, string note)
    {
        TxtRecord[] present = set.Records.OfType<TxtRecord>().Where(record => TxtKinds.Of(set.Owner, record.Value) == kind).ToArray();
        if (kind == TxtKind.Other)
        {
            TxtRecord? twin = present.FirstOrDefault(record => RecordEquality.MeansTheSame(record, wanted));
            return new[] { twin is null ? Add(set, wanted, note) : SetPlanner.Keep(set, wanted, twin) };
        }

        if (present.Length == 0)
        {
            return new[] { Add(set, wanted, note) };
        }

        if (present.Length > 1)
        {
            return PlanAgainstSeveral(set, wanted, present);
        }

        return new[] { await PlanAgainstOneAsync(set, wanted, present[0], kind).ConfigureAwait(false) };
    }

    private async Task<RecordChange> PlanAgainstOneAsync(RecordSetState set, TxtRecord wanted, TxtRecord present, TxtKind kind)
    {
        if (RecordEquality.MeansTheSame(present, wanted))
        {
            return SetPlanner.Keep(set, wanted, present);
        }

        if (_options.FirstStringOnly && LongText.MayBeFirstString(present.Value, wanted.Value))
        {
            return Unknown(set, wanted, present, "Get-DnsServerResourceRecord gives the first string of a text only, and this one is how the wanted text begins: it may be all there. Compare with -Server to see it whole.");
        }

        if (IsConsent(wanted))
        {
            return new RecordChange(RecordAction.Keep, set, wanted.Purpose, new ResourceRecord[] { present }, new ResourceRecord[] { present }, "The consent is there, with more tags (RFC 9990 section 4).");
        }

        if (_options.FirstStringOnly && !_options.NoMerge && kind == TxtKind.Spf && LongText.MayGoOn(present.Value))
        {
            return Unknown(set, wanted, present, "Get-DnsServerResourceRecord gives the first string of a text only, and this SPF record has no \"all\" at its end: more mechanisms may follow, which a merge would delete. Compare with -Server to see it whole.");
        }

        MergedText merged = await _merger.MergeAsync(wanted, present, kind).ConfigureAwait(false);
        if (merged.Refusal is not null)
        {
            return Conflict(set, wanted, new[] { present }, merged.Refusal);
        }

        var after = new TxtRecord(wanted.Owner, wanted.Zone, merged.Text, TimeSpan.FromSeconds(present.Ttl), wanted.Purpose);
        return RecordEquality.MeansTheSame(present, after)
            ? new RecordChange(RecordAction.Keep, set, wanted.Purpose, new ResourceRecord[] { present }, new ResourceRecord[] { present }, merged.Reason)
            : new RecordChange(RecordAction.Replace, set, wanted.Purpose, new ResourceRecord[] { present }, new ResourceRecord[] { after }, merged.Reason, Warnings(after, merged.Warning, _options.FirstStringOnly && kind == TxtKind.Dmarc ? LongText.WarnOfOtherStrings : null));
    }

    private IReadOnlyList<RecordChange> PlanAgainstSeveral(RecordSetState set, TxtRecord wanted, TxtRecord[] present)
    {
        if (!_options.Prune)
        {
            return new[] { Conflict(set, wanted, present, set.Owner + " has " + present.Length + " records of this kind, of which a reader takes none or any. Remove all but one, or compare with -Prune.") };
        }

        TxtRecord? right = present.FirstOrDefault(record => RecordEquality.MeansTheSame(record, wanted));
        if (right is null)
        {
            ResourceRecord after = RecordFactory.WithTtl(wanted, present[0].Ttl);
            return new[] { new RecordChange(RecordAction.Replace, set, wanted.Purpose, present, new[] { after }, "Several of this kind stand there; one takes their place (-Prune).", Warnings(after)) };
        }

        ResourceRecord[] others = present.Where(record => !ReferenceEquals(record, right)).ToArray();
        return new[]
        {
            SetPlanner.Keep(set, wanted, right),
            new RecordChange(RecordAction.Remove, set, wanted.Purpose, others, Array.Empty<ResourceRecord>(), "Another of the same kind as the wanted one (-Prune)."),
        };
    }

    private static bool IsConsent(TxtRecord wanted) => wanted.Purpose == RecordPurpose.DmarcReportAuthorization;

    private static RecordChange Add(RecordSetState set, TxtRecord wanted, string note)
    {
        // All records of a set have one time to live (RFC 2181 section 5.2): that of those which are there.
        ResourceRecord after = set.Records.Count > 0 ? RecordFactory.WithTtl(wanted, set.Records[0].Ttl) : wanted;
        string others = set.Records.Count == 0 ? "Nothing of this kind is there." : "None of this kind is there; the " + set.Records.Count + " other text" + (set.Records.Count == 1 ? " stays." : "s stay.");
        return new RecordChange(RecordAction.Add, set, wanted.Purpose, Array.Empty<ResourceRecord>(), new[] { after }, (others + " " + note).TrimEnd(), Warnings(after));
    }

    private static RecordChange Unknown(RecordSetState set, TxtRecord wanted, TxtRecord present, string reason) =>
        new(RecordAction.Unknown, set, wanted.Purpose, new ResourceRecord[] { present }, new ResourceRecord[] { wanted }, reason);

    private static RecordChange Conflict(RecordSetState set, TxtRecord wanted, TxtRecord[] present, string reason) =>
        new(RecordAction.Conflict, set, wanted.Purpose, present, new ResourceRecord[] { wanted }, PrintableText.Escape(reason));

    private static string[] Warnings(ResourceRecord after, params string?[] given)
    {
        List<string> warnings = given.OfType<string>().ToList();

        if (LongText.IsLong(after))
        {
            warnings.Add(LongText.Warn(after));
        }

        return warnings.ToArray();
    }
}
