namespace MailDns.MtaSts;

/// <summary>Makes MTA-STS records (RFC 8461 section 3.1).</summary>
internal static class MtaStsRecordBuilder
{
    /// <summary>The label of the TXT record.</summary>
    public const string Label = "_mta-sts";

    /// <summary>The label of the host that serves the policy (RFC 8461 section 3.2).</summary>
    public const string HostLabel = "mta-sts";

    /// <summary>The TXT record at _mta-sts.<paramref name="domain"/>.</summary>
    /// <exception cref="ArgumentException">The id is not 1 to 32 letters and digits.</exception>
    public static TxtRecord Create(DomainName domain, DomainName zone, string id, TimeSpan timeToLive) =>
        MtaStsParser.IsId(id)
            ? new TxtRecord(domain.Prepend(Label), zone, "v=STSv1; id=" + id, timeToLive, RecordPurpose.MtaSts)
            : throw new ArgumentException("The id " + PrintableText.Quote(id) + " is not 1 to 32 letters and digits (RFC 8461 section 3.1).", nameof(id));

    /// <summary>An id made of a moment, as RFC 8461 shows it: the year first, so that a later one is seen to be later.</summary>
    public static string IdOf(DateTime universalTime) =>
        universalTime.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Where the policy is served (RFC 8461 section 3.3).</summary>
    public static Uri PolicyUri(DomainName domain) =>
        new("https://" + domain.Prepend(HostLabel).Text + "/.well-known/mta-sts.txt", UriKind.Absolute);
}

/// <summary>Makes MTA-STS policies (RFC 8461 section 3.2).</summary>
internal static class MtaStsPolicyBuilder
{
    /// <summary>Two weeks: long enough to protect (RFC 8461 section 3.2 asks for weeks or more).</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromDays(14);

    /// <summary>The policy.</summary>
    /// <exception cref="ArgumentException">A name is no pattern, there is none, or max_age is out of range.</exception>
    public static MtaStsPolicy Create(DomainName domain, MtaStsPolicyMode mode, IReadOnlyList<string> mx, TimeSpan maxAge)
    {
        string[] patterns = mx.Select(WritePattern).Distinct(StringComparer.Ordinal).ToArray();
        if (patterns.Length == 0 && mode != MtaStsPolicyMode.None)
            throw new ArgumentException("-Mx is missing: a policy names the domain's mail exchangers (RFC 8461 section 3.2).", nameof(mx));

        long seconds = (long)maxAge.TotalSeconds;
        if (maxAge < TimeSpan.Zero || seconds > MtaStsPolicyParser.LongestAge)
            throw new ArgumentException("-MaxAge is 0 to 31557600 seconds, about a year (RFC 8461 section 3.2).", nameof(maxAge));

        return new MtaStsPolicy(domain.Text, mode, patterns, seconds, Array.Empty<TextFault>());
    }

    private static string WritePattern(string text)
    {
        string trimmed = (text ?? string.Empty).Trim();
        bool wildcard = trimmed.StartsWith("*.", StringComparison.Ordinal);
        string reason = "a host name cannot have an underscore.";
        if (System.Net.IPAddress.TryParse(trimmed, out _))
        {
            throw new ArgumentException("-Mx " + PrintableText.Quote(text) + " is an IP address; specify the host name of the exchanger (RFC 8461 section 3.2).", nameof(text));
        }

        if (DomainName.TryParse(wildcard ? trimmed.Substring(2) : trimmed, out DomainName? name, out string problem) && name!.Text.IndexOf('_') < 0)
            return (wildcard ? "*." : string.Empty) + name.Text;

        throw new ArgumentException("-Mx " + PrintableText.Quote(text) + " is not a host name, nor one with *. in front: " + (problem.Length > 0 ? problem : reason), nameof(text));
    }
}
