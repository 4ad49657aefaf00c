using MailDns.Sending;

namespace MailDns.Publishing;

/// <summary>A platform's records against what is there: New-SendingDomainRecord and Compare-SendingDomain tell the same of them.</summary>
internal static class SendingDomainPlan
{
    /// <summary>The plan of a set. What is to be said of it is said in the set.</summary>
    public static async Task<IReadOnlyList<RecordChange>> PlanAsync(SendingDomainRecordSet set, IDnsResolver resolver, RecordPlanOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<RecordChange> plan = await RecordPlanner.PlanAsync(set.Records, resolver, options, cancellationToken).ConfigureAwait(false);
        plan = set.TemplateId is { } template ? TemplatePlan.Apply(plan, template, set.TextConflicts, options) : plan;
        if (set.WithoutReports is null || plan.FirstOrDefault(change => ReferenceEquals(change.Wanted, set.WithoutReports)) is not { } dmarc)
            return plan;

        if (dmarc.Action == RecordAction.Add)
        {
            set.Warn(SendingDomainRecordSet.NoReports);
            return plan.Where(change => change != dmarc).ToArray();
        }

        if (dmarc.After.OfType<TxtRecord>().All(record => record.Text.IndexOf("rua=", StringComparison.OrdinalIgnoreCase) < 0))
            set.Warn(SendingDomainRecordSet.NoAddress);

        return plan;
    }

    /// <summary>The records as they are to be once the plan is carried out. Those that cannot be are errors of the set.</summary>
    public static IReadOnlyList<ResourceRecord> Records(IReadOnlyList<RecordChange> plan, SendingDomainRecordSet set)
    {
        var records = new List<ResourceRecord>();
        foreach (RecordChange change in plan)
        {
            if (change.Action is RecordAction.Conflict or RecordAction.Unknown)
            {
                set.Fail(new RecordPlanException(change));
                continue;
            }

            set.Note(change.RecordType + " " + change.Owner + ", " + change.Action + ": " + change.Reason);
            foreach (string warning in change.Warning)
                set.Warn(change.Owner + ": " + warning);

            records.AddRange(change.After);
        }

        return records;
    }
}

/// <summary>A wanted record that cannot be published as things are, or of which that is not known.</summary>
internal sealed class RecordPlanException(RecordChange change) : InvalidOperationException("The " + change.RecordType + " record of " + change.Owner + " is not made: " + change.Reason)
{
    /// <summary>True where a lookup failed.</summary>
    public bool IsUnknown { get; } = change.Action == RecordAction.Unknown;
}

/// <summary>
/// What a Domain Connect template may do to a zone. Its records are wanted, its removals are not: the standard lets a template
/// take away what stands in its place, and many would take away a policy, mail servers or other senders' keys. What it would do
/// is said, and done where the switches of the plan ask for it.
/// </summary>
internal static class TemplatePlan
{
    /// <summary>The plan without what nobody asked for, and with what the template's own rules would do.</summary>
    /// <param name="plan">The plan of the template's records.</param>
    /// <param name="id">The template's id.</param>
    /// <param name="textConflicts">Owners at which the template removes texts, with how those begin; empty for all.</param>
    /// <param name="options">How the plan was made.</param>
    public static IReadOnlyList<RecordChange> Apply(
        IReadOnlyList<RecordChange> plan,
        string id,
        IReadOnlyList<KeyValuePair<DomainName, string>> textConflicts,
        RecordPlanOptions options) =>
        plan.Select(change => Judge(change, plan, id, textConflicts, options)).ToArray();

    private static RecordChange Judge(RecordChange change, IReadOnlyList<RecordChange> plan, string id, IReadOnlyList<KeyValuePair<DomainName, string>> textConflicts, RecordPlanOptions options)
    {
        string template = "Template " + id;
        switch (change.DnsType)
        {
            case DnsRecordType.Mx or DnsRecordType.A or DnsRecordType.Aaaa when change.Action == RecordAction.Add && !options.Prune && Others(change, plan) is { Length: > 0 } others:
                string effect = change.DnsType == DnsRecordType.Mx ? "; mail would go to either" : "; clients would take either";
                return Refuse(change, others, change.Fqdn + " has " + RecordChange.Describe(others) + effect + ". " + template + " would replace it by its own rules. Compare with -Prune to do so.");
            case DnsRecordType.Cname when change.Action == RecordAction.Replace && !options.Prune:
                return Refuse(change, change.Before, change.Fqdn + " points to " + RecordChange.Describe(change.Before) + " now. " + template + " would replace it by its own rules. Compare with -Prune to do so.");
            case DnsRecordType.Txt when change.Purpose == RecordPurpose.Dkim && change.Action == RecordAction.Replace && !options.Prune:
                return Refuse(change, change.Before, "Another key is published at " + change.Fqdn + ", and mail may be signed with it. Compare with -Prune to replace it.");
            case DnsRecordType.Txt when change.Purpose == RecordPurpose.Spf && change.Action == RecordAction.Replace && !options.NoMerge && LosesSenders(change):
                return Refuse(change, change.Before, "The SPF record at " + change.Fqdn + " would lose senders. " + template + " would replace it by its own rules. Compare with -NoMerge to do so.");
            case DnsRecordType.Txt:
                return Warn(change, template, textConflicts);
            default:
                return change;
        }
    }

    private static ResourceRecord[] Others(RecordChange change, IReadOnlyList<RecordChange> plan)
    {
        ResourceRecord[] wanted = plan.Where(other => other.Owner.Equals(change.Owner) && other.DnsType == change.DnsType).SelectMany(other => other.After).ToArray();
        return change.Present.Where(record => !RecordEquality.Contains(wanted, record)).ToArray();
    }

    private static bool LosesSenders(RecordChange change)
    {
        string[] after = change.After.SelectMany(record => record.ToString().Split(' ')).Select(term => term.TrimStart('+')).ToArray();
        return change.Before.SelectMany(record => record.ToString().Split(' ')).Select(term => term.TrimStart('+')).Any(term => term.Length > 0 && !after.Contains(term, StringComparer.OrdinalIgnoreCase));
    }

    private static RecordChange Warn(RecordChange change, string template, IReadOnlyList<KeyValuePair<DomainName, string>> textConflicts)
    {
        string[] prefixes = textConflicts.Where(conflict => conflict.Key.Equals(change.Owner)).Select(conflict => conflict.Value).ToArray();
        ResourceRecord[] removed = change.Present.Where(record => prefixes.Any(prefix => record.ToString().StartsWith(prefix, StringComparison.Ordinal)) && !RecordEquality.Contains(change.After, record) && !RecordEquality.Contains(change.Before, record)).ToArray();
        var warnings = change.Warning.ToList();
        bool isPolicy = change.Purpose == RecordPurpose.Dmarc && change.Before.Length > 0;
        if (isPolicy)
        {
            warnings.Add(template + " would " + (prefixes.Length > 0 ? "replace" : "publish a second DMARC record beside") + " " + RecordChange.Describe(change.Before) + " by its own rules; here the stricter policy stays. Compare with -NoMerge to publish its record as it is.");
        }

        if (removed.Length > 0)
            warnings.Add(template + " would remove " + RecordChange.Describe(removed) + " by its own rules; here it stays.");

        return warnings.Count == change.Warning.Length ? change : Copy(change, change.Action, change.Before, change.Reason, warnings);
    }

    private static RecordChange Refuse(RecordChange change, ResourceRecord[] others, string reason) => Copy(change, RecordAction.Conflict, others, reason, change.Warning);

    private static RecordChange Copy(RecordChange change, RecordAction action, ResourceRecord[] before, string reason, IReadOnlyList<string> warnings) =>
        new(action, new RecordSetState(change.Owner, change.Zone, change.DnsType, change.Present.ToList()), change.Purpose, before, change.After, reason, warnings.ToArray()) { Wanted = change.Wanted };
}

/// <summary>Answers from the zones at hand, and asks another resolver for the names outside them.</summary>
internal sealed class ZoneFirstResolver(IDnsResolver zones, IDnsResolver others) : IDnsResolver
{
    private readonly IDnsResolver _zones = zones;
    private readonly IDnsResolver _others = others;

    public async Task<DnsResponse> QueryAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        DnsResponse response = await _zones.QueryAsync(question, cancellationToken).ConfigureAwait(false);
        return response.Status == DnsResponseStatus.OutOfZone && response.Records.Count == 0
            ? await _others.QueryAsync(question, cancellationToken).ConfigureAwait(false)
            : response;
    }
}
