namespace MailDns.Dns;

/// <summary>The hosts that an MX answer names.</summary>
internal static class MailExchangers
{
    /// <summary>Most hosts that are looked at; no domain needs more.</summary>
    public const int Most = 20;

    /// <summary>
    /// The exchangers, the preferred first; the domain itself where there is no MX (RFC 5321 section 5.1); none for the null
    /// MX (RFC 7505 section 3) and for a name that does not exist.
    /// </summary>
    public static DomainName[] Of(DnsResponse answer)
    {
        if (answer.Status == DnsResponseStatus.NxDomain) return System.Array.Empty<DomainName>();

        MxData[] exchangers = answer.Data<MxData>().ToArray();
        return exchangers.Length == 0
            ? new[] { answer.Question.Name }
            : exchangers.OrderBy(mx => mx.Preference).Select(mx => mx.Exchange).Where(host => !host.IsRoot).Distinct().Take(Most).ToArray();
    }
}
