namespace MailDns.Dmarc;

/// <summary>The names of the tags (RFC 9989 section 4.7), and of those that it removed (appendix C.5.2).</summary>
internal static class DmarcTags
{
    public const string Version = "v";
    public const string Policy = "p";
    public const string SubdomainPolicy = "sp";
    public const string NonexistentPolicy = "np";
    public const string DkimAlignment = "adkim";
    public const string SpfAlignment = "aspf";
    public const string AggregateReports = "rua";
    public const string FailureReports = "ruf";
    public const string FailureOptions = "fo";
    public const string PublicSuffix = "psd";
    public const string Testing = "t";
    public const string Percentage = "pct";
    public const string ReportFormat = "rf";
    public const string ReportInterval = "ri";

    private static readonly string[] s_current =
    {
        Version, Policy, SubdomainPolicy, NonexistentPolicy, DkimAlignment, SpfAlignment, AggregateReports, FailureReports, FailureOptions, PublicSuffix, Testing,
    };

    private static readonly string[] s_removed = { Percentage, ReportFormat, ReportInterval };

    private static readonly string[] s_known = s_current.Concat(s_removed).ToArray();

    private static readonly int[][] s_byLength = Enumerable.Range(0, s_known.Max(name => name.Length) + 1)
        .Select(length => Enumerable.Range(0, s_known.Length).Where(i => s_known[i].Length == length).ToArray()).ToArray();

    /// <summary>The place of a tag's name among those that are or were defined, below 32; -1 for all others, and for those not in lower case.</summary>
    public static int IndexOf(TagSpec tag)
    {
        if (tag.NameLength >= s_byLength.Length) return -1;

        foreach (int i in s_byLength[tag.NameLength])
        {
            if (tag.HasName(s_known[i])) return i;
        }

        return -1;
    }

    /// <summary>The name at a place that <see cref="IndexOf"/> tells.</summary>
    public static string Name(int index) => s_known[index];

    public static bool IsCurrent(string name) => Array.IndexOf(s_current, name) >= 0;

    public static bool IsRemoved(string name) => Array.IndexOf(s_removed, name) >= 0;

    /// <summary>p, sp or np.</summary>
    public static bool IsPolicy(string name) => name is Policy or SubdomainPolicy or NonexistentPolicy;

    /// <summary>The value of a policy tag (dmarc-request; the literals are case-insensitive, RFC 5234 section 2.3).</summary>
    public static DmarcPolicy? ReadPolicy(TagSpec tag)
    {
        if (tag.HasValue("none")) return DmarcPolicy.None;
        if (tag.HasValue("quarantine")) return DmarcPolicy.Quarantine;

        return tag.HasValue("reject") ? DmarcPolicy.Reject : null;
    }

    /// <summary>The policy as its tag spells it.</summary>
    public static string Write(DmarcPolicy policy) => policy switch
    {
        DmarcPolicy.None => "none",
        DmarcPolicy.Quarantine => "quarantine",
        _ => "reject",
    };

    /// <summary>The failure option as its tag spells it.</summary>
    public static string Write(DmarcFailureOption option) => option switch
    {
        DmarcFailureOption.AllFail => "0",
        DmarcFailureOption.AnyFails => "1",
        DmarcFailureOption.Dkim => "d",
        _ => "s",
    };

    public static bool Is(string value, string literal) => string.Equals(value, literal, StringComparison.OrdinalIgnoreCase);
}
