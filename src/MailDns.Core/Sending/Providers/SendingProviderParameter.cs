using System.Text.RegularExpressions;

namespace MailDns;

/// <summary>A value in a profile that differs from account to account; <c>{name}</c> in the profile's texts stands for it.</summary>
public sealed class SendingProviderParameter
{
    private readonly Regex? _pattern;

    internal SendingProviderParameter(string name, string description, string example, string? pattern, string? defaultValue, string[] samples, KeyValuePair<string, string>[]? values = null)
    {
        Values = values ?? Array.Empty<KeyValuePair<string, string>>();
        Name = name;
        Key = name;
        Description = description;
        Example = example;
        Pattern = pattern;
        Default = defaultValue;
        Samples = samples;
        _pattern = pattern is null ? null : SendingProviderPattern.Whole(pattern);
    }

    /// <summary>A variable of a template, which needs a value at the given places.</summary>
    internal SendingProviderParameter(string variable, string[] places)
        : this(variable.Trim('%'), string.Join("; ", places), "text", pattern: null, defaultValue: null, Array.Empty<string>())
    {
        Key = variable;
        Place = places;
    }

    /// <summary>The placeholder's name, without braces or percent signs.</summary>
    public string Name { get; }

    /// <summary>Where the value is needed: what it is there, the property and the line. Empty for a profile's parameter.</summary>
    public string[] Place { get; } = Array.Empty<string>();

    /// <summary>The name in the texts: that of a template's variable has its percent signs.</summary>
    internal string Key { get; }

    /// <summary>What the value is and where the administrator finds it.</summary>
    public string Description { get; }

    /// <summary>What a value looks like; never used as one.</summary>
    public string Example { get; }

    /// <summary>A regular expression that the whole value matches; null where any does.</summary>
    public string? Pattern { get; }

    /// <summary>The value that is used when none is given; null where one has to be given.</summary>
    public string? Default { get; }

    /// <summary>Values printed in the provider's documentation as samples. They are refused: they are nobody's own.</summary>
    public string[] Samples { get; }

    /// <summary>The names that a value may have, such as regions, each with the text that stands for it; empty where any value does.</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Values { get; }

    /// <summary>The names of the values that can be chosen; empty where the value is a text of the account.</summary>
    public string[] Choices => Values.Select(value => value.Key).ToArray();

    /// <summary>What a text in DNS has to match where the value is not known; null where any does.</summary>
    internal string? MatchPattern => Values.Count == 0 ? Pattern : string.Join("|", Values.Select(value => Regex.Escape(value.Value)));

    /// <summary>The text for a value that was given: that of its name where the parameter has names.</summary>
    internal string TextOf(string value) =>
        Values.Where(choice => string.Equals(choice.Key, value, StringComparison.OrdinalIgnoreCase)).Select(choice => choice.Value).FirstOrDefault() ?? value;

    /// <summary>The placeholder with its description.</summary>
    public override string ToString() => SendingProviderTemplate.Shown(Key) + ": " + Description;

    /// <summary>What is wrong with a value; empty when nothing is.</summary>
    internal string Fault(string value)
    {
        if (value.Length == 0) return "it is empty.";

        foreach (char c in value)
        {
            if (c < 0x20 || c > 0x7E)
                return "the character " + PrintableText.Quote(c.ToString()) + " is not allowed; values in DNS are printable ASCII.";

            if (c is '{' or '}') return PrintableText.Quote(value) + " still contains a placeholder in braces.";
        }

        if (Values.Count > 0)
        {
            return Values.Any(choice => string.Equals(choice.Key, value, StringComparison.OrdinalIgnoreCase) || string.Equals(choice.Value, value, StringComparison.OrdinalIgnoreCase))
                ? string.Empty
                : PrintableText.Quote(value) + " is not one of " + string.Join(", ", Choices) + ".";
        }

        if (IsSample(value))
            return "it is the sample that the provider's documentation prints; the provider gives you a value of your own.";

        return _pattern is null || SendingProviderPattern.Matches(_pattern, value)
            ? string.Empty
            : PrintableText.Quote(value) + " does not look like it; a value looks like " + PrintableText.Quote(Example) + ".";
    }

    internal bool IsSample(string value) => Array.Exists(Samples, sample => string.Equals(sample, value, StringComparison.Ordinal));
}
