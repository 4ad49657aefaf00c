using System.Text;
using System.Text.RegularExpressions;

namespace MailDns.Dmarc;

/// <summary>
/// The record as its author meant it. Every policy, alignment and address that a person can read in the text is in it with
/// its strength; where the intent cannot be told from the text, there is no corrected record.
/// </summary>
internal static class DmarcRepair
{
    // A longer record is no slip of the hand.
    private const int MostParts = 64;

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    // What people write for a tag's name.
    private static readonly Dictionary<string, string> s_names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["p"] = DmarcTags.Policy,
        ["policy"] = DmarcTags.Policy,
        ["pol"] = DmarcTags.Policy,
        ["sp"] = DmarcTags.SubdomainPolicy,
        ["subpolicy"] = DmarcTags.SubdomainPolicy,
        ["subdomainpolicy"] = DmarcTags.SubdomainPolicy,
        ["np"] = DmarcTags.NonexistentPolicy,
        ["adkim"] = DmarcTags.DkimAlignment,
        ["akdim"] = DmarcTags.DkimAlignment,
        ["aspf"] = DmarcTags.SpfAlignment,
        ["asfp"] = DmarcTags.SpfAlignment,
        ["apsf"] = DmarcTags.SpfAlignment,
        ["rua"] = DmarcTags.AggregateReports,
        ["rau"] = DmarcTags.AggregateReports,
        ["ruf"] = DmarcTags.FailureReports,
        ["rfu"] = DmarcTags.FailureReports,
        ["fo"] = DmarcTags.FailureOptions,
        ["psd"] = DmarcTags.PublicSuffix,
        ["t"] = DmarcTags.Testing,
        ["pct"] = DmarcTags.Percentage,
        ["rf"] = DmarcTags.ReportFormat,
        ["ri"] = DmarcTags.ReportInterval,
    };

    private static readonly string s_anyName = "(?<name>" + string.Join("|", s_names.Keys.OrderByDescending(name => name.Length)) + ")";

    // v=DMARC1 with the slips of the hand that are still plain; without "v=" only in front.
    private static readonly Regex s_version = new("(?:(?<![\\w.@:/-])v[=:\\s]*[=:][=:\\s]*|^\\W*)DMARC[ _-]?(?:v?[1l|](?:\\.0)?(?!\\d))?", Options, PastedText.PatternTime);

    // A tag's name where a tag can begin, with "=" or ":" after it; behind a word of policy also without anything between.
    private static readonly Regex s_start = new(
        "(?<=^|[;,|\\s]|[=:\\s](?:none|quarantine|reject))" + s_anyName + "\\s*(?:=[=:\\s]*|:(?!//)[=:\\s]*)",
        Options,
        PastedText.PatternTime);

    // The same at the beginning of a part, also with a dash or a space: "p - reject", "rua mailto:d@contoso.com".
    private static readonly Regex s_tag = new("^" + s_anyName + "(?:\\s*[=:][=:\\s]*|\\s*-+>?\\s*|\\s+)(?<value>.*)$", Options | RegexOptions.Singleline, PastedText.PatternTime);

    private static readonly Regex s_unknownTag = new("^(?<name>[a-z]+)\\s*=\\s*(?<value>.+)$", Options | RegexOptions.Singleline, PastedText.PatternTime);

    // What a person reads in a value of any tag.
    private static readonly Regex s_readable = new("@|://|none|quarantine|reject|strict|relaxed|\\b(?:rua|ruf|adkim|aspf|sp|np|p)\\b", Options, PastedText.PatternTime);

    /// <summary>The corrected text; null where nothing can or need be corrected.</summary>
    public static string? Correct(DmarcRecord record, bool keepsPublicSuffix) => Correct(record, keepsPublicSuffix, out _);

    /// <summary>The corrected text; null where nothing can or need be corrected.</summary>
    /// <param name="record">The record as read.</param>
    /// <param name="keepsPublicSuffix">True where psd=y is right.</param>
    /// <param name="doubt">What keeps the text from being corrected; null where nothing does.</param>
    public static string? Correct(DmarcRecord record, bool keepsPublicSuffix, out string? doubt)
    {
        string? text;
        try
        {
            text = Rewrite(PastedText.Clean(UnicodeName.InText(record.RawText), s_version), keepsPublicSuffix, out doubt);
        }
        catch (RegexMatchTimeoutException)
        {
            text = null;
            doubt = "it is too complex";
        }

        if (text is null || string.Equals(text, record.RawText, StringComparison.Ordinal) || (record.Faults.Count == 0 && IsSame(text, record.RawText)))
            return null;

        TextFault? left = DmarcParser.Read(text).Faults is [var first, ..] ? first : null;
        doubt = left is null ? null : "what " + PrintableText.Quote(left.Fragment) + " is meant to be is not clear";
        return left is null ? text : null;
    }

    /// <summary>True for a text that begins with the version or something that was meant to be it.</summary>
    public static bool HasVersion(string text)
    {
        try
        {
            return s_version.IsMatch(PastedText.Clean(text));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static string? Rewrite(string text, bool keepsPublicSuffix, out string? doubt)
    {
        string body = s_start.Replace(s_version.Replace(text, ";"), ";$0");
        string[] parts = body.Split(';');
        if (text.Length == 0 || parts.Length > MostParts * 2)
        {
            doubt = "it is too long";
            return null;
        }

        var draft = new Draft(hasSemicolons: text.IndexOf(';') >= 0);
        foreach (string part in parts)
            draft.Add(part.Trim(' ', ',', '|'));

        doubt = draft.Doubt;
        return doubt is null ? draft.Write(keepsPublicSuffix) : null;
    }

    // What differs only in spaces and letter case is right by the grammar and is left alone.
    private static bool IsSame(string one, string other) => string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string text) => string.Concat(text.Where(c => !TagList.IsWhiteSpace(c))).TrimEnd(';');

    /// <summary>One correction under way.</summary>
    private sealed class Draft(bool hasSemicolons)
    {
        private readonly List<KeyValuePair<string, string>> _tags = new();
        private string _last = string.Empty;

        /// <summary>The first thing whose meaning cannot be told.</summary>
        public string? Doubt { get; private set; }

        public void Add(string part)
        {
            if (part.Length == 0) return;

            Match known = s_tag.Match(part);
            if (known.Success)
            {
                AddKnown(s_names[known.Groups["name"].Value], known.Groups["value"].Value.Trim(' ', ',', '|'), part);
                return;
            }

            Match unknown = s_unknownTag.Match(part);
            if (unknown.Success)
            {
                AddUnknown(unknown.Groups["name"].Value, unknown.Groups["value"].Value, part);
                return;
            }

            AddStray(part);
        }

        public string? Write(bool keepsPublicSuffix)
        {
            string policy = Get(DmarcTags.Policy) ?? "none";
            if (Get(DmarcTags.Percentage) == "0" && Get(DmarcTags.Testing) is null)
                _tags.Add(new KeyValuePair<string, string>(DmarcTags.Testing, "y"));

            bool spellsOut = policy == "reject" && Get(DmarcTags.SubdomainPolicy) == policy && Get(DmarcTags.NonexistentPolicy) == policy;
            var builder = new StringBuilder("v=DMARC1; p=").Append(policy);
            foreach (KeyValuePair<string, string> tag in _tags)
            {
                bool isDropped = tag.Key switch
                {
                    DmarcTags.Policy or DmarcTags.Percentage or DmarcTags.ReportFormat or DmarcTags.ReportInterval => true,
                    DmarcTags.SubdomainPolicy => tag.Value == policy && !spellsOut,
                    DmarcTags.PublicSuffix => tag.Value == "y" && !keepsPublicSuffix,
                    DmarcTags.FailureOptions => Get(DmarcTags.FailureReports) is null,
                    _ => false,
                };
                if (!isDropped) builder.Append("; ").Append(tag.Key).Append('=').Append(tag.Value);
            }

            return builder.ToString();
        }

        private void AddKnown(string name, string given, string part)
        {
            _last = name;
            if (given.Length == 0)
            {
                Refuse(name == DmarcTags.Policy, part);
                return;
            }

            string word = given.TrimEnd('.').ToLowerInvariant();
            string? value = name switch
            {
                DmarcTags.Policy or DmarcTags.SubdomainPolicy or DmarcTags.NonexistentPolicy => DmarcPolicyText.Nearest(word),
                DmarcTags.DkimAlignment or DmarcTags.SpfAlignment => OneOf(word, "r relaxed relax", "s strict"),
                DmarcTags.Testing => OneOf(word, "y yes true", "n no false"),
                DmarcTags.PublicSuffix => OneOf(word, "y yes", "n no", "u"),
                DmarcTags.FailureOptions => FailureOptions(word),
                DmarcTags.AggregateReports => DmarcReportUriWriter.TryUnderstandList(given),

                // What follows a failure address without a comma, or in a text whose commas separate tags, may belong to rua.
                DmarcTags.FailureReports => DmarcReportUriWriter.TryUnderstandList(given) is { } list
                    && (list.IndexOf(',') < 0 || (hasSemicolons && given.Count(c => c == ',') >= list.Count(c => c == ','))) ? list : null,
                DmarcTags.Percentage => IsSimple(word.TrimEnd('%', ' ')) ? word.TrimEnd('%', ' ') : null,
                _ => IsSimple(word) ? word : null,
            };
            Refuse(value is null, part);
            if (value is not null) Set(name, value, part);
        }

        // Unknown tags are allowed and ignored (RFC 9989 section 4.7), unless somebody can read something in them.
        private void AddUnknown(string name, string value, string part)
        {
            bool isReadable = string.Equals(name, DmarcTags.Version, StringComparison.OrdinalIgnoreCase)
                || DmarcPolicyText.Nearest(value.ToLowerInvariant()) is not null
                || s_readable.IsMatch(value);
            _last = string.Empty;
            Refuse(isReadable, part);
            Set(name, value, part);
        }

        // An address that stands alone is meant for rua, or is the rest of a local part with a semicolon.
        private void AddStray(string part)
        {
            string? list = Get(_last);
            if (list is not null && IsCut(list) && part.IndexOf('@') > 0 && DmarcReportUriReader.SchemeOf(part) is null)
            {
                string joined = list + "%3B" + part;
                bool isRight = DmarcReportUriWriter.TryUnderstandList(joined) == joined;
                Refuse(!isRight, part);
                Replace(_last, joined);
                return;
            }

            string? uris = part.IndexOf('@') > 0 && _last != DmarcTags.FailureReports ? DmarcReportUriWriter.TryUnderstandList(part) : null;
            Refuse(uris is null, part);
            if (uris is not null) Set(DmarcTags.AggregateReports, uris, part);
        }

        private bool IsCut(string list) => _last is DmarcTags.AggregateReports or DmarcTags.FailureReports && DmarcReportUriWriter.IsCutMailTo(list);

        private void Set(string name, string value, string part)
        {
            string? known = Get(name);
            if (known is null)
                _tags.Add(new KeyValuePair<string, string>(name, value));
            else if (name is DmarcTags.AggregateReports or DmarcTags.FailureReports)
                Replace(name, string.Join(",", known.Split(',').Concat(value.Split(',')).Distinct(StringComparer.OrdinalIgnoreCase)));
            else
                Refuse(!string.Equals(known, value, StringComparison.OrdinalIgnoreCase), part);
        }

        private void Refuse(bool isDoubtful, string part)
        {
            if (isDoubtful) Doubt ??= "what " + PrintableText.Quote(part) + " is meant to be is not clear";
        }

        private string? Get(string name) => _tags.Find(tag => tag.Key == name).Value;

        private void Replace(string name, string value)
        {
            int index = _tags.FindIndex(tag => tag.Key == name);
            _tags[index] = new KeyValuePair<string, string>(name, value);
        }

        // Nothing that is dropped with the value is more than the value.
        private static bool IsSimple(string word) => word.Length > 0 && word.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or ':' or '.');

        private static string? OneOf(string word, params string[] spellings) =>
            spellings.Select(list => list.Split(' ')).FirstOrDefault(list => Array.IndexOf(list, word) >= 0)?[0];

        // 1 asks for all that 0 asks for (RFC 9989 section 4.7, fo).
        private static string? FailureOptions(string word)
        {
            char[] given = word.Where(c => c is not (':' or ',' or ' ' or '/' or '|')).Distinct().ToArray();
            return given.Length == 0 || given.Any(c => c is not ('0' or '1' or 'd' or 's'))
                ? null
                : string.Join(":", given.Where(c => c != '0' || Array.IndexOf(given, '1') < 0));
        }
    }
}

/// <summary>The words of a policy as people mistype them.</summary>
internal static class DmarcPolicyText
{
    private static readonly string[] s_words = { "none", "quarantine", "reject" };

    /// <summary>The policy that is meant, beyond doubt; null where it could be another word.</summary>
    public static string? Nearest(string word)
    {
        if (Array.IndexOf(s_words, word) >= 0) return word;

        string[] near = s_words.Where(policy => word.Length <= 16 && Distance(word, policy) <= (policy.Length > 4 ? 2 : 1)).ToArray();
        return near.Length == 1 ? near[0] : null;
    }

    // Edits, two letters that changed places counting as one.
    private static int Distance(string one, string other)
    {
        var table = new int[one.Length + 1, other.Length + 1];
        for (int i = 0; i <= one.Length; i++)
        {
            for (int j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                int best = table[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
                best = Math.Min(best, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                bool isSwap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                table[i, j] = isSwap ? Math.Min(best, table[i - 2, j - 2] + 1) : best;
            }
        }

        return table[one.Length, other.Length];
    }
}
