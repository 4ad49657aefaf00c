using System.Text;
using System.Text.RegularExpressions;

namespace MailDns;

/// <summary>
/// A text with placeholders, <c>{name}</c>. An SPF macro, <c>%{i}</c>, is no placeholder and stays as it is (RFC 7208
/// section 7.1). The texts of a Domain Connect template have variables instead, <c>%name%</c>; the name of their
/// placeholder keeps the percent signs, so that a variable called "domain" is not taken for the built-in one.
/// </summary>
internal sealed class SendingProviderTemplate
{
    private readonly IReadOnlyList<Part> _parts;

    private SendingProviderTemplate(string text, IReadOnlyList<Part> parts)
    {
        Text = text;
        _parts = parts;
        Placeholders = parts.Where(part => part.IsPlaceholder).Select(part => part.Text).Distinct(StringComparer.Ordinal).ToArray();
    }

    public string Text { get; }

    /// <summary>True where nothing is left to fill in.</summary>
    public bool IsConstant => Placeholders.Count == 0;

    /// <summary>True where the whole text is one placeholder.</summary>
    public bool IsBare => _parts.Count == 1 && Placeholders.Count == 1;

    /// <summary>The names of the placeholders, each once, in the order of the text.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>Cuts a text into literals and placeholders; <paramref name="problem"/> says why it cannot be.</summary>
    public static bool TryParse(string text, out SendingProviderTemplate? template, out string problem)
    {
        template = null;
        problem = string.Empty;
        var parts = new List<Part>();
        var literal = new StringBuilder();
        int i = 0;
        while (i < text.Length)
        {
            bool macro = text[i] == '%' && i + 1 < text.Length && text[i + 1] == '{';
            int close = macro || text[i] == '{' ? text.IndexOf('}', i) : -1;
            if (text[i] == '}' || ((macro || text[i] == '{') && close < 0))
            {
                problem = "the brace at character " + (i + 1) + " has no partner.";
                return false;
            }

            if (close < 0 || macro)
            {
                int end = macro ? close + 1 : i + 1;
                literal.Append(text, i, end - i);
                i = end;
                continue;
            }

            string name = text.Substring(i + 1, close - i - 1);
            if (!IsName(name))
            {
                problem = PrintableText.Quote("{" + name + "}") + " is not a placeholder: its name is a letter, then letters and digits.";
                return false;
            }

            AddLiteral(parts, literal);
            parts.Add(new Part(name, isPlaceholder: true));
            i = close + 1;
        }

        AddLiteral(parts, literal);
        template = new SendingProviderTemplate(text, parts);
        return true;
    }

    /// <summary>Cuts a text of a Domain Connect template into literals and variables, <c>%name%</c>.</summary>
    public static bool TryParseVariables(string text, out SendingProviderTemplate? template, out string problem)
    {
        template = null;
        var parts = new List<Part>();
        int start = 0;
        while (text.IndexOf('%', start) is var open && open >= 0)
        {
            int close = text.IndexOf('%', open + 1);
            string name = close < 0 ? string.Empty : text.Substring(open + 1, close - open - 1);
            if (name.Length == 0 || !name.All(IsVariableCharacter))
            {
                problem = close < 0
                    ? "the % at character " + (open + 1) + " has no partner; a variable is written %name%."
                    : PrintableText.Quote("%" + name + "%") + " is not a variable: its name has letters, digits, hyphens and underscores.";
                return false;
            }

            parts.Add(new Part(text.Substring(start, open - start), isPlaceholder: false));
            parts.Add(new Part("%" + name + "%", isPlaceholder: true));
            start = close + 1;
        }

        parts.Add(new Part(text.Substring(start), isPlaceholder: false));
        problem = string.Empty;
        template = new SendingProviderTemplate(text, parts.Where(part => part.Text.Length > 0).ToArray());
        return true;
    }

    /// <summary>A text without placeholders, whatever characters it has.</summary>
    public static SendingProviderTemplate Literal(string text) =>
        new(text, text.Length == 0 ? Array.Empty<Part>() : new[] { new Part(text, isPlaceholder: false) });

    /// <summary>One placeholder and nothing else.</summary>
    public static SendingProviderTemplate Placeholder(string name) => new(Shown(name), new[] { new Part(name, isPlaceholder: true) });

    /// <summary>Texts one after the other.</summary>
    public static SendingProviderTemplate Join(params SendingProviderTemplate[] texts) =>
        new(string.Concat(texts.Select(text => text.Text)), texts.SelectMany(text => text._parts).ToArray());

    /// <summary>How a placeholder is written.</summary>
    public static string Shown(string name) => name[0] == '%' ? name : "{" + name + "}";

    /// <summary>A letter, then letters and digits.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || (c >= '0' && c <= '9'));

    /// <summary>The text with every placeholder replaced.</summary>
    public string Expand(Func<string, string> valueOf) =>
        string.Concat(_parts.Select(part => part.IsPlaceholder ? valueOf(part.Text) : part.Text));

    /// <summary>The text with the placeholders replaced that have a text. What was put in is not looked at again.</summary>
    public SendingProviderTemplate Substitute(Func<string, SendingProviderTemplate?> textOf) =>
        Join(_parts.Select(part => !part.IsPlaceholder ? Literal(part.Text) : textOf(part.Text) ?? Placeholder(part.Text)).ToArray());

    /// <summary>The words between blanks; a placeholder belongs to the word that it touches.</summary>
    public IReadOnlyList<SendingProviderTemplate> Words()
    {
        var words = new List<SendingProviderTemplate>();
        var word = new List<SendingProviderTemplate>();
        foreach (Part part in _parts)
        {
            string[] pieces = part.IsPlaceholder ? new[] { part.Text } : part.Text.Split(' ');
            for (int i = 0; i < pieces.Length; i++)
            {
                if (i > 0 && word.Count > 0)
                {
                    words.Add(Join(word.ToArray()));
                    word.Clear();
                }

                if (pieces[i].Length > 0) word.Add(part.IsPlaceholder ? Placeholder(part.Text) : Literal(pieces[i]));
            }
        }

        if (word.Count > 0) words.Add(Join(word.ToArray()));

        return words;
    }

    /// <summary>The text without the literal that it begins with; null where it begins otherwise.</summary>
    public SendingProviderTemplate? After(string start) =>
        _parts.Count > 0 && !_parts[0].IsPlaceholder && _parts[0].Text.StartsWith(start, StringComparison.OrdinalIgnoreCase)
            ? Join(new[] { Literal(_parts[0].Text.Substring(start.Length)) }.Concat(_parts.Skip(1).Select(Of)).ToArray())
            : null;

    /// <summary>What stands before and after a literal; null where no literal part holds it.</summary>
    public (SendingProviderTemplate Before, SendingProviderTemplate After)? Cut(string literal)
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            int place = _parts[i].IsPlaceholder ? -1 : _parts[i].Text.IndexOf(literal, StringComparison.OrdinalIgnoreCase);
            if (place >= 0)
            {
                string text = _parts[i].Text;
                return (
                    Join(_parts.Take(i).Select(Of).Concat(new[] { Literal(text.Substring(0, place)) }).ToArray()),
                    Join(new[] { Literal(text.Substring(place + literal.Length)) }.Concat(_parts.Skip(i + 1).Select(Of)).ToArray()));
            }
        }

        return null;
    }

    /// <summary>The text without the dot at its end.</summary>
    public SendingProviderTemplate WithoutLastDot() =>
        _parts.Count > 0 && !_parts[_parts.Count - 1].IsPlaceholder && Text.EndsWith(".", StringComparison.Ordinal)
            ? Join(_parts.Take(_parts.Count - 1).Select(Of).Concat(new[] { Literal(_parts[_parts.Count - 1].Text.Substring(0, _parts[_parts.Count - 1].Text.Length - 1)) }).ToArray())
            : this;

    /// <summary>True where a text could be this one: known values are compared, unknown ones match their pattern.</summary>
    /// <param name="text">What was found.</param>
    /// <param name="patternOf">The regular expression of a placeholder.</param>
    /// <param name="ignoreCase">True for names, false for texts.</param>
    public bool Matches(string text, Func<string, string> patternOf, bool ignoreCase) =>
        SendingProviderPattern.Matches(ToRegex(patternOf, ignoreCase), text);

    /// <summary>The expression that such a text matches.</summary>
    public Regex ToRegex(Func<string, string> patternOf, bool ignoreCase) =>
        SendingProviderPattern.Whole(string.Concat(_parts.Select(part => part.IsPlaceholder ? "(?:" + patternOf(part.Text) + ")" : Regex.Escape(part.Text))), ignoreCase);

    public override string ToString() => Text;

    private static SendingProviderTemplate Of(Part part) => part.IsPlaceholder ? Placeholder(part.Text) : Literal(part.Text);

    private static bool IsVariableCharacter(char c) => IsLetter(c) || (c >= '0' && c <= '9') || c is '_' or '-';

    private static bool IsLetter(char c) => (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');

    private static void AddLiteral(List<Part> parts, StringBuilder literal)
    {
        if (literal.Length > 0)
        {
            parts.Add(new Part(literal.ToString(), isPlaceholder: false));
            literal.Clear();
        }
    }

    private readonly struct Part(string text, bool isPlaceholder)
    {
        public string Text { get; } = text;
        public bool IsPlaceholder { get; } = isPlaceholder;
    }
}

/// <summary>What an administrator gives for a profile's placeholders: the domain, values by name, DKIM selectors.</summary>
internal sealed class SendingProviderValues
{
    /// <summary>The sending domain.</summary>
    public const string DomainName = "domain";

    /// <summary>The sending domain with hyphens for its dots.</summary>
    public const string DomainDashedName = "domainDashed";

    /// <summary>The record's DKIM selector.</summary>
    public const string SelectorName = "selector";
    private readonly Dictionary<string, string> _values;

    /// <param name="domain">The sending domain.</param>
    /// <param name="values">Values by parameter name, in any case.</param>
    /// <param name="selectors">DKIM selectors in the profile's order; empty for the profile's own.</param>
    public SendingProviderValues(DomainName domain, IEnumerable<KeyValuePair<string, string>>? values = null, IReadOnlyList<string>? selectors = null)
    {
        Domain = domain;
        _values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> value in values ?? Enumerable.Empty<KeyValuePair<string, string>>())
            _values[value.Key] = value.Value;

        Selectors = selectors ?? Array.Empty<string>();
    }

    public DomainName Domain { get; }
    public IReadOnlyList<string> Selectors { get; }

    /// <summary>The names that were given.</summary>
    public IEnumerable<string> Names => _values.Keys;

    /// <summary>True for a placeholder that no profile declares.</summary>
    public static bool IsBuiltIn(string name) => name is DomainName or DomainDashedName or SelectorName;

    /// <summary>True where the administrator gave a value.</summary>
    public bool IsGiven(string name) => _values.ContainsKey(name);

    /// <summary>The value that was given, else the parameter's default, else null.</summary>
    public string? Find(SendingProviderParameter parameter) =>
        (_values.TryGetValue(parameter.Name, out string? value) ? value : parameter.Default) is { } text ? parameter.TextOf(text) : null;

    /// <summary>The same; null where DNS may show any of the values that the parameter can have.</summary>
    public string? FindGiven(SendingProviderParameter parameter) => parameter.Values.Count > 0 && !IsGiven(parameter.Name) ? null : Find(parameter);
}

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

    /// <summary>True for a match. A pattern that runs out of time ends the work with the profile: others of it would take as long each.</summary>
    /// <exception cref="FormatException">The pattern took longer than half a second.</exception>
    public static bool Matches(Regex pattern, string text)
    {
        try
        {
            return pattern.IsMatch(text);
        }
        catch (RegexMatchTimeoutException exception)
        {
            throw new FormatException("The pattern " + PrintableText.Quote(JsonPath.Shown(pattern.ToString())) + " of the profile takes too long on " + PrintableText.Quote(JsonPath.Shown(text)) + ". Write it without repetitions inside of repetitions.", exception);
        }
    }
}
