using System.Net;

namespace MailDns.Blocklists;

/// <summary>Asks block lists about an address or a domain (RFC 5782 section 2).</summary>
internal static class BlocklistStatusReader
{
    /// <summary>Longest text of an entry that is shown.</summary>
    private const int MostText = 300;

    /// <summary>One status a list that has entries of the query's kind.</summary>
    /// <param name="query">What is asked about.</param>
    /// <param name="domain">The domain that the results are of; the query itself where it is asked about for its own sake.</param>
    /// <param name="probe">The lists, and what their test entries showed.</param>
    /// <param name="resolver">Answers the questions.</param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public static async Task<IReadOnlyList<BlocklistStatus>> ReadAsync(BlocklistQuery query, DomainName? domain, BlocklistProbe probe, IDnsResolver resolver, CancellationToken cancellationToken) =>
        await Task.WhenAll(probe.Lists.Where(list => list.Kinds.Contains(query.Kind)).Select(list => ReadAsync(query, domain, list, probe, resolver, cancellationToken))).ConfigureAwait(false);

    /// <summary>The same for a domain and the addresses that send for it; nothing where no list is named.</summary>
    public static async Task<IReadOnlyList<BlocklistStatus>> ReadAllAsync(DomainName domain, IReadOnlyList<IPAddress> addresses, BlocklistProbe? probe, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        if (probe is null) return Array.Empty<BlocklistStatus>();

        IEnumerable<BlocklistQuery> queries = addresses.Select(address => BlocklistQuery.Of(address)).GroupBy(query => query.Text, StringComparer.Ordinal).Select(same => same.First()).Append(BlocklistQuery.Of(domain));
        IReadOnlyList<BlocklistStatus>[] all = await Task.WhenAll(queries.Select(query => ReadAsync(query, domain, probe, resolver, cancellationToken))).ConfigureAwait(false);
        return all.SelectMany(statuses => statuses).ToArray();
    }

    /// <summary>What a list answers; null where the name is longer than DNS allows, so that no list can have it.</summary>
    public static async Task<BlocklistAnswer?> AskAsync(BlocklistQuery query, Blocklist list, IDnsResolver resolver, CancellationToken cancellationToken) =>
        query.NameIn(list.Zone) is { } name
            ? BlocklistAnswer.Read(list, await resolver.QueryAsync(name, DnsRecordType.A, cancellationToken).ConfigureAwait(false))
            : null;

    private static async Task<BlocklistStatus> ReadAsync(BlocklistQuery query, DomainName? domain, Blocklist list, BlocklistProbe probe, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var sheet = new CheckSheet(domain?.Text ?? query.Text);
        DomainName? name = query.NameIn(list.Zone);
        var status = new BlocklistStatus(sheet.Domain, query, list, name?.ToString());
        BlocklistHealth health = await probe.TestAsync(list, query.Kind, resolver, cancellationToken).ConfigureAwait(false);
        if (!health.IsUsable)
        {
            status.Meaning = health.Why;
            ReportUnusable(list, health.IsRefusal, health.Why, health.Failure, resolver: health.Failure?.Resolver, sheet);
        }
        else if (await AskAsync(query, list, resolver, cancellationToken).ConfigureAwait(false) is { } answer)
        {
            await JudgeAsync(query, list, answer, status, sheet, resolver, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            status.Listed = false;
        }

        sheet.CompletePass(BlocklistChecks.All);
        status.Records = status.Codes;
        status.Judge(sheet, isThere: true);
        return status;
    }

    private static async Task JudgeAsync(BlocklistQuery query, Blocklist list, BlocklistAnswer answer, BlocklistStatus status, CheckSheet sheet, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        status.Codes = answer.Codes.Select(code => code.ToString()).ToArray();
        status.Meaning = answer.Meaning.Length == 0 ? null : answer.Meaning;
        switch (answer.Verdict)
        {
            case BlocklistVerdict.NotListed:
                status.Listed = false;
                break;
            case BlocklistVerdict.Listed or BlocklistVerdict.Noted:
                status.Listed = true;
                status.Text = await ReadTextAsync(answer.Response.Question.Name, resolver, cancellationToken).ConfigureAwait(false);
                CheckDefinition check = answer.Verdict == BlocklistVerdict.Listed ? BlocklistChecks.Listed : BlocklistChecks.Noted;
                string meaning = answer.Meaning + (status.Text is { } text ? ". It says " + PrintableText.Quote(text) : string.Empty);
                string? where = list.DelistUri is { } uri ? check.Recommendation + " See " + uri + "." : null;
                sheet.Report(check.With(query.Text, list.Name, meaning), actual: string.Join(", ", status.Codes), recommendation: where);
                break;
            case BlocklistVerdict.Failed:
                sheet.CompleteUnknown(BlocklistChecks.OfSender, answer.Response);
                break;
            default:
                ReportUnusable(list, answer.Verdict == BlocklistVerdict.Refused, answer.Meaning, failure: null, answer.Response.Resolver, sheet);
                break;
        }
    }

    private static void ReportUnusable(Blocklist list, bool isRefusal, string why, DnsResponse? failure, string? resolver, CheckSheet sheet)
    {
        if (isRefusal)
            sheet.Report(BlocklistChecks.Refused.With(list.Name, resolver ?? "the resolver", why));
        else if (failure is null)
            sheet.Report(BlocklistChecks.Dead.With(list.Name, why));

        sheet.CompleteUnknown(BlocklistChecks.OfSender, "Whether " + list.Name + " has an entry is not known: " + why + ".", failure);
        if (failure is not null) sheet.CompleteUnknown(BlocklistChecks.All, failure);

        // The one that has not fired was not looked at either.
        sheet.CompleteNotApplicable(BlocklistChecks.All, "The list's answers do not count.");
    }

    private static async Task<string?> ReadTextAsync(DomainName name, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DnsResponse answer = await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        string text = PrintableText.Escape(string.Join("; ", answer.Texts.Take(3))).Trim();
        return text.Length == 0 ? null : text.Length <= MostText ? text : text.Substring(0, MostText) + "...";
    }
}

/// <summary>The checks of DNS-based block lists (RFC 5782): the one place that declares them.</summary>
internal static class BlocklistChecks
{
    private static readonly CheckRows s_rows = new(CheckArea.Blocklist);

    public static readonly CheckDefinition Listed = s_rows.Error("BLOCKLIST-LISTED", CheckNeeds.Dns, "The sender is on no block list", "{query} is on the list {list}: {meaning}.", "Find the cause and stop it, then request the removal from the list's operator (DelistUri). If the cause is not corrected, the entry comes back.", "RFC 5782 section 2; the list's own documentation");
    public static readonly CheckDefinition Noted = s_rows.Warning("BLOCKLIST-NOTED", CheckNeeds.Dns, "The sender is on no list of networks or of suspects", "{query} is on the list {list}: {meaning}. Receivers use such entries to judge a message, and seldom refuse mail for them alone.", "Read what the list says about the entry (DelistUri). Only the owner of a network can have its entry removed.", "RFC 5782 section 2; the list's own documentation");
    public static readonly CheckDefinition Refused = s_rows.Warning("BLOCKLIST-REFUSED", CheckNeeds.Dns, "The lists answer the resolver", "The list {list} does not answer {resolver}: {why}. This does not mean that the sender is listed.", "Use your own resolver with -Server instead of a public one, or register with the list's operator.", "RFC 5782 section 5; the list's own documentation");
    public static readonly CheckDefinition Dead = s_rows.Warning("BLOCKLIST-DEAD", CheckNeeds.Dns, "The lists answer for their test entries", "The list {list} is not used: {why}.", "Run the check again through another resolver; if the list still does not answer for its test entries, leave it out.", "RFC 5782 section 5; RFC 6471 section 3.4");

    /// <summary>All of them, in the order of the catalogue.</summary>
    public static IReadOnlyList<CheckDefinition> All => s_rows;

    /// <summary>Those that judge the sender; the others judge the list.</summary>
    public static IReadOnlyList<CheckDefinition> OfSender { get; } = new[] { Listed, Noted };
}
