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
        foreach (Candidate candidate in Candidates(reading.Record.Source, strings))
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
                doubt = "what " + PrintableText.Quote(word) + " is meant to be cannot be told";
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
