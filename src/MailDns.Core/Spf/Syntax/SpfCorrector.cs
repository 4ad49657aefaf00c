namespace MailDns.Spf;

/// <summary>
/// Writes a record anew as its author meant it: version, misspelt terms, missing spaces, host bits, duplicates. Every term
/// that a person can read in the text is in it with its qualifier; where that cannot be, there is no corrected record.
/// </summary>
internal static class SpfCorrector
{
    /// <summary>Most terms of a text that is corrected; a longer one is no slip of the hand.</summary>
    private const int MostTerms = 500;

    // What has to be followed by a value, so that a value on its own behind it belongs to it.
    private static readonly string[] s_needValue = { "include", "exists", "ip4", "ip6", "redirect", "exp" };

    /// <summary>The corrected text; null where a fault has no certain correction, or there is nothing to correct.</summary>
    /// <param name="reading">The record as read.</param>
    /// <param name="strings">The strings of the TXT record where they are known: their borders tell where spaces were meant.</param>
    /// <param name="doubt">What keeps the text from being corrected; null where nothing does.</param>
    public static string? TryCorrect(SpfReading reading, IReadOnlyList<string>? strings, out string? doubt)
    {
        doubt = null;
        foreach (Candidate candidate in Candidates(UnicodeName.InText(reading.Record.Source), strings?.Select(UnicodeName.InText).ToArray()))
        {
            if (Correct(candidate.Text, candidate.MayCut, out string? problem) is { } corrected)
            {
                doubt = null;
                return corrected == reading.Record.Source ? null : corrected;
            }

            doubt = problem;
        }

        return null;
    }

    // In the order of their certainty: the borders of strings say where spaces were; a text as it is; a text whose terms
    // stick together.
    private static IEnumerable<Candidate> Candidates(string text, IReadOnlyList<string>? strings)
    {
        IReadOnlyList<string> cleaned = strings is { Count: > 1 } ? strings.Select(PastedText.Clean).ToArray() : PastedText.Strings(text);
        IReadOnlyList<string> raw = strings is { Count: > 1 } ? strings : cleaned;
        if (raw.Count > 1 && IsSpaced(raw)) yield return new Candidate(string.Join(" ", cleaned), MayCut: false);

        string joined = raw.Count > 1 ? PastedText.Clean(string.Concat(raw)) : string.Concat(cleaned);
        yield return new Candidate(joined, MayCut: false);
        yield return new Candidate(joined, MayCut: true);
    }

    // A string of 255 octets was cut by a machine, not by a person.
    private static bool IsSpaced(IReadOnlyList<string> strings)
    {
        for (int i = 0; i < strings.Count - 1; i++)
        {
            string left = strings[i];
            string right = strings[i + 1];
            if (left.Length == 0 || right.Length == 0 || left.Length >= CharacterStrings.MaxOctets) return false;
        }

        return true;
    }

    private static string? Correct(string text, bool mayCut, out string? doubt)
    {
        List<string> words = Words(text);
        if (words.Count is 0 or > MostTerms || !TryTakeVersion(words, mayCut))
        {
            doubt = words.Count > MostTerms ? "it is too long" : "it does not begin with a version that can be recognised";
            return null;
        }

        var terms = new List<string>();
        foreach (string word in words)
        {
            if (SpfTermRepair.TryRepairAll(word) is not { } repaired)
            {
                doubt = "what " + PrintableText.Quote(word) + " is meant to be is not clear";
                return null;
            }

            terms.AddRange(repaired);
        }

        doubt = Contradiction(terms, out List<string> kept);
        string corrected = string.Join(" ", new[] { SpfRecord.Version }.Concat(kept));
        return doubt is null && SpfParser.TryParse(corrected, out _, out _) ? corrected : null;
    }

    // The words between spaces, and what a space inside a term cut apart put together again.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (string word in text.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries))
        {
            string last = words.Count == 0 ? string.Empty : words[words.Count - 1];
            string bareLast = last.TrimStart('+', '-', '~', '?');
            bool isOpen = last.Length > 0 && last[last.Length - 1] is ':' or '=' && (string.Equals(last.TrimEnd(':', '='), "v", StringComparison.OrdinalIgnoreCase) || SpfTermRepair.IsName(bareLast.TrimEnd(':', '=')));
            bool isSign = last.Length == 1 && bareLast.Length == 0 && IsAllWord(word);
            if (isOpen || isSign || (last.Length > 0 && word[0] is ':' or '=' or '/'))
                words[words.Count - 1] = last + word;
            else if (s_needValue.Contains(bareLast, StringComparer.OrdinalIgnoreCase) && words.Count > 1)
                words[words.Count - 1] = last + ":" + word;
            else
                words.Add(word);
        }

        return words;
    }

    private static bool IsAllWord(string word) => string.Equals(word.TrimEnd('.', ';', ','), "all", StringComparison.OrdinalIgnoreCase);

    // v=spf1 with what surrounds it: v:spf1, v=spf1; and, where terms may stick together, v=spf1-all.
    private static bool TryTakeVersion(List<string> words, bool mayCut)
    {
        int length = SpfVersionText.Length(words[0]);
        if (length == 0) return false;

        string rest = words[0].Substring(length);
        string bare = rest.TrimStart(';', ',', ':', '|', '.');
        if (bare.Length == rest.Length && bare.Length > 0 && !mayCut) return false;

        words.RemoveAt(0);
        if (bare.Length > 0) words.Insert(0, bare);

        return true;
    }

    // Only equal terms are duplicates. Terms that contradict each other or are never reached have an author who meant
    // something else than the text says (RFC 7208 sections 5.1 and 6.1); nobody knows what.
    private static string? Contradiction(List<string> texts, out List<string> kept)
    {
        kept = new List<string>();
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        string? all = null;
        string? redirect = null;
        foreach (string text in texts)
        {
            SpfTerm term = SpfParser.ParseTerm(text);
            string key = term is SpfDirective directive ? directive.MechanismText : term is SpfModifier { Kind: not SpfModifierKind.Unknown } modifier ? modifier.Name : term.CanonicalText;
            if (seen.TryGetValue(key, out string? earlier))
            {
                if (earlier != term.CanonicalText)
                    return PrintableText.Quote(text) + " contradicts " + PrintableText.Quote(earlier);

                continue;
            }

            if (all is not null && term is SpfDirective)
                return PrintableText.Quote(text) + " is never reached after " + PrintableText.Quote(all) + ", and only its author knows whether it belongs before it";

            seen.Add(key, term.CanonicalText);
            kept.Add(text);
            all = IsAll(term) ? text : all;
            redirect = term is SpfModifier { Kind: SpfModifierKind.Redirect } ? text : redirect;
        }

        return all is not null && redirect is not null ? "it has both " + PrintableText.Quote(all) + " and " + PrintableText.Quote(redirect) : null;
    }

    private static bool IsAll(SpfTerm term) => term is SpfDirective { Mechanism: SpfMechanism.All };

    private readonly record struct Candidate(string Text, bool MayCut);
}

/// <summary>How people write the version of an SPF record (RFC 7208 section 4.5).</summary>
internal static class SpfVersionText
{
    private static readonly string[] s_names = { "spf", "sfp" };

    /// <summary>Length of the version that the text begins with, right or wrong; 0 where it begins with none, or with Sender ID's.</summary>
    public static int Length(string text)
    {
        int position = 0;
        if (Is(text, 0, "v"))
        {
            position = 1;
            while (position < text.Length && text[position] is '=' or ':')
                position++;

            if (position == 1) position = 0;
        }

        string? name = Array.Find(s_names, candidate => Is(text, position, candidate));
        if (name is null) return 0;

        position += name.Length;
        int number = position;
        while (number < text.Length && text[number] is '-' or '_' or '.' or '=' or 'v' or 'V')
            number++;

        if (number < text.Length && text[number] is '1' or 'l' or 'I')
        {
            int end = number + 1;
            end = string.CompareOrdinal(text, end, ".0", 0, 2) == 0 ? end + 2 : end;

            // spf10 and spf1x are no version of SPF.
            return end < text.Length && text[end] is >= '0' and <= '9' ? 0 : end;
        }

        // "v=spf" alone.
        return position == text.Length && position > name.Length ? position : 0;
    }

    private static bool Is(string text, int start, string word) => string.Compare(text, start, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;
}

/// <summary>What somebody meant by a term that is none, where that is beyond doubt: ipv4: for ip4:, include= for include:.</summary>
internal static class SpfTermRepair
{
    private static readonly string[] s_names = { "include", "redirect", "exists" };

    private static readonly Dictionary<string, string> s_aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ip"] = "ip",
        ["ipv4"] = "ip",
        ["ipv6"] = "ip",
        ["ip4"] = "ip",
        ["ip6"] = "ip",
        ["includes"] = "include",
        ["incl"] = "include",
        ["redir"] = "redirect",
        ["exist"] = "exists",
        ["include"] = "include",
        ["redirect"] = "redirect",
        ["exists"] = "exists",
        ["exp"] = "exp",
        ["a"] = "a",
        ["mx"] = "mx",
        ["ptr"] = "ptr",
        ["all"] = "all",
    };

    // A wider network with host bits has a wrong prefix length, not wrong bits (RFC 7208 section 5.6).
    private const int BroadestIPv4 = 16;
    private const int BroadestIPv6 = 32;

    // What begins a term and can stand in no other, so that terms without a space between them can be told apart.
    private static readonly string[] s_starts = { "include:", "exists:", "redirect=", "ip4:", "ip6:", "v=spf1", "v=sfp1" };

    /// <summary>
    /// The terms that a word between spaces stands for, each right; null where it is not clear what was meant. A version is
    /// none. Terms that stick together are cut apart.
    /// </summary>
    public static IReadOnlyList<string>? TryRepairAll(string word)
    {
        string bare = word.Trim('"', '\'', ';', ',', '|');
        int version = SpfVersionText.Length(bare);
        if (bare.Length == 0 || version == bare.Length) return Array.Empty<string>();

        // A second record that was pasted behind the first.
        if (version > 0 && bare[1] is '=' or ':')
            return TryRepairAll(bare.Substring(version).TrimStart(';', ',', ':', '|', '.'));

        string[] parts = Cut(bare, IndexOfSeparator);
        SpfTerm? term = Read(bare);
        if (parts.Length > 1) return RepairEach(parts);

        string[] pieces = Cut(bare, IndexOfTerm);
        if (pieces.Length > 1 && IsDoubtful(pieces)) return null;
        if (pieces.Length > 1 && RepairEach(pieces) is { } separate) return separate;

        string? one = term switch
        {
            SpfModifier { Kind: SpfModifierKind.Unknown, Name: "v" or "V" } => null,
            SpfModifier { Kind: SpfModifierKind.Unknown } modifier => IsDisguisedMechanism(modifier) ? TryRepair(bare) : HoldsName(modifier.Name) ? null : bare,
            SpfDirective { IsNetwork: true } network => WithoutHostBits(network),
            null => TryRepair(bare),
            _ => HasDoubledSign(term) ? TryRepair(bare) : bare,
        };
        one = term is not SpfDirective && one is not null && Read(one) is SpfDirective { IsNetwork: true } repaired ? WithoutHostBits(repaired) : one;
        return one is null ? null : new[] { one };
    }

    // "ainclude:" is a slip for include: as well as a and include:.
    private static bool IsDoubtful(string[] pieces) =>
        string.Equals(pieces[0].TrimStart('+', '-', '~', '?'), "a", StringComparison.OrdinalIgnoreCase) && pieces[1].IndexOf("all", StringComparison.OrdinalIgnoreCase) != 1;

    private static List<string>? RepairEach(string[] parts)
    {
        var terms = new List<string>();
        foreach (string part in parts)
        {
            if (TryRepairAll(part) is not { } repaired) return null;

            terms.AddRange(repaired);
        }

        return terms;
    }

    // "redirect==name" is right by the grammar, and leads to a name that nobody has.
    private static bool HasDoubledSign(SpfTerm term)
    {
        MacroString? spec = term is SpfModifier modifier ? modifier.Value : ((SpfDirective)term).DomainSpec;
        return spec is { Text.Length: > 0 } && spec.Text[0] is '=' or ':';
    }

    // "ainclude=name" is an unknown modifier by the grammar, and two terms or a slip to the eye.
    private static bool HoldsName(string name) =>
        Array.Exists(s_names, known => name.IndexOf(known, StringComparison.OrdinalIgnoreCase) >= 0) || NearestName.Find(name, s_names) is not null
        || name.IndexOf("ip4", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf("ip6", StringComparison.OrdinalIgnoreCase) >= 0;

    private static SpfTerm? Read(string text)
    {
        var reader = new SpfTermReader(text, 0, text.Length);
        return reader.Read();
    }

    // Separators of lists; inside a macro they are delimiters (RFC 7208 section 7.1).
    private static int IndexOfSeparator(string text, int start)
    {
        bool isMacro = false;
        for (int i = 0; i < text.Length; i++)
        {
            isMacro = text[i] == '{' ? i > 0 && text[i - 1] == '%' : isMacro && text[i] != '}';
            if (i >= start && !isMacro && text[i] is ',' or ';' or '|') return i;
        }

        return -1;
    }

    // Where the next term begins in terms that stick together. No top-level domain but those of IDNA has a hyphen, so
    // "com-all" is two words (RFC 5890 section 2.3.1).
    private static int IndexOfTerm(string text, int start)
    {
        for (int i = start; i < text.Length; i++)
        {
            bool isAll = text[i] is '-' or '~' or '?' or '+'
                && string.Equals(text.Substring(i + 1).TrimEnd('.'), "all", StringComparison.OrdinalIgnoreCase)
                && i > 0;
            if (isAll) return i;

            // A label may end in "ip4" or "include", but no name has a ":" or "=".
            string? found = Array.Find(s_starts, name => string.Compare(text, i, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) == 0);
            if (found is not null) return i > start && text[i - 1] is '-' or '~' or '?' or '+' ? i - 1 : i;
        }

        return -1;
    }

    private static string[] Cut(string text, Func<string, int, int> find)
    {
        var parts = new List<string>();
        int start = 0;
        int next = find(text, text[0] is '-' or '~' or '?' or '+' ? 2 : 1);
        while (next > start)
        {
            parts.Add(text.Substring(start, next - start));
            start = next;
            next = find(text, Math.Min(text.Length, start + (text[start] is '-' or '~' or '?' or '+' ? 2 : 1)));
        }

        parts.Add(text.Substring(start));
        return parts.ToArray();
    }

    private static string? WithoutHostBits(SpfDirective directive)
    {
        AddressBits network = directive.NetworkBits.Network(directive.PrefixLength);
        if (network.Equals(directive.NetworkBits)) return directive.Text;

        bool isMeant = directive.PrefixLength >= (directive.Mechanism == SpfMechanism.Ip6 ? BroadestIPv6 : BroadestIPv4);
        return isMeant
            ? SpfDirective.QualifierText(directive.Qualifier) + directive.MechanismName + ":" + network + "/" + directive.PrefixLength
            : null;
    }

    /// <summary>The right term; null where it is not clear what was meant.</summary>
    public static string? TryRepair(string term)
    {
        string bare = term.TrimEnd(';', ',', '"', '.');
        int nameStart = bare.Length > 0 && bare[0] is '+' or '-' or '~' or '?' ? 1 : 0;
        string qualifier = bare.Substring(0, nameStart);
        string rest = bare.Substring(nameStart);
        string? repaired = RepairAddress(rest) ?? RepairName(rest);
        if (repaired is null) return null;

        bool isModifier = repaired.StartsWith("redirect=", StringComparison.Ordinal) || repaired.StartsWith("exp=", StringComparison.Ordinal);
        return Validate(isModifier ? repaired : qualifier + repaired);
    }

    /// <summary>True for a modifier that has the name of a mechanism: right by the grammar, and never what was meant.</summary>
    public static bool IsDisguisedMechanism(SpfModifier modifier) =>
        modifier.Kind == SpfModifierKind.Unknown && s_aliases.ContainsKey(modifier.Name);

    /// <summary>True for the name of a term, right or in one of its usual misspellings.</summary>
    public static bool IsName(string text) => s_aliases.ContainsKey(text);

    // An address alone.
    private static string? RepairAddress(string text)
    {
        if (text.Length == 0 || text.IndexOf('=') >= 0) return null;

        return Validate("ip4:" + text) ?? (text.IndexOf(':') > 0 || text.StartsWith("::", StringComparison.Ordinal) ? Validate("ip6:" + text) : null);
    }

    private static string? RepairName(string text)
    {
        int end = text.IndexOfAny(new[] { ':', '=' });
        string name = end < 0 ? text : text.Substring(0, end);
        if (!s_aliases.TryGetValue(name, out string? meant))
        {
            // Another first letter is another term that sticks to this one: "mxincludes:".
            meant = end < 0 ? null : NearestName.Find(name, s_names);
            meant = meant is not null && (name[0] | 0x20) == meant[0] ? meant : null;
        }

        if (meant is null) return null;

        string raw = end < 0 ? string.Empty : text.Substring(end + 1);
        string value = raw.TrimStart(':', '=');
        return meant switch
        {
            "ip" => Validate("ip4:" + value) ?? Validate("ip6:" + raw) ?? Validate("ip6:" + value),
            "redirect" or "exp" => meant + "=" + value,
            "all" => value.Length == 0 ? "all" : null,
            _ => value.Length == 0 ? meant : meant + ":" + value,
        };
    }

    private static string? Validate(string term)
    {
        if (term.Length == 0 || term.IndexOf(' ') >= 0) return null;

        var reader = new SpfTermReader(term, 0, term.Length);
        return reader.Read() is null ? null : term;
    }
}
