namespace MailDns.Dkim;

/// <summary>
/// Reads a DKIM key record to the letter of RFC 6376 sections 3.2 and 3.6.1. Names and values of tags are case-sensitive;
/// unknown tags are ignored; one tag twice makes the whole list invalid.
/// </summary>
internal static class DkimKeyParser
{
    private const string TagListRule = "RFC 6376 section 3.2, tag-list";
    private const string KnownTags = "vhknpstg";

    private static readonly char[] s_lineBreaks = { '\r', '\n' };

    /// <summary>The record, or the first fault of its text as an exception.</summary>
    /// <exception cref="RecordParseException">The text breaks the grammar.</exception>
    public static DkimKeyRecord Parse(string text)
    {
        DkimKeyReading reading = Read(text);
        TextFault? fault = reading.Faults.FirstOrDefault(IsGrammatical);
        return fault is null
            ? reading.Record
            : throw new RecordParseException(fault.Message + ".", text, fault.Offset, fault.Length, fault.Rule);
    }

    /// <summary>Makes the best of any text, and lists all its faults.</summary>
    public static DkimKeyReading Read(string text)
    {
        var faults = new List<TextFault>();
        var tags = new Dictionary<string, TagSpec>(StringComparer.Ordinal);
        var extensions = new List<KeyValuePair<string, string>>();
        bool first = true;
        foreach (TagSpec tag in TagList.Split(text))
        {
            if (!CheckTag(tag, faults)) continue;

            if (tags.ContainsKey(tag.Name))
            {
                faults.Add(new TextFault(DkimChecks.TagDuplicate, "The tag " + tag.Name + "= is given more than once, which makes the whole record invalid", tag.Offset, tag.Length, TagListRule));
                continue;
            }

            tags.Add(tag.Name, tag);
            CheckVersion(tag, first, faults);
            first = false;
            if (tag.Name.Length != 1 || KnownTags.IndexOf(tag.Name[0]) < 0)
            {
                extensions.Add(new KeyValuePair<string, string>(tag.Name, tag.Value));
                faults.Add(UnknownTag(tag));
            }
        }

        CheckLineBreaks(text, faults);
        DkimKeyRecord record = BuildRecord(text, tags, extensions, faults);
        return new DkimKeyReading(text, record, faults.OrderBy(fault => fault.Offset).ToArray());
    }

    // FWS = [*WSP CRLF] 1*WSP (section 2.8): a line break is white space only as CR LF with more white space behind it.
    private static void CheckLineBreaks(string text, List<TextFault> faults)
    {
        int at = text.IndexOfAny(s_lineBreaks);
        while (at >= 0)
        {
            bool folds = text[at] == '\r' && at + 2 < text.Length && text[at + 1] == '\n' && text[at + 2] is ' ' or '\t';
            if (!folds)
            {
                if (!faults.Exists(fault => fault.Offset == at))
                {
                    faults.Add(new TextFault(DkimChecks.Syntax, "The record has a line break that is not CR LF with white space behind it", at, 1, "RFC 6376 section 2.8, FWS"));
                }

                return;
            }

            at = text.IndexOfAny(s_lineBreaks, at + 2);
        }
    }

    // What only merits a remark is no fault of the grammar: unknown tags are to be ignored (RFC 6376 section 3.2).
    private static bool IsGrammatical(TextFault fault) => fault.Check.Severity == CheckSeverity.Error;

    private static bool CheckTag(TagSpec tag, List<TextFault> faults)
    {
        string? message = null;
        if (tag.Length == 0)
            message = "There is nothing between two semicolons";
        else if (!tag.HasEquals)
            message = PrintableText.Quote(Shorten(tag.Name)) + " is not a tag=value";
        else if (!IsTagName(tag.Name))
            message = PrintableText.Quote(Shorten(tag.Name)) + " is not a name of a tag (a letter, then letters, digits and \"_\")";

        if (message is not null)
        {
            faults.Add(new TextFault(DkimChecks.Syntax, message, tag.Offset, tag.Length, TagListRule));
            return false;
        }

        CheckValue(tag, faults);
        return true;
    }

    // tval is %x21-3A / %x3C-7E; white space is SP and HTAB, and CR LF only where white space follows (section 2.8, FWS).
    [System.Runtime.CompilerServices.MethodImpl(CompiledOnce.Loop)]
    private static void CheckValue(TagSpec tag, List<TextFault> faults)
    {
        string value = tag.Value;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if ((c > ' ' && c < '\x7F') || c == ' ' || c == '\t') continue;

            bool folds = c == '\r' && i + 2 < value.Length && value[i + 1] == '\n' && (value[i + 2] == ' ' || value[i + 2] == '\t');
            if (folds)
            {
                i++;
                continue;
            }

            // The key data has a check of its own, which names the character too.
            if (tag.Name != "p")
            {
                string message = "The value of " + tag.Name + "= contains the character " + PrintableText.Quote(c.ToString()) + ", which is not printable ASCII";
                faults.Add(new TextFault(DkimChecks.Syntax, message, tag.ValueOffset + i, 1, "RFC 6376 section 3.2, tag-value"));
            }

            return;
        }
    }

    private static void CheckVersion(TagSpec tag, bool first, List<TextFault> faults)
    {
        if (tag.Name != "v") return;

        const string rule = "RFC 6376 section 3.6.1, key-v-tag";
        if (tag.Value != "DKIM1")
        {
            string message = tag.Value.StartsWith("spf1", StringComparison.OrdinalIgnoreCase)
                ? "This is an SPF record, which belongs to the domain itself and not to a selector; verifiers discard it"
                : "The version is " + PrintableText.Quote(tag.Value) + " and has to be DKIM1 exactly; verifiers must discard the record";
            faults.Add(new TextFault(DkimChecks.Version, message, tag.ValueOffset, tag.Value.Length, rule));
        }

        if (!first)
            faults.Add(new TextFault(DkimChecks.VersionNotFirst, "The version v= is not the first tag", tag.Offset, tag.Length, rule));
    }

    private static DkimKeyRecord BuildRecord(
        string text,
        Dictionary<string, TagSpec> tags,
        List<KeyValuePair<string, string>> extensions,
        List<TextFault> faults)
    {
        var record = new DkimKeyRecord
        {
            Version = ValueOf(tags, "v"),
            KeyTypeTag = ReadName(tags, "k", faults),
            HashAlgorithms = ReadList(tags, "h", faults),
            ServiceTypes = ReadList(tags, "s", faults),
            Flags = ReadList(tags, "t", faults) ?? Array.Empty<string>(),
            NoteTag = ReadNote(tags, faults),
            Granularity = ValueOf(tags, "g"),
            KeyData = ValueOf(tags, "p"),
            Extensions = extensions,
        };
        return record with { Key = ReadKey(text, tags, faults) };
    }

    private static string? ValueOf(Dictionary<string, TagSpec> tags, string name) =>
        tags.TryGetValue(name, out TagSpec? tag) ? tag.Value : null;

    private static string? ReadName(Dictionary<string, TagSpec> tags, string name, List<TextFault> faults)
    {
        if (!tags.TryGetValue(name, out TagSpec? tag)) return null;

        if (!IsHyphenatedWord(tag.Value))
        {
            string message = "The value " + PrintableText.Quote(tag.Value) + " of " + name + "= is not a name";
            faults.Add(new TextFault(DkimChecks.Syntax, message, tag.ValueOffset, tag.Value.Length, "RFC 6376 section 3.6.1, key-" + name + "-tag"));
        }

        return tag.Value;
    }

    // A colon-separated list, with white space around its items (RFC 6376 section 3.6.1).
    private static string[]? ReadList(Dictionary<string, TagSpec> tags, string name, List<TextFault> faults)
    {
        if (!tags.TryGetValue(name, out TagSpec? tag)) return null;

        string[] items = tag.Value.Split(':').Select(item => item.Trim(' ', '\t', '\r', '\n')).ToArray();
        string? odd = Array.Find(items, item => !IsHyphenatedWord(item) && !(name == "s" && item == "*"));
        if (odd is not null)
        {
            string message = odd.Length == 0
                ? "The list " + name + "= has an empty item"
                : "The item " + PrintableText.Quote(odd) + " of " + name + "= is not a name";
            faults.Add(new TextFault(DkimChecks.Syntax, message, tag.ValueOffset, tag.Value.Length, "RFC 6376 section 3.6.1, key-" + name + "-tag"));
        }

        return items;
    }

    private static string? ReadNote(Dictionary<string, TagSpec> tags, List<TextFault> faults)
    {
        if (!tags.TryGetValue("n", out TagSpec? tag)) return null;

        if (!QuotedPrintable.TryDecode(tag.Value, out _, out int offset))
        {
            faults.Add(new TextFault(
                DkimChecks.NoteEncoding,
                "The note n= is not quoted-printable text: \"=\" has to be followed by two hexadecimal digits",
                tag.ValueOffset + offset,
                1,
                "RFC 2045 section 6.7, qp-section"));
        }

        return tag.Value;
    }

    private static DkimPublicKey? ReadKey(string text, Dictionary<string, TagSpec> tags, List<TextFault> faults)
    {
        const string rule = "RFC 6376 section 3.6.1, key-p-tag";
        if (!tags.TryGetValue("p", out TagSpec? tag))
        {
            string message = "There is no p= tag, and it is required";
            if (tags.ContainsKey("P")) message += "; the name P= is in the wrong case";

            faults.Add(new TextFault(DkimChecks.KeyDataMissing, message, text.Length, 0, rule));
            return null;
        }

        if (tag.Value.Length == 0) return null;

        if (Base64Text.TryDecode(tag.Value, out byte[] octets, out string problem, out int offset))
            return DkimPublicKey.Read(octets);

        faults.Add(new TextFault(
            DkimChecks.KeyDataBase64,
            "The key data p= is not base64: " + problem,
            tag.ValueOffset + offset,
            offset < tag.Value.Length ? 1 : 0,
            rule));
        return null;
    }

    private static TextFault UnknownTag(TagSpec tag)
    {
        string message = "The tag " + tag.Name + "= is not known and ignored";
        string lower = tag.Name.ToLowerInvariant();
        if (lower.Length == 1 && KnownTags.IndexOf(lower[0]) >= 0)
            message += "; names are case-sensitive, and " + lower + "= is meant";

        return new TextFault(DkimChecks.TagUnknown, message, tag.Offset, tag.Length, TagListRule);
    }

    // tag-name = ALPHA *ALNUMPUNC
    private static bool IsTagName(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || IsDigit(c) || c == '_');

    // hyphenated-word = ALPHA [ *(ALPHA / DIGIT / "-") (ALPHA / DIGIT) ]
    private static bool IsHyphenatedWord(string word) =>
        word.Length > 0 && IsLetter(word[0]) && word[word.Length - 1] != '-' && word.All(c => IsLetter(c) || IsDigit(c) || c == '-');

    private static bool IsLetter(char c) => (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

    private static bool IsDigit(char c) => c >= '0' && c <= '9';

    // Junk may be the rest of a key; a message needs no more of it than its beginning.
    private static string Shorten(string text) => text.Length <= 24 ? text : text.Substring(0, 24) + "...";
}

/// <summary>What a lenient reading of a key record made of its text: as much of the record as there is, and every fault.</summary>
internal sealed class DkimKeyReading(string text, DkimKeyRecord record, IReadOnlyList<TextFault> faults)
{
    /// <summary>The text as it was given.</summary>
    public string Text { get; } = text;

    public DkimKeyRecord Record { get; } = record;

    /// <summary>Faults of the grammar, in their order in the text.</summary>
    public IReadOnlyList<TextFault> Faults { get; } = faults;

    /// <summary>True for a text that is, or was meant to be, a key record: it has p=, or begins with a version of DKIM.</summary>
    public bool LooksLikeKey =>
        Record.KeyData is not null || (Record.Version?.StartsWith("DKIM", System.StringComparison.OrdinalIgnoreCase) ?? false);
}
