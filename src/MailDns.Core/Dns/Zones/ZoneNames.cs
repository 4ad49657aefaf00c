using System.Text.RegularExpressions;

namespace MailDns.Dns;

/// <summary>Which zone a file may be of, by its name and its comments, where its records do not tell.</summary>
internal static class ZoneNames
{
    /// <summary>How much of a file is looked at for a comment that names its zone.</summary>
    private const int HeadLength = 4096;

    // What browsers add to a second copy, " (1)", and dates that people and programs add.
    private const string CopyOrDate = @"(?: ?\([0-9]{1,3}\)|[-_. ](?:19|20)[0-9]{2}[-_.]?[01][0-9][-_.]?[0-3][0-9](?:[-_.T]?[0-9]{4,6}Z?)?)(?=[-_.]|$)";

    // Cloudflare and GoDaddy (";; Domain: contoso.com."), Windows DNS ("Database file contoso.com.dns for contoso.com zone."), cPanel
    // ("; Zone file for contoso.com").
    private static readonly Regex s_comment = new(
        @"^;+[ \t]*(?:(?:domain|zone|zone name)[ \t]*:[ \t]*(?<name>\S+)|database file \S+ for (?<name>\S+) zone\b|zone file for (?<name>\S+))",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant,
        TimeSpan.FromSeconds(1));

    // What people and programs put before and after a zone's name in that of its file.
    private static readonly string[] s_prefixes = { "db.", "db-", "db_", "named.", "zone.", "zone-", "pri.", "sec.", "primary.", "secondary.", "master.", "slave.", "bind." };

    private static readonly string[] s_suffixes =
    {
        ".zone", ".dns", ".db", ".txt", ".hosts", ".host", ".signed", ".zonefile", ".bind", ".bak", ".backup", ".old", ".orig", ".save",
        ".export", ".fwd", ".forward", ".master", ".zon", ".csv", ".log", "~", "_zone", "-zone", "_dns", "-dns", "_export", "-export", "_hosts",
        "_backup", "-backup",
    };

    /// <summary>The zone that a comment at the file's begin names; null where none does.</summary>
    public static ZoneOrigin? FindStated(string text)
    {
        Match match = s_comment.Match(text.Length > HeadLength ? text.Substring(0, HeadLength) : text);
        return match.Success && DomainName.TryParse(match.Groups["name"].Value.Trim('\'', '"', ','), out DomainName? name, out _)
            ? new ZoneOrigin(name!, "its first comment", IsStated: false)
            : null;
    }

    /// <summary>
    /// The zone of a file: the one that its name tells, if any; else the domain asked about. Of the names that its name may tell the
    /// first that holds a domain asked about, else the shortest.
    /// </summary>
    /// <param name="fileName">Without its folder.</param>
    /// <param name="asked">The domains asked about, where they are known.</param>
    public static ZoneOrigin? Guess(string fileName, IReadOnlyList<DomainName> asked)
    {
        List<DomainName> names = Read(fileName);
        DomainName? found = names.Find(name => asked.Any(domain => domain.IsSameOrBelow(name))) ?? names.LastOrDefault();
        return found is not null ? new ZoneOrigin(found, "the file's name", IsStated: false)
            : asked.Count == 1 ? new ZoneOrigin(asked[0], "the domain asked about", IsStated: false)
            : null;
    }

    /// <summary>What is left of the name as prefixes and suffixes are taken off, one after the other, where it is a domain.</summary>
    private static List<DomainName> Read(string fileName)
    {
        var names = new List<DomainName>();
        string text = Regex.Replace(fileName.Trim(), CopyOrDate, string.Empty, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        bool wasStripped = false;
        while (true)
        {
            if (wasStripped && IsDomain(text, out DomainName? name)) names.Add(name!);

            string stripped = Strip(text);
            if (stripped.Length == text.Length) break;

            text = stripped;
            wasStripped = true;
        }

        if (!wasStripped && IsDomain(text, out DomainName? whole)) names.Add(whole!);

        return names;
    }

    // Top-level domains are letters, or A-labels (RFC 3696 section 2): what ends otherwise is a date, a version or a number.
    private static bool IsDomain(string text, out DomainName? name) =>
        DomainName.TryParse(text, out name, out _) && name!.Labels[name.LabelCount - 1] is var top && (top.All(c => c is >= 'a' and <= 'z') || top.StartsWith("xn--", StringComparison.Ordinal));

    private static string Strip(string text)
    {
        string? suffix = Array.Find(s_suffixes, one => text.Length > one.Length && text.EndsWith(one, StringComparison.OrdinalIgnoreCase));
        if (suffix is not null) return text.Substring(0, text.Length - suffix.Length);

        string? prefix = Array.Find(s_prefixes, one => text.Length > one.Length && text.StartsWith(one, StringComparison.OrdinalIgnoreCase));
        string bare = prefix is null ? text : text.Substring(prefix.Length);

        // A prefix is one only where a whole domain is left: zone.eu is a domain.
        return bare.IndexOf('.') > 0 ? bare : text;
    }
}
