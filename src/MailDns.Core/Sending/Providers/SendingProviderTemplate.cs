using System.Text;
using System.Text.RegularExpressions;

namespace MailDns;

/// <summary>
/// A text with placeholders, <c>{name}</c>. An SPF macro, <c>%{i}</c>, is no placeholder and stays as it is (RFC 7208
/// section 7.1).
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
                problem = PrintableText.Quote("{" + name + "}") + " is no placeholder: its name is a letter, then letters and digits.";
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

    /// <summary>A letter, then letters and digits.</summary>
    public static bool IsName(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || (c >= '0' && c <= '9'));

    /// <summary>The text with every placeholder replaced.</summary>
    public string Expand(Func<string, string> valueOf) =>
        string.Concat(_parts.Select(part => part.IsPlaceholder ? valueOf(part.Text) : part.Text));

    /// <summary>True where a text could be this one: known values are compared, unknown ones match their pattern.</summary>
    /// <param name="text">What was found.</param>
    /// <param name="patternOf">The regular expression of a placeholder.</param>
    /// <param name="ignoreCase">True for names, false for texts.</param>
    public bool Matches(string text, Func<string, string> patternOf, bool ignoreCase)
    {
        string pattern = string.Concat(_parts.Select(part => part.IsPlaceholder ? "(?:" + patternOf(part.Text) + ")" : Regex.Escape(part.Text)));
        return SendingProviderPattern.Matches(SendingProviderPattern.Whole(pattern, ignoreCase), text);
    }

    public override string ToString() => Text;

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
