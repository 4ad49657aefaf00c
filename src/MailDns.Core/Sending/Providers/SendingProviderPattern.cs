using System.Text.RegularExpressions;

namespace MailDns;

/// <summary>Regular expressions of a profile. A profile may be anybody's file, so a match has a time limit.</summary>
internal static class SendingProviderPattern
{
    /// <summary>What stands for a placeholder whose value is not known and that has no pattern: one or more labels.</summary>
    public const string AnyLabels = "[A-Za-z0-9_-]+(?:\\.[A-Za-z0-9_-]+)*";

    /// <summary>What stands for a value of a text that is not known and has no pattern.</summary>
    public const string AnyText = "[\\x21-\\x3A\\x3C-\\x7E]+";

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(500);

    /// <summary>The expression over the whole of a text.</summary>
    /// <exception cref="ArgumentException">It is no regular expression.</exception>
    public static Regex Whole(string pattern, bool ignoreCase = false) =>
        new(
            "\\A(?:" + pattern + ")\\z",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None),
            s_limit);

    /// <summary>
    /// True for a match. A pattern that runs out of time ends the work with the profile: others of it would take as long each.
    /// </summary>
    /// <exception cref="FormatException">The pattern took longer than half a second.</exception>
    public static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new FormatException("The pattern " + PrintableText.Quote(JsonPath.Shown(pattern.ToString())) + " of the profile takes too long on " + PrintableText.Quote(JsonPath.Shown(text)) + ". Write it without repetitions inside of repetitions.");
        }
    }
}
