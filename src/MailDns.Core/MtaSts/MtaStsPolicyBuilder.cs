namespace MailDns.MtaSts;

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
