using System.Text.RegularExpressions;

namespace MailDns;

/// <summary>Regular expressions of a profile. A profile may be anybody's file, so a match has a time limit.</summary>
internal static class SendingProviderPattern
{
    /// <summary>What stands for a placeholder whose value is not known and that has no pattern: one or more labels.</summary>
    public const string AnyLabels = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";

    /// <summary>What stands for a value of a text that is not known and has no pattern.</summary>
    public const string AnyText = "[\\x21-\\x3A\\x3C-\\x7E]+";

    private const int MostSlow = 1000;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(250);

    // A pattern that took too long once is not tried again, and each halves the time of the next: together they are bounded.
    // One that is quick is never asked for the time.
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> s_slow = new(StringComparer.Ordinal);

    /// <summary>The expression over the whole of a text.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Whole(string pattern, bool ignoreCase = false) =>
        new(
            "\\A(?:" + pattern + ")\\z",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None),
            Limit);

    /// <summary>True for a match within the time limit.</summary>
    public static bool Matches(Regex pattern, string text)
    {
        string key = pattern.ToString();
        if (s_slow.ContainsKey(key))
        {
            return false;
        }

        try
        {
            Regex timed = pattern.MatchTimeout > Limit ? new Regex(key, pattern.Options, Limit) : pattern;
            return timed.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            if (s_slow.Count < MostSlow)
            {
                s_slow.TryAdd(key, true);
            }

            return false;
        }
    }

    private static TimeSpan Limit
    {
        get
        {
            long ticks = s_limit.Ticks >> Math.Min(s_slow.Count, 16);
            return TimeSpan.FromTicks(Math.Max(ticks, TimeSpan.TicksPerMillisecond));
        }
    }
}
