namespace MailDns;

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
