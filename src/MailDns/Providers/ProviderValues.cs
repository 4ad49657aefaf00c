using System.Collections;

namespace MailDns;

/// <summary>Reads -ProviderValue: a hashtable of values by placeholder.</summary>
internal static class ProviderValues
{
    /// <summary>The values as text; none for null.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(IDictionary? values) =>
        values is null
            ? System.Array.Empty<KeyValuePair<string, string>>()
            : values.Cast<DictionaryEntry>().Select(entry => new KeyValuePair<string, string>(Text(entry.Key), Text(entry.Value))).ToArray();

    /// <summary>The same, and values that came by properties of an object, where a profile takes them and none was given.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(IDictionary? values, IReadOnlyList<SendingProvider> providers, params (string Name, string? Value)[] properties)
    {
        var all = new List<KeyValuePair<string, string>>(Read(values));
        foreach ((string name, string? value) in properties)
        {
            if (!string.IsNullOrEmpty(value) && !all.Any(item => string.Equals(item.Key, name, StringComparison.OrdinalIgnoreCase)) && providers.Any(provider => provider.FindParameter(name) is not null))
                all.Add(new KeyValuePair<string, string>(name, value!.TrimEnd('.')));
        }

        return all;
    }

    private static string Text(object? value) => value is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(value) ?? string.Empty;
}
