using System.Text.RegularExpressions;

namespace MailDns.Text;

/// <summary>
/// The fields of a record of name=value parts as its author meant them: from a text whose version, separators or signs are
/// wrong. What is no field is given with an empty name, so that nothing is lost without the caller's knowledge.
/// </summary>
internal static class PastedFields
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    private static readonly TimeSpan s_time = TimeSpan.FromMilliseconds(250);

    private static readonly Regex s_unknown = new("^(?<name>[a-z0-9][a-z0-9_.-]*)\\s*=\\s*(?<value>.+)$", Options, s_time);

    /// <summary>True for a text that begins with the version, right or wrong, or has it behind "v=" anywhere.</summary>
    /// <param name="text">The text as it was found.</param>
    /// <param name="version">The version without "v=", as a regular expression.</param>
    public static bool HasVersion(string text, string version)
    {
        try
        {
            return Version(version).IsMatch(PastedText.Clean(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>The fields behind the version in their order; null where the text has no such version.</summary>
    /// <param name="text">The text as it was found.</param>
    /// <param name="version">The version without "v=", as a regular expression.</param>
    /// <param name="names">The names of fields that are known, in lower case.</param>
    public static IReadOnlyList<KeyValuePair<string, string>>? Read(string text, string version, params string[] names)
    {
        try
        {
            Regex versions = Version(version);
            string clean = PastedText.Clean(text, versions);
            if (!versions.IsMatch(clean)) return null;

            string known = "(?<name>" + string.Join("|", names) + ")\\s*(?:=[=:\\s]*|:(?!//)[=:\\s]*)";
            string body = Regex.Replace(versions.Replace(clean, ";"), "(?<=^|[;,\\s])" + known, ";$0", Options, s_time);
            var field = new Regex("^" + known + "(?<value>.*)$", Options, s_time);
            return body.Split(';').Select(part => part.Trim(' ', ',')).Where(part => part.Length > 0).Select(part => Field(part, field)).ToArray();
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    private static KeyValuePair<string, string> Field(string part, Regex known)
    {
        Match match = known.Match(part);
        if (match.Success)
            return new KeyValuePair<string, string>(match.Groups["name"].Value.ToLowerInvariant(), match.Groups["value"].Value.Trim());

        Match other = s_unknown.Match(part);
        return other.Success
            ? new KeyValuePair<string, string>(other.Groups["name"].Value, other.Groups["value"].Value)
            : new KeyValuePair<string, string>(string.Empty, part);
    }

    /// <summary>True for a part without a name in which nothing can be read: neither an address, a URL nor a number.</summary>
    public static bool IsIdle(KeyValuePair<string, string> field) =>
        field.Key.Length == 0 && field.Value.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '-' or '_' or ' ');

    private static Regex Version(string version) => new("(?:(?<![\\w.@:/-])v[=:\\s]*[=:][=:\\s]*|^\\W*)(?:" + version + ")(?!\\d)", Options, s_time);
}
