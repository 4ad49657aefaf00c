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
        if (!(Take(text, ref i, "v") || Take(text, ref i, "V")))
        {
            return false;
        }

        SkipWhiteSpace(text, ref i);
        if (!Take(text, ref i, "="))
        {
            return false;
        }

        SkipWhiteSpace(text, ref i);
        if (!Take(text, ref i, "DMARC1"))
        {
            return false;
        }

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
        var reading = new Reading();
        bool hasVersion = IsDmarc(text);
        if (!hasVersion)
        {
            reading.Faults.Add(VersionFault(text));
        }

        IReadOnlyList<TagSpec> parts = TagList.Split(text);
        for (int i = 0; i < parts.Count; i++)
        {
            bool isVersion = i == 0 && hasVersion;
            ReadPart(text, parts[i], isVersion, reading);
        }

        return new DmarcRecord(text, hasVersion, reading.Tags, reading.Faults, reading.Values);
    }

    private static void ReadPart(string text, TagSpec part, bool isVersion, Reading reading)
    {
        if (part.Length == 0)
        {
            if (text.Length > 0)
            {
                reading.Fault(DmarcFaultKind.EmptyPart, part, "Nothing stands between two semicolons.", RecordRule);
            }

            return;
        }

        if (!part.HasEquals || !IsTagName(part.Name))
        {
            string fragment = text.Substring(part.Offset, part.Length);
            reading.Faults.Add(new DmarcFault(
                DmarcFaultKind.Junk,
                string.Empty,
                fragment,
                PrintableText.Quote(fragment) + " is not a tag=value.",
                part.Offset,
                part.Length,
                TagRule));
            return;
        }

        if (!isVersion)
        {
            ReadTag(text, part, reading);
        }
        else
        {
            reading.Names.Add(DmarcTags.Version);
            reading.Tags.Add(ToTag(part));
        }
    }

    private static void ReadTag(string text, TagSpec part, Reading reading)
    {
        string lower = part.Name.ToLowerInvariant();
        bool known = DmarcTags.IsCurrent(lower) || DmarcTags.IsRemoved(lower);
        if (known && !string.Equals(lower, part.Name, StringComparison.Ordinal))
        {
            // Names are case-sensitive (RFC 6376 section 3.2), so this is an unknown tag to a strict reader.
            reading.Fault(DmarcFaultKind.TagCase, part, "The tag " + part.Name + "= is not written in lower case; readers that keep to the letter ignore it.", "RFC 6376 section 3.2");
            reading.Tags.Add(ToTag(part));
            return;
        }

        if (!reading.Names.Add(part.Name))
        {
            reading.Fault(DmarcFaultKind.Duplicate, part, "The tag " + part.Name + "= stands twice; readers differ in which they take.", "RFC 6376 section 3.2");
            reading.Tags.Add(ToTag(part));
            return;
        }

        reading.Tags.Add(ToTag(part));
        if (part.Value.Length == 0)
        {
            reading.Fault(DmarcFaultKind.EmptyValue, part, "The tag " + part.Name + "= has no value.", TagRule);
            return;
        }

        int odd = IndexOfForbidden(text, part);
        if (odd >= 0)
        {
            reading.Faults.Add(new DmarcFault(
                DmarcFaultKind.CharacterSet,
                lower,
                part.Value,
                "The value of " + part.Name + "= holds " + PrintableText.Quote(text[odd].ToString()) + ", which no DMARC value may hold.",
                odd,
                1,
                "RFC 9989 section 4.8, dmarc-value"));
            return;
        }

        ReadValue(part, reading);
    }

    private static void ReadValue(TagSpec part, Reading reading)
    {
        DmarcValues values = reading.Values;
        switch (part.Name)
        {
            case DmarcTags.Version:
                reading.Value(part, "v= must be the first tag and its value DMARC1 in that case", "dmarc-version");
                break;
            case DmarcTags.Policy:
                values.Policy = ReadPolicy(part, reading);
                break;
            case DmarcTags.SubdomainPolicy:
                values.SubdomainPolicy = ReadPolicy(part, reading);
                break;
            case DmarcTags.NonexistentPolicy:
                values.NonexistentSubdomainPolicy = ReadPolicy(part, reading);
                break;
            case DmarcTags.DkimAlignment:
                values.DkimAlignment = ReadAlignment(part, reading);
                break;
            case DmarcTags.SpfAlignment:
                values.SpfAlignment = ReadAlignment(part, reading);
                break;
            case DmarcTags.AggregateReports:
                values.AggregateReportUri = DmarcReportUriReader.Read(part.Name, part.Value, part.ValueOffset, reading.Faults);
                break;
            case DmarcTags.FailureReports:
                values.FailureReportUri = DmarcReportUriReader.Read(part.Name, part.Value, part.ValueOffset, reading.Faults);
                break;
            case DmarcTags.FailureOptions:
                values.FailureOption = ReadFailureOptions(part, reading) ?? values.FailureOption;
                break;
            case DmarcTags.PublicSuffix:
                values.PublicSuffix = ReadPublicSuffix(part, reading);
                break;
            case DmarcTags.Testing:
                values.Testing = ReadTesting(part, reading);
                break;
            default:
                // Unknown and removed tags are ignored (RFC 9989 section 4.7).
                break;
        }
    }

    private static DmarcPolicy? ReadPolicy(TagSpec part, Reading reading)
    {
        DmarcPolicy? policy = DmarcTags.ReadPolicy(part.Value);
        if (policy is null)
        {
            reading.Value(part, "it takes none, quarantine or reject", "dmarc-request");
        }

        return policy;
    }

    private static DmarcAlignmentMode ReadAlignment(TagSpec part, Reading reading)
    {
        if (DmarcTags.Is(part.Value, "s"))
        {
            return DmarcAlignmentMode.Strict;
        }

        if (!DmarcTags.Is(part.Value, "r"))
        {
            reading.Value(part, "it takes r or s", "dmarc-rors");
        }

        return DmarcAlignmentMode.Relaxed;
    }

    private static DmarcPublicSuffix ReadPublicSuffix(TagSpec part, Reading reading)
    {
        if (DmarcTags.Is(part.Value, "y"))
        {
            return DmarcPublicSuffix.Yes;
        }

        if (DmarcTags.Is(part.Value, "n"))
        {
            return DmarcPublicSuffix.No;
        }

        if (!DmarcTags.Is(part.Value, "u"))
        {
            reading.Value(part, "it takes y, n or u", "dmarc-psd");
        }

        return DmarcPublicSuffix.Unspecified;
    }

    private static bool ReadTesting(TagSpec part, Reading reading)
    {
        if (!DmarcTags.Is(part.Value, "y") && !DmarcTags.Is(part.Value, "n"))
        {
            reading.Value(part, "it takes y or n", "dmarc-yorn");
        }

        return DmarcTags.Is(part.Value, "y");
    }

    // "0" and "1" exclude each other; each option at most once.
    private static IReadOnlyList<DmarcFailureOption>? ReadFailureOptions(TagSpec part, Reading reading)
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
                reading.Value(part, "it takes 0 or 1, and d and s, each once and separated by colons", "dmarc-fo");
                return null;
            }

            options.Add(option.Value);
        }

        return options;
    }

    private static DmarcFault VersionFault(string text)
    {
        int end = text.IndexOf(';');
        string first = end < 0 ? text : text.Substring(0, end);
        return new DmarcFault(
            DmarcFaultKind.Version,
            DmarcTags.Version,
            first,
            "A DMARC record begins with v=DMARC1, in that case; this one begins with " + PrintableText.Quote(first) + " and is ignored.",
            0,
            first.Length,
            "RFC 9989 section 4.8, dmarc-version");
    }

    // White space around a part is cut by the splitter; a line break there is no WSP of this grammar, though.
    private static int IndexOfForbidden(string text, TagSpec part)
    {
        int end = part.Offset + part.Length;
        while (end < text.Length && text[end] != ';')
        {
            end++;
        }

        for (int i = part.Offset; i < end; i++)
        {
            char c = text[i];
            bool inValue = i >= part.ValueOffset && i < part.ValueOffset + part.Value.Length;

            // dmarc-urilist has WSP around its commas, though dmarc-value has no tab: "no DMARC" would be the wrong half.
            bool isList = part.Name is DmarcTags.AggregateReports or DmarcTags.FailureReports;
            bool fits = (c >= 0x20 && c <= 0x7E) || (c == '\t' && (!inValue || isList));
            if (!fits)
            {
                return i;
            }
        }

        return -1;
    }

    private static DmarcTag ToTag(TagSpec part) => new(part.Name, part.Value, part.Offset, part.Length, part.ValueOffset);

    private static bool IsTagName(string name)
    {
        foreach (char c in name)
        {
            if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')))
            {
                return false;
            }
        }

        return name.Length > 0;
    }

    private static bool Take(string text, ref int index, string literal)
    {
        if (string.CompareOrdinal(text, index, literal, 0, literal.Length) != 0)
        {
            return false;
        }

        index += literal.Length;
        return true;
    }

    private static void SkipWhiteSpace(string text, ref int index)
    {
        while (index < text.Length && (text[index] == ' ' || text[index] == '\t'))
        {
            index++;
        }
    }

    /// <summary>What has been read so far.</summary>
    private sealed class Reading
    {
        public List<DmarcTag> Tags { get; } = new();

        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public List<DmarcFault> Faults { get; } = new();

        public DmarcValues Values { get; } = new();

        public void Fault(DmarcFaultKind kind, TagSpec part, string message, string rule) =>
            Faults.Add(new DmarcFault(kind, part.HasEquals ? part.Name.ToLowerInvariant() : string.Empty, part.Value, message, part.Offset, part.Length, rule));

        public void Value(TagSpec part, string allowed, string rule) => Faults.Add(new DmarcFault(
            DmarcFaultKind.Value,
            part.Name,
            part.Value,
            part.Name + "=" + PrintableText.Escape(part.Value) + " is wrong: " + allowed + ".",
            part.ValueOffset,
            part.Value.Length,
            "RFC 9989 section 4.8, " + rule));
    }
}

/// <summary>One place where a DMARC text breaks its grammar.</summary>
internal sealed class DmarcFault(DmarcFaultKind kind, string tag, string fragment, string message, int offset, int length, string rule)
{
    public DmarcFaultKind Kind { get; } = kind;

    /// <summary>Name of the tag in lower case; empty where the part is none.</summary>
    public string Tag { get; } = tag;

    /// <summary>The offending text as it stands, not escaped.</summary>
    public string Fragment { get; } = fragment;

    /// <summary>What is wrong, with foreign text escaped.</summary>
    public string Message { get; } = message;

    public int Offset { get; } = offset;

    public int Length { get; } = length;

    /// <summary>The rule that is broken.</summary>
    public string Rule { get; } = rule;

    public RecordParseException ToException(string text) => new(Message, text, Offset, Length, Rule);
}

/// <summary>How a DMARC text breaks RFC 9989 section 4.8.</summary>
internal enum DmarcFaultKind
{
    /// <summary>The text does not begin with v=DMARC1: it is no DMARC record at all.</summary>
    Version,

    /// <summary>A part between semicolons is no tag=value.</summary>
    Junk,

    /// <summary>Nothing stands between two semicolons.</summary>
    EmptyPart,

    /// <summary>A tag without a value.</summary>
    EmptyValue,

    /// <summary>A character outside %x20-3A / %x3C-7E.</summary>
    CharacterSet,

    /// <summary>A tag stands twice.</summary>
    Duplicate,

    /// <summary>A known tag's name is not in lower case (RFC 6376 section 3.2).</summary>
    TagCase,

    /// <summary>The value is none of those that the tag takes.</summary>
    Value,

    /// <summary>A report address without a scheme.</summary>
    UriScheme,

    /// <summary>A "," or "!" or ";" that belongs to a URI is not percent-encoded.</summary>
    UriEncoding,

    /// <summary>A report address that is no URI, or a mailto: without an address.</summary>
    UriSyntax,
}

/// <summary>The values of a record's tags while it is being read; they start as the defaults of RFC 9989 section 4.7.</summary>
internal sealed class DmarcValues
{
    public DmarcPolicy? Policy { get; set; }

    public DmarcPolicy? SubdomainPolicy { get; set; }

    public DmarcPolicy? NonexistentSubdomainPolicy { get; set; }

    public DmarcAlignmentMode DkimAlignment { get; set; }

    public DmarcAlignmentMode SpfAlignment { get; set; }

    public IReadOnlyList<DmarcReportUri> AggregateReportUri { get; set; } = Array.Empty<DmarcReportUri>();

    public IReadOnlyList<DmarcReportUri> FailureReportUri { get; set; } = Array.Empty<DmarcReportUri>();

    public IReadOnlyList<DmarcFailureOption> FailureOption { get; set; } = new[] { DmarcFailureOption.AllFail };

    public DmarcPublicSuffix PublicSuffix { get; set; }

    public bool Testing { get; set; }
}
