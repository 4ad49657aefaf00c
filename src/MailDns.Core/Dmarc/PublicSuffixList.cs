namespace MailDns.Dmarc;

/// <summary>
/// The Public Suffix List (publicsuffix.org, "Format"), by which RFC 7489 section 3.2 finds Organizational Domains. Rules of
/// both its divisions count. RFC 9989 needs no list.
/// </summary>
internal sealed class PublicSuffixList
{
    // The list of 2026 has some 10,000 rules and 330,000 characters.
    private const int MaxLength = 16 * 1024 * 1024;

    private readonly HashSet<string> _rules = new(StringComparer.Ordinal);
    private readonly HashSet<string> _wildcards = new(StringComparer.Ordinal);
    private readonly HashSet<string> _exceptions = new(StringComparer.Ordinal);

    private PublicSuffixList()
    {
    }

    /// <summary>Reads the list: a rule a line, "//" begins a comment, a rule ends at white space.</summary>
    /// <exception cref="RecordParseException">A line is no rule, or the text holds none at all.</exception>
    public static PublicSuffixList Parse(string text)
    {
        if (text.Length > MaxLength)
            throw new RecordParseException("The text is too long for a Public Suffix List.", string.Empty, 0, 0, "publicsuffix.org, Format");

        var list = new PublicSuffixList();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            list.Add(line.TrimStart('\uFEFF', ' ', '\t'), number);
        }

        return list._rules.Count + list._wildcards.Count > 0
            ? list
            : throw new RecordParseException("The text contains no rule; is it the Public Suffix List?", string.Empty, 0, 0, "publicsuffix.org, Format");
    }

    /// <summary>The public suffix of a name: its longest matching rule; an unlisted top-level domain is one ("*" rule).</summary>
    public DomainName SuffixOf(DomainName name)
    {
        // From the longest suffix to the shortest, so that the first match is the longest; an exception comes before all.
        for (int count = name.LabelCount; count >= 1; count--)
        {
            DomainName suffix = name.LastLabels(count);
            if (_exceptions.Contains(suffix.Text)) return suffix.Parent;

            bool wildcard = count > 1 && _wildcards.Contains(suffix.Parent.Text);
            if (wildcard || _rules.Contains(suffix.Text)) return suffix;
        }

        return name.LastLabels(1);
    }

    /// <summary>True for a public suffix itself.</summary>
    public bool IsPublicSuffix(DomainName name) => SuffixOf(name).Equals(name);

    /// <summary>The Organizational Domain of RFC 7489 section 3.2: one label below the suffix; the name itself where it is a suffix.</summary>
    public DomainName OrganizationalDomainOf(DomainName name) => name.LastLabels(SuffixOf(name).LabelCount + 1);

    private void Add(string line, int number)
    {
        int end = line.IndexOfAny(new[] { ' ', '\t', '\r' });
        string rule = end < 0 ? line : line.Substring(0, end);
        if (rule.Length == 0 || rule.StartsWith("//", StringComparison.Ordinal)) return;

        HashSet<string> rules = _rules;
        string name = rule;
        if (rule[0] == '!')
        {
            rules = _exceptions;
            name = rule.Substring(1);
        }
        else if (rule == "*")
        {
            return;
        }
        else if (rule.StartsWith("*.", StringComparison.Ordinal))
        {
            rules = _wildcards;
            name = rule.Substring(2);
        }

        if (!DomainName.TryParseRelative(name, out DomainName? suffix, out string reason))
        {
            throw new RecordParseException(
                "Line " + number + " of the Public Suffix List is not a rule: " + PrintableText.Quote(rule) + ": " + reason,
                line,
                0,
                rule.Length,
                "publicsuffix.org, Format");
        }

        rules.Add(suffix!.Text);
    }
}
