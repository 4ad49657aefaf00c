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
