using System.Text.RegularExpressions;

namespace MailDns.Sending;

/// <summary>A name that a record should lead to: one name, or a profile's pattern where a value of it is not known.</summary>
internal sealed class ExpectedName
{
    private readonly Func<DomainName, bool> _matches;

    private ExpectedName(string text, DomainName? name, Func<DomainName, bool> matches)
    {
        Text = text;
        Name = name;
        _matches = matches;
    }

    /// <summary>The name, or the pattern with its placeholders, for a message.</summary>
    public string Text { get; }

    /// <summary>The name; null where a value of it is not known.</summary>
    public DomainName? Name { get; }

    public static ExpectedName Of(DomainName name) => new(name.Text, name, name.Equals);

    /// <summary>The name that a profile's template gives with the values at hand.</summary>
    /// <exception cref="DomainNameException">What comes out is no domain name.</exception>
    public static ExpectedName Of(SendingProviderTemplate template, SendingProvider provider, SendingProviderRecord record, SendingProviderValues values)
    {
        string? Value(string name) => SendingProviderExpansion.FindKnown(provider, record, values, name);
        if (template.Placeholders.All(name => Value(name) is not null))
            return Of(DomainName.Parse(template.Expand(name => Value(name)!)));

        string Pattern(string name) => Value(name) is { } value
            ? Regex.Escape(value)
            : provider.FindParameter(name)?.MatchPattern ?? SendingProviderPattern.AnyLabels;
        string shown = template.Expand(name => Value(name) ?? SendingProviderTemplate.Shown(name));
        return new ExpectedName(shown, name: null, found => template.Matches(found.Text, Pattern, ignoreCase: true));
    }

    public bool Matches(DomainName found) => _matches(found);

    public override string ToString() => Text;
}
