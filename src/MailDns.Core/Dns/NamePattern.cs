namespace MailDns.Dns;

/// <summary>
/// A host name, or <c>*.name</c> for any one label in front of it: the mx of an MTA-STS policy (RFC 8461 section 4.1) and the
/// dNSName of a certificate (RFC 6125 section 6.4.3).
/// </summary>
internal static class NamePattern
{
    /// <summary>True where the pattern names the host.</summary>
    public static bool Matches(string pattern, DomainName host)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
            return string.Equals(Normalize(pattern), host.Text, StringComparison.Ordinal);

        return host.LabelCount > 1 && string.Equals(Normalize(pattern.Substring(2)), host.Parent.Text, StringComparison.Ordinal);
    }

    private static string Normalize(string name) => DomainName.TryParse(name, out DomainName? parsed, out _) ? parsed!.Text : name.ToLowerInvariant();
}
