namespace MailDns.TestSupport.Corpus;

/// <summary>A generated domain and what is true of it, by construction.</summary>
/// <param name="Name">The domain.</param>
/// <param name="Kind">What its SPF record is an example of.</param>
/// <param name="Spf">check_host() for <see cref="SendingCorpus.Client"/> and a sender of the domain, lower case as in a header.</param>
/// <param name="Dmarc">The policy that applies, or "none found".</param>
/// <param name="Dkim">What stands at the selector: rsa2048, damaged, revoked, none.</param>
/// <param name="HasBimi">Whether a BIMI record is published.</param>
public sealed record CorpusDomain(string Name, string Kind, string Spf, string Dmarc, string Dkim, bool HasBimi);
