using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>
/// The DMARC record of a domain that may have one: a policy in force is never weakened unless asked, report addresses are
/// kept and joined, and what RFC 9989 drops or removed (junk, pct, rf, ri) is left out.
/// </summary>
internal static class DmarcMerge
{
    /// <summary>The text of the record to publish.</summary>
    /// <exception cref="InvalidOperationException">The lookup failed, or there are several records.</exception>
    public static async Task<string> MergeAsync(
        DomainName domain,
        SendingDomainRecordOptions wanted,
        DmarcRecord? advice,
        IReadOnlyList<string> aggregateReportUris,
        IDnsResolver? resolver,
        SendingDomainRecordSet set,
        CancellationToken cancellationToken)
    {
        DmarcRecord? present = resolver is null ? null : await FindAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        if (present is null)
        {
            string text = DmarcRecordBuilder.BuildText(new DmarcRecordOptions
            {
                Policy = wanted.Policy ?? advice?.Policy ?? DmarcPolicy.None,
                AggregateReportUri = aggregateReportUris,
                NoReport = aggregateReportUris.Count == 0,
            });
            DmarcRecord made = DmarcParser.Read(text);
            return advice is null ? text : Write(made, made.Policy!.Value, ReportUris(made, Array.Empty<string>()), Additions(advice, wanted.Policy is not null));
        }

        set.Note("_dmarc." + domain + " has " + PrintableText.Quote(present.RawText) + "; its policy and its valid tags are kept.");
        if (wanted.Policy is { } asked && present.Policy is { } inForce && asked < inForce)
        {
            set.Warn("The DMARC policy of " + domain + " is weakened from " + DmarcTags.Write(inForce) + " to " + DmarcTags.Write(asked) + ", as asked.");
        }

        DmarcPolicy current = present.Policy ?? DmarcPolicy.None;
        return Write(
            present,
            wanted.Policy ?? (advice?.Policy > current ? advice.Policy.Value : current),
            ReportUris(present, aggregateReportUris),
            Enumerable.Empty<DmarcTag>());
    }

    // What else a platform's record says. A policy for subdomains belongs to the policy that came with it.
    private static IEnumerable<DmarcTag> Additions(DmarcRecord advice, bool hasOwnPolicy) =>
        advice.Tags.Where(tag => tag.Value.Length > 0 && !(hasOwnPolicy && DmarcTags.IsPolicy(tag.Name)));

    /// <summary>The present record's text with another policy and other report addresses, and with tags that it lacks.</summary>
    /// <param name="present">The record that is there; its other valid tags are kept.</param>
    /// <param name="policy">The policy to publish.</param>
    /// <param name="aggregateReportUris">Where aggregate reports go, in the syntax of rua.</param>
    /// <param name="additions">Tags to add where the record has none of the name.</param>
    public static string Write(DmarcRecord present, DmarcPolicy policy, IEnumerable<string> aggregateReportUris, IEnumerable<DmarcTag> additions)
    {
        var tags = new List<string> { "v=DMARC1", "p=" + DmarcTags.Write(policy) };
        var seen = new HashSet<string>(StringComparer.Ordinal) { "v", "p", "pct", "rf", "ri", "rua" };
        foreach (DmarcTag tag in present.Tags.Where(tag => seen.Add(tag.Name) && IsKept(tag, present, policy)).Concat(additions.Where(tag => seen.Add(tag.Name))))
        {
            tags.Add(tag.Name + "=" + tag.Value);
        }

        string rua = string.Join(",", aggregateReportUris);
        if (rua.Length > 0)
        {
            tags.Insert(2, "rua=" + rua);
        }

        return string.Join("; ", tags);
    }

    /// <summary>The present record's valid report addresses, and after them those that it lacks.</summary>
    public static IEnumerable<string> ReportUris(DmarcRecord present, IEnumerable<string> wanted)
    {
        var uris = present.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri).ToList();
        foreach (string uri in wanted.Select(uri => DmarcReportUriWriter.Write(uri, "AggregateReportUri")))
        {
            if (!uris.Contains(uri, StringComparer.OrdinalIgnoreCase))
            {
                uris.Add(uri);
            }
        }

        return uris;
    }

    // A wrong sp or np would turn the whole policy into none (RFC 9989 section 4.10.1); an sp that repeats p says nothing.
    private static bool IsKept(DmarcTag tag, DmarcRecord present, DmarcPolicy policy) => tag.Name switch
    {
        DmarcTags.SubdomainPolicy => present.SubdomainPolicy is { } sp && sp != policy,
        DmarcTags.NonexistentPolicy => present.NonexistentSubdomainPolicy is not null,
        _ => tag.Value.Length > 0,
    };

    private static async Task<DmarcRecord?> FindAsync(DomainName domain, IDnsResolver resolver, CancellationToken cancellationToken)
    {
        DomainName name = domain.Prepend(DmarcRecordBuilder.Label);
        DnsResponse response = await resolver.QueryTxtAsync(name, cancellationToken).ConfigureAwait(false);
        if (response.IsFailure)
        {
            throw new InvalidOperationException(
                "The DMARC record of " + domain + " is not made: what stands at " + name + " could not be read (" + response.Describe() + "), and a policy in force is not overwritten blindly.");
        }

        string[] records = response.Texts.Where(DmarcParser.IsDmarc).ToArray();
        if (records.Length > 1)
        {
            throw new InvalidOperationException(name + " has " + records.Length + " DMARC records, so none applies (RFC 9989 section 4.10). Remove all but one first.");
        }

        return records.Length == 0 ? null : DmarcParser.Read(records[0]);
    }
}
