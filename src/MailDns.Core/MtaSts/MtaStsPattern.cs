using System;
using MailDns.Dns;

namespace MailDns.MtaSts;

/// <summary>Compares a mail exchanger with an mx pattern (RFC 8461 section 4.1): the wildcard stands for exactly one label.</summary>
internal static class MtaStsPattern
{
    /// <summary>True where the pattern names the host.</summary>
    public static bool Matches(string pattern, DomainName host)
    {
        if (!pattern.StartsWith("*.", StringComparison.Ordinal))
        {
            return string.Equals(Normalize(pattern), host.Text, StringComparison.Ordinal);
        }

        return host.LabelCount > 1 && string.Equals(Normalize(pattern.Substring(2)), host.Parent.Text, StringComparison.Ordinal);
    }

    private static string Normalize(string name) => DomainName.TryParse(name, out DomainName? parsed, out _) ? parsed!.Text : name.ToLowerInvariant();
}
