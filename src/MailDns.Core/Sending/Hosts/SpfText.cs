using System;
using System.Collections.Generic;
using System.Linq;
using MailDns.Dns;

namespace MailDns.Sending;

/// <summary>
/// The little of SPF that a provider's records are compared by. It reads records with faults too: what else is wrong with a
/// record is for the SPF checks to say.
/// </summary>
internal static class SpfText
{
    private const string Version = "v=spf1";

    /// <summary>The texts that are SPF records (RFC 7208 section 4.5).</summary>
    public static string[] Records(DnsResponse response) => response.Texts.Where(IsRecord).ToArray();

    /// <summary>"v=spf1", then a space or the end; the version is compared without case, as ABNF literals are.</summary>
    public static bool IsRecord(string text) =>
        text.StartsWith(Version, StringComparison.OrdinalIgnoreCase) && (text.Length == Version.Length || text[Version.Length] == ' ');

    /// <summary>
    /// The names that a record can pass mail by, in order: those it includes with the qualifier "+" (RFC 7208 section 5.2) before
    /// an "all", and where there is no "all" the one it redirects to (section 6.1). Names with macros are left out.
    /// </summary>
    public static IReadOnlyList<DomainName> Names(string record)
    {
        string[] terms = record.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries).Skip(1).ToArray();
        int all = Array.FindIndex(terms, IsAll);
        var names = new List<DomainName>();
        for (int i = 0; i < terms.Length; i++)
        {
            string? name = all < 0 || i < all ? After(terms[i], "include:") ?? After(terms[i], "+include:") : null;
            name ??= all < 0 ? After(terms[i], "redirect=") : null;
            if (name is not null && name.IndexOf('%') < 0 && DomainName.TryParseDns(name, out DomainName? parsed) && !parsed!.IsRoot)
            {
                names.Add(parsed);
            }
        }

        return names;
    }

    private static bool IsAll(string term) =>
        string.Equals(term[0] is '+' or '-' or '~' or '?' ? term.Substring(1) : term, "all", StringComparison.OrdinalIgnoreCase);

    private static string? After(string text, string prefix) =>
        text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) ? text.Substring(prefix.Length) : null;
}
