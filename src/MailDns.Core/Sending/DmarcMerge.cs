using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using MailDns.Dmarc;
using MailDns.Dns;
using MailDns.Text;

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
        IDnsResolver? resolver,
        SendingDomainRecordSet set,
        CancellationToken cancellationToken)
    {
        DmarcRecord? present = resolver is null ? null : await FindAsync(domain, resolver, cancellationToken).ConfigureAwait(false);
        if (present is null)
        {
            return DmarcRecordBuilder.BuildText(new DmarcRecordOptions
            {
                Policy = wanted.Policy ?? DmarcPolicy.None,
                AggregateReportUri = wanted.AggregateReportUri,
            });
        }

        set.Note("_dmarc." + domain + " has " + PrintableText.Quote(present.RawText) + "; its policy and its valid tags are kept.");
        if (wanted.Policy is { } asked && present.Policy is { } inForce && asked < inForce)
        {
            set.Warn("The DMARC policy of " + domain + " is weakened from " + DmarcTags.Write(inForce) + " to " + DmarcTags.Write(asked) + ", as asked.");
        }

        return Write(present, wanted);
    }

    private static string Write(DmarcRecord present, SendingDomainRecordOptions wanted)
    {
        DmarcPolicy policy = wanted.Policy ?? present.Policy ?? DmarcPolicy.None;
        var tags = new List<string> { "v=DMARC1", "p=" + DmarcTags.Write(policy) };
        var seen = new HashSet<string>(StringComparer.Ordinal) { "v", "p", "pct", "rf", "ri", "rua" };
        foreach (DmarcTag tag in present.Tags.Where(tag => seen.Add(tag.Name) && IsKept(tag, present, policy)))
        {
            tags.Add(tag.Name + "=" + tag.Value);
        }

        string rua = string.Join(",", ReportUris(present, wanted));
        if (rua.Length > 0)
        {
            tags.Insert(2, "rua=" + rua);
        }

        return string.Join("; ", tags);
    }

    // A wrong sp or np would turn the whole policy into none (RFC 9989 section 4.10.1); an sp that repeats p says nothing.
    private static bool IsKept(DmarcTag tag, DmarcRecord present, DmarcPolicy policy) => tag.Name switch
    {
        DmarcTags.SubdomainPolicy => present.SubdomainPolicy is { } sp && sp != policy,
        DmarcTags.NonexistentPolicy => present.NonexistentSubdomainPolicy is not null,
        _ => tag.Value.Length > 0,
    };

    private static IEnumerable<string> ReportUris(DmarcRecord present, SendingDomainRecordOptions wanted)
    {
        var uris = present.AggregateReportUri.Where(uri => uri.IsValid).Select(uri => uri.RawUri).ToList();
        foreach (string uri in wanted.AggregateReportUri.Select(uri => DmarcReportUriWriter.Write(uri, "AggregateReportUri")))
        {
            if (!uris.Contains(uri, StringComparer.OrdinalIgnoreCase))
            {
                uris.Add(uri);
            }
        }

        return uris;
    }

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
