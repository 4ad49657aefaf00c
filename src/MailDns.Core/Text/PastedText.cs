using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.Text;

/// <summary>
/// Undoes what copying, control panels and zone files do to a text before it reaches DNS or a parameter: quotes, backslashes,
/// no-break spaces, byte-order marks, typographic dashes, and the owner, time to live and type of a pasted zone file line.
/// </summary>
internal static class PastedText
{
    // No record of mail is longer; a longer text is left to a person.
    private const int MostCharacters = 8192;

    /// <summary>What a pattern may take with a text: far more than any needs, so that a busy machine changes no result.</summary>
    public static readonly TimeSpan PatternTime = TimeSpan.FromSeconds(2);

    // owner, time to live, class and type in any of their usual orders (RFC 1035 section 5.1), or the type alone.
    private static readonly Regex s_zoneLine = new(
        "^\\s*(?:[A-Za-z0-9_*@.-]+\\s+)?(?:\\d+[smhdw]?\\s+)?(?:IN\\s+)?(?:\\d+[smhdw]?\\s+)?(?:TXT|SPF)\\s+\\(?\\s*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        PatternTime);

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text as its author sees it, in one piece.</summary>
    public static string Clean(string text) => string.Concat(Strings(text)).Trim();

    /// <summary>The same with a semicolon before a string in which a record begins anew.</summary>
    public static string Clean(string text, Regex version) =>
        string.Concat(Strings(text).Select((part, index) => index > 0 && version.Match(part.TrimStart()) is { Success: true, Index: 0 } ? ";" + part : part)).Trim();

    /// <summary>The same as the quoted strings that it is made of; one piece where it has none. Nothing for a text that is too long.</summary>
    public static IReadOnlyList<string> Strings(string text)
    {
        if (text.Length > MostCharacters) return Array.Empty<string>();

        string plain = WithoutZoneLine(Plain(text));
        var strings = new List<string>();
        foreach (string part in QuotedStrings(plain))
            strings.Add(part.Replace("\"", string.Empty).Replace("\\", string.Empty));

        return strings;
    }

    /// <summary>
    /// Printable ASCII instead of what looks the same: spaces of any kind, quotes, dashes, full-width signs. A character
    /// that has no such form stays.
    /// </summary>
    public static string Plain(string text)
    {
        string decoded = Decode(Unescape(text)).Replace("&nbsp;", " ").Replace("&quot;", "\"");
        var builder = new StringBuilder(decoded.Length);
        foreach (char c in decoded)
        {
            switch (c)
            {
                case '\uFEFF' or '\u200B' or '\u200C' or '\u200D' or '\u2060' or '\u00AD':
                    break;
                case < ' ' or '\u007F' or '\u0085' or '\u00A0' or '\u1680' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000':
                    builder.Append(' ');
                    break;
                case '\u201C' or '\u201D' or '\u201E' or '\u201F' or '\u00AB' or '\u00BB' or '\u2033' or '\u2036' or '\u0093' or '\u0094' or '\u0084':
                    builder.Append('"');
                    break;
                case '\u2018' or '\u2019' or '\u201A' or '\u201B' or '\u2032' or '\u2035' or '\u0091' or '\u0092' or '\u00B4' or '`':
                    builder.Append('\'');
                    break;
                case (>= '\u2010' and <= '\u2015') or '\u2212' or '\u0096' or '\u0097' or '\uFE63':
                    builder.Append('-');
                    break;
                case >= '\uFF01' and <= '\uFF5E':
                    builder.Append((char)(c - '\uFF01' + '!'));
                    break;
                default:
                    builder.Append(c);
                    break;
            }
        }

        return builder.ToString();
    }

    // \" and \; of a control panel, and \194\160 of a zone file or of our own messages.
    private static string Unescape(string text)
    {
        if (text.IndexOf('\\') < 0) return text;

        var builder = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isNumber = text[i] == '\\' && i + 3 < text.Length && IsDigit(text[i + 1]) && IsDigit(text[i + 2]) && IsDigit(text[i + 3]);
            int value = isNumber ? ((text[i + 1] - '0') * 100) + ((text[i + 2] - '0') * 10) + text[i + 3] - '0' : 0;
            if (isNumber && value <= 255)
            {
                builder.Append((char)value);
                i += 3;
            }
            else
            {
                builder.Append(text[i]);
            }
        }

        return builder.ToString();
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    // In MailDns a character of DNS text is an octet; people wrote UTF-8.
    private static string Decode(string text)
    {
        if (!text.Any(c => c > '\u007F') || text.Any(c => c > '\u00FF')) return text;

        try
        {
            return s_utf8.GetString(CharacterStrings.GetOctets(text));
        }
        catch (DecoderFallbackException)
        {
            return text;
        }
    }

    private static string WithoutZoneLine(string text)
    {
        try
        {
            Match match = s_zoneLine.Match(text);
            return match.Success && match.Length < text.Length ? text.Substring(match.Length).TrimEnd(' ', ')') : text;
        }
        catch (RegexMatchTimeoutException)
        {
            return text;
        }
    }

    // "one" "two": the strings where nothing but white space stands between them, else the whole text.
    private static IEnumerable<string> QuotedStrings(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length < 4 || trimmed[0] != '"' || trimmed[trimmed.Length - 1] != '"')
            return new[] { trimmed.Trim('\'') };

        string[] parts = trimmed.Substring(1, trimmed.Length - 2).Split('"');
        bool isList = parts.Length % 2 == 1;
        for (int i = 1; isList && i < parts.Length; i += 2)
            isList = parts[i].Trim().Length == 0;

        return isList ? parts.Where((_, index) => index % 2 == 0) : new[] { trimmed };
    }
}

/// <summary>
/// The fields of a record of name=value parts as its author meant them: from a text whose version, separators or signs are
/// wrong. What is no field is given with an empty name, so that nothing is lost without the caller's knowledge.
/// </summary>
internal static class PastedFields
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline;
    private static readonly Regex s_unknown = new("^(?<name>[a-z0-9][a-z0-9_.-]*)\\s*=\\s*(?<value>.+)$", Options, PastedText.PatternTime);

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
            string body = Regex.Replace(versions.Replace(clean, ";"), "(?<=^|[;,\\s])" + known, ";$0", Options, PastedText.PatternTime);
            var field = new Regex("^" + known + "(?<value>.*)$", Options, PastedText.PatternTime);
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

    private static Regex Version(string version) => new("(?:(?<![\\w.@:/-])v[=:\\s]*[=:][=:\\s]*|^\\W*)(?:" + version + ")(?!\\d)", Options, PastedText.PatternTime);
}
