using MailDns.Spf;

namespace MailDns.SenderId;

/// <summary>Makes Sender ID records (RFC 4406 section 3, Historic) for platforms that still ask for them.</summary>
internal static class SenderIdRecordBuilder
{
    /// <summary>The TXT record at the domain, beside its SPF record.</summary>
    /// <exception cref="RecordParseException">A value is none; says which.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or there is no scope.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, IReadOnlyList<SenderIdScope> scopes, SpfRecordOptions options, TimeSpan timeToLive) =>
        new(domain, zone, BuildText(domain, scopes, options), timeToLive, RecordPurpose.SenderId);

    /// <summary>The record's text.</summary>
    /// <exception cref="RecordParseException">A value is none; says which.</exception>
    /// <exception cref="ArgumentException">The options contradict each other, or there is no scope.</exception>
    public static string BuildText(DomainName domain, IReadOnlyList<SenderIdScope> scopes, SpfRecordOptions options)
    {
        if (scopes.Count == 0)
            throw new ArgumentException("A Sender ID record has at least one scope (RFC 4406 section 3.1).");

        string names = string.Join(",", scopes.Distinct().Select(scope => scope.ToString().ToLowerInvariant()));
        return SenderIdParser.Parse("spf2.0/" + names + " " + SpfRecordBuilder.BuildTerms(domain, options)).Source;
    }
}
