using System.Collections;
using System.Diagnostics;

namespace MailDns.Diagnostics;

/// <summary>
/// The checks of one area, a row each. A row is in the catalogue because it is made here, so none can be forgotten. The columns:
/// id, what the check needs to look at, what is true when it passes, the message of a finding with placeholders for its facts,
/// what to do about it, and who asks for it.
/// </summary>
/// <param name="area">The area of the rows.</param>
/// <param name="rows">The list that takes the rows, where it is that of another area.</param>
internal sealed class CheckRows(CheckArea area, CheckRows? rows = null) : IReadOnlyList<CheckDefinition>
{
    private readonly List<CheckDefinition> _rows = rows?._rows ?? new List<CheckDefinition>();

    public int Count => _rows.Count;

    public CheckDefinition this[int index] => _rows[index];

    /// <summary>A finding means that something is broken: mail is refused, unauthenticated or lost.</summary>
    public CheckDefinition Error(string id, CheckNeeds needs, string title, string finding, string remedy, string source) =>
        Add(id, CheckSeverity.Error, needs, title, finding, remedy, source);

    /// <summary>A finding works today, but is weak, costly or soon to break.</summary>
    public CheckDefinition Warning(string id, CheckNeeds needs, string title, string finding, string remedy, string source) =>
        Add(id, CheckSeverity.Warning, needs, title, finding, remedy, source);

    /// <summary>A finding is worth knowing; nothing breaks.</summary>
    public CheckDefinition Information(string id, CheckNeeds needs, string title, string finding, string remedy, string source) =>
        Add(id, CheckSeverity.Information, needs, title, finding, remedy, source);

    public IEnumerator<CheckDefinition> GetEnumerator() => _rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _rows.GetEnumerator();

    private CheckDefinition Add(string id, CheckSeverity severity, CheckNeeds needs, string title, string finding, string remedy, string source)
    {
        var check = new CheckDefinition(id, area, severity, needs, title, finding, remedy, source);
        _rows.Add(check);
        return check;
    }
}

/// <summary>A check with the message of one finding.</summary>
internal readonly struct CheckFinding(CheckDefinition check, string message)
{
    public CheckDefinition Check { get; } = check;

    public string Message { get; } = message;

    /// <summary>A finding without facts: the row's own text.</summary>
    public static implicit operator CheckFinding(CheckDefinition check) => check.With();
}

/// <summary>The message of a row: literal text and {placeholders}; one that is named twice is the same fact.</summary>
internal sealed class FindingTemplate
{
    private const string OfSeveral = "fault";

    private readonly string _text;
    private readonly List<string> _names = new();

    // The literal text before each placeholder, with the number of its fact, and the text after the last.
    private readonly List<(string Before, int Fact)> _parts = new();
    private readonly string _after;

    public FindingTemplate(string text)
    {
        _text = text;
        int start = 0;
        for (int open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            // %{i} and the like are SPF macros.
            int close = text.IndexOf('}', open);
            if (close < 0 || (open > 0 && text[open - 1] == '%') || !IsName(text, open + 1, close)) continue;

            string name = text.Substring(open + 1, close - open - 1);
            if (!_names.Contains(name)) _names.Add(name);

            _parts.Add((text.Substring(start, open - start), _names.IndexOf(name)));
            start = close + 1;
        }

        _after = text.Substring(start);
    }

    /// <summary>True where the row stands for several faults, each with a message of its own.</summary>
    public bool IsOfSeveral => _names.Contains(OfSeveral);

    public string Fill(object?[] facts)
    {
        Require(facts.Length == _names.Count, _text);
        if (facts.Length == 0) return _text;

        var words = new string?[(2 * _parts.Count) + 1];
        for (int i = 0; i < _parts.Count; i++)
        {
            (string before, int fact) = _parts[i];
            words[2 * i] = before;
            words[(2 * i) + 1] = fact < facts.Length ? Convert.ToString(facts[fact], CultureInfo.InvariantCulture) : "{" + _names[fact] + "}";
        }

        words[words.Length - 1] = _after;
        return string.Concat(words);
    }

    private static bool IsName(string text, int start, int end)
    {
        for (int i = start; i < end; i++)
        {
            if (text[i] is not ((>= 'A' and <= 'Z') or (>= 'a' and <= 'z')) && (i == start || text[i] is not (>= '0' and <= '9'))) return false;
        }

        return end > start;
    }

    /// <summary>A row and its rule that do not fit each other are a fault of ours, which the tests are to see.</summary>
    [Conditional("DEBUG")]
    public static void Require(bool fits, object row)
    {
        if (!fits) throw new InvalidOperationException("The rule does not fit the row: " + row);
    }
}
