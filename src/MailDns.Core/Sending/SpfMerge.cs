using MailDns.Spf;

namespace MailDns.Sending;

/// <summary>
/// Adds a platform's includes to the SPF record that a name has; never a second record (RFC 7208 section 3.2). What was
/// there keeps its terms, their order and its "all".
/// </summary>
internal static class SpfMerge
{
    /// <summary>The text to publish at a name whose SPF has to include the given domains.</summary>
    /// <param name="owner">The name of the record.</param>
    /// <param name="wanted">The whole record for a name that has none.</param>
    /// <param name="resolver">Where the name's present record is looked up; null: it is taken to have none.</param>
    /// <param name="set">Takes the budget before and after, and what is to be known of it.</param>
    /// <exception cref="SpfRefusalException">The lookup failed, or what is there cannot be merged into.</exception>
    public static async Task<string> MergeAsync(
        DomainName owner,
        string wanted,
        IDnsResolver? resolver,
        SendingDomainRecordSet set,
        CancellationToken cancellationToken)
    {
        SpfRecord addition = SpfParser.Parse(wanted);
        if (resolver is null)
        {
            set.Note("Where " + owner + " has an SPF record already, give -Server or -ZoneFile: the includes are then added to that record.");
            return wanted;
        }

        string? present = await FindAsync(owner, resolver, cancellationToken).ConfigureAwait(false);
        SpfRecord after = present is null ? addition : Merge(owner, present, addition, set);
        await ReportBudgetAsync(owner, present, after, resolver, set, cancellationToken).ConfigureAwait(false);
        return after.Text;
    }

    private static async Task<string?> FindAsync(DomainName owner, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse response = await resolver.QueryTxtAsync(owner, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            throw new SpfRefusalException(
                "The SPF record of " + owner + " is not made: its present TXT records could not be read (" + response.Describe() + "), and a second SPF record would break the first.",
                isUnknown: true);
        }

        string[] records = response.Texts.Where(SpfParser.IsSpfRecord).ToArray();
        if (records.Length > 1)
        {
            throw new SpfRefusalException(
                owner + " has " + records.Length + " SPF records, which is a permerror (RFC 7208 section 4.5). Merge them into one first: "
                + string.Join(" and ", records.Select(PrintableText.Quote)));
        }

        return records.Length == 0 ? null : records[0];
    }

    private static SpfRecord Merge(DomainName owner, string present, SpfRecord addition, SendingDomainRecordSet set)
    {
        if (!SpfParser.TryParse(present, out SpfRecord? record, out RecordParseException? error))
        {
            throw new SpfRefusalException(
                "The SPF record of " + owner + " is broken and cannot be merged into: " + error!.Message + " Record: " + PrintableText.Quote(present));
        }

        SpfDirective[] includes = addition.Terms.OfType<SpfDirective>().Where(term => term.Mechanism == SpfMechanism.Include).ToArray();
        SpfEdit edit = SpfEditor.Add(record!, owner, includes);
        foreach (string note in edit.Notes)
        {
            set.Note(note);
        }

        return edit.After;
    }

    // "10-lookup budget before and after" (RFC 7208 section 4.6.4). Over it the record would be a permerror: refused.
    private static async Task ReportBudgetAsync(
        DomainName owner,
        string? present,
        SpfRecord after,
        IDnsResolver resolver,
        SendingDomainRecordSet set,
        CancellationToken cancellationToken)
    {
        SpfBudget budget = await SpfBudget.CountAsync(owner, after, resolver, cancellationToken).ConfigureAwait(false);
        string before = "none";
        if (present is not null && SpfParser.TryParse(present, out SpfRecord? record, out _))
        {
            before = (await SpfBudget.CountAsync(owner, record!, resolver, cancellationToken).ConfigureAwait(false)).ToString();
        }

        set.Note("SPF of " + owner + ": before " + before + "; after " + budget + ".");
        if (budget.IsBroken)
        {
            throw new SpfRefusalException(
                "The SPF record of " + owner + " is not made: with the addition it would be a permerror, since " + budget.Problem
                + " (RFC 7208 section 4.6.4). Remove senders that are not used any more, or see Optimize-SpfRecord.");
        }
    }
}
