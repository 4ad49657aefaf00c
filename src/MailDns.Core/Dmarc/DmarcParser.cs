namespace MailDns.Dmarc;

/// <summary>
/// The grammar of RFC 9989 section 4.8, with two doors: <see cref="Parse"/> throws at the first fault with its place,
/// <see cref="Read"/> goes on as a receiver does and returns them all.
/// </summary>
internal static class DmarcParser
{
    private const string RecordRule = "RFC 9989 section 4.8, dmarc-record";
    private const string TagRule = "RFC 9989 section 4.8, dmarc-tag";

    /// <summary>True when the text begins with v=DMARC1 (dmarc-version): all others are discarded (RFC 9989 section 4.10 step 2).</summary>
    public static bool IsDmarc(string text)
    {
        int i = 0;
        if (!(Take(text, ref i, "v") || Take(text, ref i, "V"))) return false;

        SkipWhiteSpace(text, ref i);
        if (!Take(text, ref i, "=")) return false;

        SkipWhiteSpace(text, ref i);
        if (!Take(text, ref i, "DMARC1")) return false;

        SkipWhiteSpace(text, ref i);
        return i == text.Length || text[i] == ';';
    }

    /// <summary>Reads a record by the letter.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar.</exception>
    public static DmarcRecord Parse(string text)
    {
        DmarcRecord record = Read(text);
        return record.Faults.Count == 0 ? record : throw record.Faults.OrderBy(fault => fault.Offset).First().ToException(text);
    }

    /// <summary>Reads any text; every fault is in <see cref="DmarcRecord.Faults"/>, and what it spoils has its default.</summary>
    public static DmarcRecord Read(string text)
    {
        bool hasVersion = IsDmarc(text);
        var reading = new Reading(text, hasVersion);
        if (!hasVersion) reading.Faults.Add(VersionFault(text));

        // A record keeps its values and not its parts; who asks for its tags has them cut again.
        var part = new TagSpec(text);
        bool isFirst = true;
        for (int start = 0; part.ReadNext(ref start); isFirst = false)
            ReadPart(text, part, isVersion: isFirst && hasVersion, reading);

        return reading.Record;
    }

    /// <summary>True for a tag=value, whatever its value.</summary>
    public static bool IsTag(TagSpec part) => part.HasEquals && part.HasNameOfLetters();

    private static void ReadPart(string text, TagSpec part, bool isVersion, Reading reading)
    {
        int known = DmarcTags.IndexOf(part);
        if (part.Length == 0)
        {
            if (text.Length > 0)
                reading.Fault(DmarcChecks.JunkSegment, part, "Two semicolons have nothing between them.", RecordRule);
        }
        else if (!part.HasEquals || (known < 0 && !part.HasNameOfLetters()))
        {
            string fragment = text.Substring(part.Offset, part.Length);
            reading.Faults.Add(new TextFault(DmarcChecks.JunkSegment, PrintableText.Quote(fragment) + " is not a tag=value.", part.Offset, part.Length, TagRule) { Fragment = fragment });
        }
        else if (isVersion)
        {
            reading.IsNew(known, part);
        }
        else
        {
            ReadTag(text, part, known, reading);
        }
    }

    private static void ReadTag(string text, TagSpec part, int known, Reading reading)
    {
        if (known < 0 && part.Name.ToLowerInvariant() is { } lower && (DmarcTags.IsCurrent(lower) || DmarcTags.IsRemoved(lower)))
        {
            // Names are case-sensitive (RFC 6376 section 3.2), so this is an unknown tag to a strict reader.
            reading.Fault(DmarcChecks.TagUnknown, part, "The tag " + part.Name + "= is not in lower case; strict receivers ignore it.", "RFC 6376 section 3.2");
            return;
        }

        if (!reading.IsNew(known, part))
        {
            reading.Fault(DmarcChecks.TagDuplicate, part, "The tag " + part.Name + "= is given twice; receivers differ in which of the two they use.", "RFC 6376 section 3.2");
            return;
        }

        if (part.ValueEnd == part.ValueOffset)
        {
            reading.Fault(DmarcChecks.TagEmpty, part, "The tag " + part.Name + "= has no value.", TagRule);
            return;
        }

        int odd = reading.IsPrintable ? -1 : IndexOfForbidden(text, part);
        if (odd >= 0)
        {
            reading.Faults.Add(new TextFault(
                DmarcChecks.ValueCharacters,
                "The value of " + part.Name + "= contains " + PrintableText.Quote(text[odd].ToString()) + ", which is not allowed in a DMARC value.",
                odd,
                1,
                "RFC 9989 section 4.8, dmarc-value") { Part = part.Name.ToLowerInvariant(), Fragment = part.Value });
        }
        else if (known >= 0)
        {
            // Unknown and removed tags are ignored (RFC 9989 section 4.7).
            ReadValue(DmarcTags.Name(known), part, reading);
        }
    }

    private static void ReadValue(string name, TagSpec part, Reading reading)
    {
        DmarcRecord record = reading.Record;
        switch (name)
        {
            case DmarcTags.Version:
                reading.Value(part, DmarcChecks.Version, "v= must be the first tag and its value DMARC1, in capitals", "dmarc-version");
                break;
            case DmarcTags.Policy:
                record.Policy = ReadPolicy(part, DmarcChecks.PolicyInvalid, reading);
                break;
            case DmarcTags.SubdomainPolicy:
                record.SubdomainPolicy = ReadPolicy(part, DmarcChecks.SubdomainPolicyInvalid, reading);
                break;
            case DmarcTags.NonexistentPolicy:
                record.NonexistentSubdomainPolicy = ReadPolicy(part, DmarcChecks.NonexistentPolicyInvalid, reading);
                break;
            case DmarcTags.DkimAlignment:
                record.DkimAlignment = ReadAlignment(part, reading);
                break;
            case DmarcTags.SpfAlignment:
                record.SpfAlignment = ReadAlignment(part, reading);
                break;
            case DmarcTags.AggregateReports:
                record.AggregateReportUri = DmarcReportUriReader.Read(name, part.Value, part.ValueOffset, reading.Faults);
                break;
            case DmarcTags.FailureReports:
                record.FailureReportUri = DmarcReportUriReader.Read(name, part.Value, part.ValueOffset, reading.Faults);
                break;
            case DmarcTags.FailureOptions:
                record.FailureOption = ReadFailureOptions(part, reading) ?? record.FailureOption;
                break;
            case DmarcTags.PublicSuffix:
                record.PublicSuffix = ReadPublicSuffix(part, reading);
                break;
            case DmarcTags.Testing:
                record.Testing = ReadTesting(part, reading);
                break;
            default:
                break;
        }
    }

    private static DmarcPolicy? ReadPolicy(TagSpec part, CheckDefinition check, Reading reading)
    {
        DmarcPolicy? policy = DmarcTags.ReadPolicy(part);
        if (policy is null) reading.Value(part, check, "it takes none, quarantine or reject", "dmarc-request");

        return policy;
    }

    private static DmarcAlignmentMode ReadAlignment(TagSpec part, Reading reading)
    {
        if (part.HasValue("s")) return DmarcAlignmentMode.Strict;
        if (!part.HasValue("r")) reading.Value(part, DmarcChecks.AlignmentInvalid, "it takes r or s", "dmarc-rors");

        return DmarcAlignmentMode.Relaxed;
    }

    private static DmarcPublicSuffix ReadPublicSuffix(TagSpec part, Reading reading)
    {
        if (part.HasValue("y")) return DmarcPublicSuffix.Yes;
        if (part.HasValue("n")) return DmarcPublicSuffix.No;

        if (!part.HasValue("u"))
            reading.Value(part, DmarcChecks.PublicSuffixInvalid, "it takes y, n or u", "dmarc-psd");

        return DmarcPublicSuffix.Unspecified;
    }

    private static bool ReadTesting(TagSpec part, Reading reading)
    {
        if (!part.HasValue("y") && !part.HasValue("n"))
            reading.Value(part, DmarcChecks.TestingInvalid, "it takes y or n", "dmarc-yorn");

        return part.HasValue("y");
    }

    // "0" and "1" exclude each other; each option at most once.
    private static DmarcFailureOption[]? ReadFailureOptions(TagSpec part, Reading reading)
    {
        var options = new List<DmarcFailureOption>();
        foreach (string word in part.Value.Split(':'))
        {
            DmarcFailureOption? option = word switch
            {
                "0" => DmarcFailureOption.AllFail,
                "1" => DmarcFailureOption.AnyFails,
                "d" or "D" => DmarcFailureOption.Dkim,
                "s" or "S" => DmarcFailureOption.Spf,
                _ => null,
            };
            bool clash = option is DmarcFailureOption.AllFail or DmarcFailureOption.AnyFails
                && options.Exists(other => other is DmarcFailureOption.AllFail or DmarcFailureOption.AnyFails);
            if (option is null || clash || options.Contains(option.Value))
            {
                reading.Value(part, DmarcChecks.FailureOptionsInvalid, "it takes 0 or 1, and d and s, each once and separated by colons", "dmarc-fo");
                return null;
            }

            options.Add(option.Value);
        }

        return options.ToArray();
    }

    private static TextFault VersionFault(string text)
    {
        int end = text.IndexOf(';');
        string first = end < 0 ? text : text.Substring(0, end);
        return new TextFault(
            DmarcChecks.Version,
            "A DMARC record begins with v=DMARC1 in capitals and a semicolon; this one begins with " + PrintableText.Quote(first) + " and is ignored.",
            0,
            first.Length,
            "RFC 9989 section 4.8, dmarc-version") { Part = DmarcTags.Version, Fragment = first };
    }

    // White space around a part is cut by the splitter; a line break there is no WSP of this grammar, though.
    private static int IndexOfForbidden(string text, TagSpec part)
    {
        // dmarc-urilist has WSP around its commas, though dmarc-value has no tab: "no DMARC" would be the wrong half.
        bool isList = part.HasName(DmarcTags.AggregateReports) || part.HasName(DmarcTags.FailureReports);
        for (int i = part.Offset; i < text.Length && text[i] != ';'; i++)
        {
            char c = text[i];
            bool fits = (c >= 0x20 && c <= 0x7E) || (c == '\t' && (isList || i < part.ValueOffset || i >= part.ValueEnd));
            if (!fits) return i;
        }

        return -1;
    }

    // A character beyond either end makes its difference, and so the sign of the sum of bits, negative; without a branch for each.
    private static bool IsAllPrintable(string text)
    {
        int bits = 0;
        foreach (char c in text)
            bits |= (c - ' ') | ('~' - c);

        return bits >= 0;
    }

    private static bool Take(string text, ref int index, string literal)
    {
        int start = index;
        int i = 0;
        while (i < literal.Length && start + i < text.Length && text[start + i] == literal[i])
            i++;

        index += i == literal.Length ? i : 0;
        return i == literal.Length;
    }

    private static void SkipWhiteSpace(string text, ref int index)
    {
        while (index < text.Length && (text[index] == ' ' || text[index] == '\t'))
            index++;
    }

    /// <summary>What has been read so far.</summary>
    private sealed class Reading(string text, bool hasVersion)
    {
        private int _known;
        private HashSet<string>? _others;

        public DmarcRecord Record { get; } = new(text, hasVersion);

        /// <summary>True where the whole text has no character that a value could not have, so that none has to be looked for in each.</summary>
        public bool IsPrintable { get; } = IsAllPrintable(text);

        public List<TextFault> Faults => Record.Faults;

        /// <summary>False where a tag of that name has been read before.</summary>
        /// <param name="known">The place of its name among the known ones, or -1.</param>
        /// <param name="part">The tag.</param>
        public bool IsNew(int known, TagSpec part)
        {
            if (known < 0) return (_others ??= new HashSet<string>(StringComparer.Ordinal)).Add(part.Name);

            bool isNew = (_known & (1 << known)) == 0;
            _known |= 1 << known;
            return isNew;
        }

        public void Fault(CheckDefinition check, TagSpec part, string message, string rule) =>
            Faults.Add(new TextFault(check, message, part.Offset, part.Length, rule) { Part = part.HasEquals ? part.Name.ToLowerInvariant() : string.Empty, Fragment = part.Value });

        public void Value(TagSpec part, CheckDefinition check, string allowed, string rule) => Faults.Add(new TextFault(
            check,
            part.Name + "=" + PrintableText.Escape(part.Value) + " is wrong: " + allowed + ".",
            part.ValueOffset,
            part.Value.Length,
            "RFC 9989 section 4.8, " + rule) { Part = part.Name, Fragment = part.Value });
    }
}

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

    // The places of the names of each length, up to the longest, adkim.
    private static readonly int[][] s_byLength = GroupByLength(DkimAlignment.Length);

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

    private static int[][] GroupByLength(int longest)
    {
        var places = new int[longest + 1][];
        for (int length = 0; length <= longest; length++)
        {
            var found = new List<int>();
            for (int i = 0; i < s_known.Length; i++)
            {
                if (s_known[i].Length == length) found.Add(i);
            }

            places[length] = found.ToArray();
        }

        return places;
    }
}
