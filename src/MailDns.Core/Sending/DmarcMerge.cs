using MailDns.Dmarc;

namespace MailDns.Sending;

/// <summary>
/// The DMARC record of a domain that has one: a policy in force is never weakened unless asked, report addresses are kept and
/// joined, and what RFC 9989 drops or removed (junk, pct, rf, ri) is left out.
/// </summary>
internal static class DmarcMerge
{
    /// <summary>The present record's text with a policy, and with the report addresses and tags of the wanted one that it lacks.</summary>
    /// <param name="present">The record that is there; its valid tags are kept.</param>
    /// <param name="wanted">The record that is asked for.</param>
    /// <param name="policy">The policy to publish.</param>
    /// <param name="isPolicyAsked">True where the policy was named; then it may be weaker than the one in force.</param>
    public static string Write(DmarcRecord present, DmarcRecord wanted, DmarcPolicy policy, bool isPolicyAsked)
    {
        var tags = new List<string> { "v=DMARC1", "p=" + DmarcTags.Write(policy) };
        string rua = string.Join(",", Joined(present.AggregateReportUri, wanted.AggregateReportUri));
        if (rua.Length > 0) tags.Add("rua=" + rua);

        var seen = new HashSet<string>(StringComparer.Ordinal) { "v", "p", "pct", "rf", "ri", "rua" };
        foreach (TagSpec tag in present.Tags.Where(tag => seen.Add(tag.Name)))
        {
            if (Value(tag, present, wanted, policy) is { } value) tags.Add(tag.Name + "=" + value);
        }

        // A policy in force that is not weakened is not put to the test again either (RFC 9989 section 4.7, t).
        bool keepsForce = !isPolicyAsked && policy == (present.Policy ?? DmarcPolicy.None) && policy != DmarcPolicy.None;
        foreach (TagSpec tag in wanted.Tags.Where(tag => tag.Value.Length > 0 && seen.Add(tag.Name) && !(tag.Name == DmarcTags.Testing && keepsForce) && IsAdded(tag, wanted, policy)))
            tags.Add(tag.Name + "=" + tag.Value);

        return string.Join("; ", tags);
    }

    // Null for a tag that goes. A wrong sp or np would turn the whole policy into none (RFC 9989 section 4.10.1); an sp that repeats p says nothing.
    private static string? Value(TagSpec tag, DmarcRecord present, DmarcRecord wanted, DmarcPolicy policy)
    {
        switch (tag.Name)
        {
            case DmarcTags.SubdomainPolicy:
                DmarcPolicy? sp = Stricter(present.SubdomainPolicy, wanted.SubdomainPolicy);
                return sp is null || (sp == policy && wanted.SubdomainPolicy is null) ? null : DmarcTags.Write(sp.Value);
            case DmarcTags.NonexistentPolicy:
                return Stricter(present.NonexistentSubdomainPolicy, wanted.NonexistentSubdomainPolicy) is { } np ? DmarcTags.Write(np) : null;
            case DmarcTags.Testing when wanted.Policy is > DmarcPolicy.None && wanted.Policy >= (present.Policy ?? DmarcPolicy.None) && wanted.Tags.All(other => other.Name != DmarcTags.Testing):
                // The policy is asked for in earnest.
                return null;
            case DmarcTags.FailureReports:
                return string.Join(",", Joined(present.FailureReportUri, wanted.FailureReportUri)) is { Length: > 0 } ruf ? ruf : null;
            case DmarcTags.DkimAlignment or DmarcTags.SpfAlignment or DmarcTags.FailureOptions when wanted.FindTag(tag.Name) is { Value.Length: > 0 } named:
                // Who names it means it; what is left out is left as it is.
                return named.Value;
            default:
                return tag.Value.Length > 0 ? tag.Value : null;
        }
    }

    // Without sp the policy itself holds for subdomains; a wanted sp that is weaker would open them.
    private static bool IsAdded(TagSpec tag, DmarcRecord wanted, DmarcPolicy policy) => tag.Name switch
    {
        DmarcTags.SubdomainPolicy => wanted.SubdomainPolicy >= policy,
        DmarcTags.NonexistentPolicy => wanted.NonexistentSubdomainPolicy >= policy,
        _ => true,
    };

    private static DmarcPolicy? Stricter(DmarcPolicy? one, DmarcPolicy? other) => one is null || other > one ? other : one;

    private static IEnumerable<string> Joined(DmarcReportUri[] present, DmarcReportUri[] wanted) =>
        present.Concat(wanted).Where(uri => uri.IsValid).Select(uri => uri.RawUri).Distinct(StringComparer.OrdinalIgnoreCase);
}
