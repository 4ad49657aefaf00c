using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.Core.Tests.Corrections;

/// <summary>
/// What a person can read in a text, broken or not: addresses, names, qualifiers of all, words of policy and alignment,
/// URLs. Shares nothing with the code that corrects.
/// </summary>
internal static class Readable
{
    private static readonly string[] s_policies = { "reject", "quarantine" };

    /// <summary>What of a broken text is not in the corrected one. Where a text was cut into quoted strings, the reader may take the cut for a space or for nothing.</summary>
    public static IEnumerable<string> Lost(Func<string, IReadOnlyList<string>> read, string broken, string corrected)
    {
        IReadOnlyList<string> kept = read(corrected);
        string[] one = Lost(read(broken), kept).ToArray();
        return one.Length == 0 ? one : Lost(read(Regex.Replace(broken, "\"\\s+\"", string.Empty)), kept);
    }

    /// <summary>What an SPF text holds.</summary>
    public static IReadOnlyList<string> Spf(string text)
    {
        string plain = Plain(text);
        var facts = new List<string>();
        string bare = Regex.Replace(plain, "v\\s*[=:]*\\s*spf1?|ip(?:v?[46])?\\s*[:=]+", " ", RegexOptions.IgnoreCase);
        facts.AddRange(Regex.Matches(bare, "(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.]*[A-Za-z]\\.)").Select(match => "ip " + match.Value));
        facts.AddRange(Regex.Matches(bare, "[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7}", RegexOptions.IgnoreCase).Where(match => match.Value.Contains("::", StringComparison.Ordinal)).Select(match => "ip " + match.Value.ToLowerInvariant()));
        facts.AddRange(Regex.Matches(bare, "(?:[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*\\.)+(?:com|net|org|test)", RegexOptions.IgnoreCase).Select(match => "name " + match.Value.ToLowerInvariant()));
        facts.AddRange(Regex.Matches(bare, "([-~?+]) ?all(?![A-Za-z0-9])", RegexOptions.IgnoreCase).Select(match => "all " + match.Groups[1].Value));
        facts.AddRange(Regex.Matches(bare, "(?<![A-Za-z0-9._:=-])(mx|ptr|a)(?![A-Za-z0-9._-])", RegexOptions.IgnoreCase).Select(match => "term " + match.Value.ToLowerInvariant()));
        return facts.Distinct().ToArray();
    }

    /// <summary>What a DMARC text holds.</summary>
    public static IReadOnlyList<string> Dmarc(string text)
    {
        string plain = Plain(text);
        var facts = new List<string>();
        facts.AddRange(Addresses(plain).Select(address => "address " + address));
        facts.AddRange(Regex.Matches(plain, "https?://[^\\s;,!']+", RegexOptions.IgnoreCase).Select(match => "url " + match.Value));
        string rest = Regex.Replace(plain, "[^\\s,;=:/<]+@[^\\s,;>]+|https?://[^\\s;,]+", " ");
        facts.AddRange(s_policies.Where(word => Regex.IsMatch(rest, word, RegexOptions.IgnoreCase)).Select(word => "policy " + word));
        foreach (string tag in new[] { "adkim", "aspf" })
        {
            if (Regex.IsMatch(rest, tag + "\\s*[=:-]*\\s*(?:strict|s(?![a-z]))", RegexOptions.IgnoreCase))
                facts.Add("strict " + tag);
        }

        return facts.Distinct().ToArray();
    }

    /// <summary>The mailboxes in a text.</summary>
    public static IEnumerable<string> Addresses(string plain) =>
        Regex.Matches(Uri.UnescapeDataString(plain), "[A-Za-z0-9._+-]+@(?:[A-Za-z0-9-]+\\.)+[A-Za-z]+").Select(match => match.Value.ToLowerInvariant());

    private static IEnumerable<string> Lost(IReadOnlyList<string> broken, IReadOnlyList<string> corrected) =>
        broken.Where(fact => !corrected.Contains(fact, StringComparer.Ordinal) && !IsWithin(fact, corrected));

    // 8.8.8.8 of 8.8.8.8/24 is in 8.8.8.0/24.
    private static bool IsWithin(string fact, IReadOnlyList<string> corrected)
    {
        string start = fact.Substring(0, fact.LastIndexOf('.') + 1);
        return fact.StartsWith("ip ", StringComparison.Ordinal) && start.Length > 3 && corrected.Contains(start + "0", StringComparer.Ordinal);
    }

    // A text as the eye takes it: quotes and backslashes gone, spaces of any kind a space, dashes of any kind a hyphen.
    private static string Plain(string text)
    {
        string decoded = text;
        if (text.All(c => c <= 0xFF))
        {
            try
            {
                decoded = new UTF8Encoding(false, true).GetString(text.Select(c => (byte)c).ToArray());
            }
            catch (ArgumentException)
            {
                decoded = text;
            }
        }

        var builder = new StringBuilder();
        foreach (char c in decoded)
        {
            if (c is '\u2013' or '\u2014' or '\u2212' or '\u0096')
                builder.Append('-');
            else if (c is '"' or '\\' or '\u201C' or '\u201D' or '\u0093' or '\u0094' or '\uFEFF' or '\u200B')
                continue;
            else
                builder.Append(c is < ' ' or > '~' ? ' ' : c);
        }

        // The owner of a pasted line of a zone file is no part of the record.
        return Regex.Replace(builder.ToString(), "^[^=]*?\\bTXT\\b[ (]*", string.Empty);
    }
}
