namespace MailDns.Sending;

/// <summary>
/// The names that a domain's SPF record reaches by include and redirect, level by level. What a nested record includes counts
/// too: a domain may collect its providers in a record of its own.
/// </summary>
internal sealed class SpfIncludeWalk
{
    /// <summary>Most records that are read: an evaluation allows ten lookups (RFC 7208 section 4.6.4).</summary>
    private const int MaxRecords = 11;

    private SpfIncludeWalk(IReadOnlyList<string> records, IReadOnlyList<DomainName> names, IReadOnlyList<DomainName> ownNames, DnsResponse? failure)
    {
        Records = records;
        Names = names;
        OwnNames = ownNames;
        Failure = failure;
    }

    /// <summary>The SPF records at the domain itself.</summary>
    public IReadOnlyList<string> Records { get; }

    /// <summary>Every name reached.</summary>
    public IReadOnlyList<DomainName> Names { get; }

    /// <summary>The names in records at the domain or below it: what a platform includes itself is not the domain's doing.</summary>
    public IReadOnlyList<DomainName> OwnNames { get; }

    /// <summary>The first lookup that failed: names may be missing.</summary>
    public DnsResponse? Failure { get; }

    public static async Task<SpfIncludeWalk> ReadAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        var names = new List<DomainName>();
        var ownNames = new List<DomainName>();
        var visited = new HashSet<DomainName> { domain };
        var waiting = new Queue<DomainName>();
        waiting.Enqueue(domain);
        string[]? own = null;
        DnsResponse? failure = null;
        for (int read = 0; waiting.Count > 0 && read < MaxRecords; read++)
        {
            DomainName owner = waiting.Dequeue();
            DnsResponse response = await resolver.QueryTxtAsync(owner, cancellationToken).ConfigureAwait(false);
            failure ??= response.IsFailure ? response : null;
            string[] records = SpfText.Records(response);
            own ??= records;
            DomainName[] found = records.SelectMany(SpfText.Names).ToArray();
            if (owner.IsSameOrBelow(domain)) ownNames.AddRange(found);

            foreach (DomainName name in found.Where(visited.Add))
            {
                names.Add(name);
                waiting.Enqueue(name);
            }
        }

        return new SpfIncludeWalk(own!, names, ownNames, failure);
    }
}

/// <summary>
/// The little of SPF that a provider's records are compared by. It reads records with faults too: what else is wrong with a
/// record is for the SPF checks to say.
/// </summary>
internal static class SpfText
{
    private const string Version = "v=spf1";

    /// <summary>The texts that are SPF records (RFC 7208 section 4.5).</summary>
    public static string[] Records(DnsResponse response) => response.Texts.Where(IsRecord).ToArray();

    /// <summary>"v=spf1", then a space or the end; the version is compared without case, as ABNF literals are.</summary>
    public static bool IsRecord(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <summary>
    /// The names that a record can pass mail by, in order: those it includes with the qualifier "+" (RFC 7208 section 5.2) before
    /// an "all", and where there is no "all" the one it redirects to (section 6.1). Names with macros are left out.
    /// </summary>
    public static IReadOnlyList<DomainName> Names(string record)
    {
        string[] terms = record.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        int all = Array.FindIndex(terms, IsAll);
        var names = new List<DomainName>();
        for (int i = 0; i < terms.Length; i++)
        {
            string? name = all < 0 || i < all ? After(terms[i], "include:") ?? After(terms[i], "+include:") : null;
            name ??= all < 0 ? After(terms[i], "redirect=") : null;
            if (name is not null && name.IndexOf('%') < 0 && DomainName.TryParseDns(name, out DomainName? parsed) && !parsed!.IsRoot)
                names.Add(parsed);
        }

        return names;
    }

    private static bool IsAll(string term) =>
        string.Equals(term[0] is '+' or '-' or '~' or '?' ? term.Substring(1) : term, "all", StringComparison.OrdinalIgnoreCase);

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : null;
}
